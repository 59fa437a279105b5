import { type Signal, signal } from "@preact/signals";
import { request } from "../../api/client";
import type { AreaName, AreaNames } from "../../api/contract";
import { chainBelowKecamatan, parentCode } from "../../geo/codes";
import type { Query } from "./located";

const byCode = (a: AreaName, b: AreaName) => (a.code < b.code ? -1 : 1);
const byName = (a: AreaName, b: AreaName) => a.name.localeCompare(b.name, "id");

/** The areas whose name another of the list has too. */
export function namesakes(areas: readonly AreaName[]): AreaName[] {
  const counts = new Map<string, number>();
  const key = ({ name }: AreaName) => name.trim().toLowerCase();
  for (const area of areas) counts.set(key(area), (counts.get(key(area)) ?? 0) + 1);
  return areas.filter((area) => area.name.trim() && (counts.get(key(area)) ?? 0) > 1);
}

/** The names of areas without their shapes, which would weigh a hundred times as much; each list is asked once. */
export class AreaDirectory {
  private readonly lists = new Map<string, Promise<AreaName[]>>();
  /** Every area that a list has named, by its code. */
  private readonly met: Signal<ReadonlyMap<string, AreaName>> = signal(new Map());
  /** Codes of the kelurahan that share their name with another. */
  private readonly shared: Signal<ReadonlySet<string>> = signal(new Set());

  constructor(private readonly query: Query) {}

  /** All of the city; two of one name are told apart by their kecamatan, which is then asked too. */
  async kelurahan(): Promise<AreaName[]> {
    const all = await this.list({ level: "kelurahan" }, byName);
    const alike = namesakes(all);
    if (alike.length > 0) await this.list({ level: "kecamatan" }, byName);
    this.shared.value = new Set(alike.map(({ code }) => code));
    return all;
  }

  /** What lies directly beneath: RW, RT that belong to no RW, both, or nothing. */
  beneath(parent: string): Promise<AreaName[]> {
    return this.list({ parent }, byCode);
  }

  /** The kecamatan by which a kelurahan is told from another of its name; null where none is needed. */
  kecamatanOf({ code }: Pick<AreaName, "code">): AreaName | null {
    if (!this.shared.value.has(code)) return null;
    return this.met.value.get(parentCode(code) ?? "") ?? null;
  }

  /** An area with those around it, as far as the lists have named them: the kelurahan, and what tells it apart. */
  around(area: AreaName): AreaName[] {
    const chain = chainBelowKecamatan(area.code).flatMap((code) =>
      code === area.code ? [area] : (this.met.value.get(code) ?? []),
    );
    const [kelurahan] = chain;
    const kecamatan = kelurahan ? this.kecamatanOf(kelurahan) : null;
    return kecamatan ? [kecamatan, ...chain] : chain;
  }

  private list(
    asked: Record<string, string>,
    order: (a: AreaName, b: AreaName) => number,
  ): Promise<AreaName[]> {
    const path = this.query("/api/v1/areas", { ...asked, shapes: "none" });
    const known = this.lists.get(path);
    if (known) return known;
    const list = request<AreaNames>(path).then(({ features }) => {
      const areas = features.map(({ properties }) => properties).sort(order);
      const named = areas.map((area): [string, AreaName] => [area.code, area]);
      this.met.value = new Map([...this.met.peek(), ...named]);
      return areas;
    });
    this.lists.set(path, list);
    // What failed is asked again by the next who wants it.
    list.catch(() => this.lists.delete(path));
    return list;
  }
}
