import type { Position, UsulanFeature } from "../../api/contract";
import { boundsOf } from "../../geo/bounds";
import { centre } from "../../geo/mercator";
import { fullName } from "../../panels/names";

/** The narrowest names of a place, as people say them: "RT 004/RW 008", "RT 003, Kauman" where no RW is. */
export function whereOf(feature: UsulanFeature): string {
  const { areas } = feature.properties;
  const nameOf = (level: string) => areas.find((area) => area.level === level)?.name;
  const rt = nameOf("rt");
  const rw = nameOf("rw");
  if (rt && rw) return `${rt}/${rw}`;
  const kelurahan = nameOf("kelurahan");
  if (rt && kelurahan) return `${rt}, ${kelurahan}`;
  const lowest = areas.at(-1);
  return lowest ? fullName(lowest) : "";
}

/** The place of an usulan; the middle of its line or surface where it has one. */
export function positionOf(feature: UsulanFeature | null | undefined): Position | null {
  const bounds = feature?.geometry ? boundsOf(feature.geometry.coordinates) : null;
  return bounds && centre(bounds);
}
