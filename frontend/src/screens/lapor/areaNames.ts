import { request } from "../../api/client";
import type { AreaName, AreaNames } from "../../api/contract";
import type { Query } from "./located";

const byCode = (a: AreaName, b: AreaName) => (a.code < b.code ? -1 : 1);
const byName = (a: AreaName, b: AreaName) => a.name.localeCompare(b.name, "id");

/** The names of areas without their shapes, which would weigh a hundred times as much; each list is asked once. */
export class AreaDirectory {
  private readonly lists = new Map<string, Promise<AreaName[]>>();

  constructor(private readonly query: Query) {}

  kelurahan(): Promise<AreaName[]> {
    return this.list({ level: "kelurahan" }, byName);
  }

  /** What lies directly beneath: RW, RT that belong to no RW, both, or nothing. */
  beneath(parent: string): Promise<AreaName[]> {
    return this.list({ parent }, byCode);
  }

  private list(
    asked: Record<string, string>,
    order: (a: AreaName, b: AreaName) => number,
  ): Promise<AreaName[]> {
    const path = this.query("/api/v1/areas", { ...asked, shapes: "none" });
    const known = this.lists.get(path);
    if (known) return known;
    const list = request<AreaNames>(path).then(({ features }) =>
      features.map(({ properties }) => properties).sort(order),
    );
    this.lists.set(path, list);
    // What failed is asked again by the next who wants it.
    list.catch(() => this.lists.delete(path));
    return list;
  }
}
