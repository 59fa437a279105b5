import type { AreaName, AreasAt } from "../../api/contract";

const LEVELS_WITH_WORD = new Set(["rt", "rw"]);

/** `RT 001`, `RW 004`, `Kauman`: numbers get their level in front, names stand alone. */
export function areaLabel(area: AreaName): string {
  const name = area.name.trim() || area.code.split(/[-.]/).at(-1) || area.code;
  const level = area.level.toUpperCase();
  if (!LEVELS_WITH_WORD.has(area.level) || name.toUpperCase().startsWith(level)) return name;
  return `${level} ${name}`;
}

/** `RT 001 / RW 004, Kauman`: from the innermost out, down to the kelurahan. */
export function innermostFirst(areas: AreaName[]): AreaName[] {
  return [...areas].reverse();
}

export function lowest(at: AreasAt): AreaName | null {
  return at.areas.at(-1) ?? null;
}

/** `RT 002 RW 005` where another RW is meant than the own one, else `RT 002`. */
export function labelBeside(other: AreaName, own: AreaName): string {
  const parent = (area: AreaName) => area.code.slice(0, area.code.lastIndexOf("-"));
  const rw = parent(other).split("-")[1];
  if (other.level !== "rt" || parent(other) === parent(own) || !rw) return areaLabel(other);
  return `${areaLabel(other)} RW ${rw}`;
}
