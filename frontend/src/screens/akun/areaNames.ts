import { signal } from "@preact/signals";
import { request } from "../../api/client";
import type { AreaName, AreaNames as Named } from "../../api/contract";
import { readArea } from "../../api/endpoints";
import { fullName } from "../../panels/names";

const PATIENCE_MS = 10_000;

/** Names of areas by their codes; each is asked for once, and until it has come the code stands for it. */
export class AreaNames {
  readonly names = signal<Record<string, string>>({});
  private readonly asked = new Set<string>();

  of(code: string): string {
    return this.names.value[code] ?? code;
  }

  /** Asks for those that are not known. */
  want(codes: Iterable<string>, city: string): void {
    for (const code of codes) {
      if (this.asked.has(code)) continue;
      this.asked.add(code);
      readArea(code, new URLSearchParams({ city }), AbortSignal.timeout(PATIENCE_MS)).then(
        (found) => {
          this.names.value = { ...this.names.value, [code]: fullName(found) };
        },
        () => this.asked.delete(code),
      );
    }
  }
}

/** What lies directly beneath an area; without one the kecamatan of the city. */
export async function readBeneath(
  city: string,
  parent: string | null,
  signal: AbortSignal,
): Promise<AreaName[]> {
  const beneath = parent === null ? { level: "kecamatan" } : { parent };
  const query = new URLSearchParams({ city, ...beneath, shapes: "none" });
  const { features } = await request<Named>(`/api/v1/areas?${query}`, { signal });
  return features
    .map(({ properties }) => properties)
    .sort((a, b) => a.name.localeCompare(b.name, "id") || (a.code < b.code ? -1 : 1));
}
