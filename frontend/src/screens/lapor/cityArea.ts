import type { AreaName, AreasAt } from "../../api/contract";
import { levelOfCode, parentCode } from "../../geo/codes";
import { words as shared } from "../../i18n";
import { words } from "../../i18n/lapor";

const LEVELS_WITH_WORD = new Set(["rt", "rw"]);

/** `RT 001`, `RW 004`, `Kauman`: numbers get their level in front, names stand alone. */
export function areaLabel(area: AreaName): string {
  const level = area.level.toUpperCase();
  if (!LEVELS_WITH_WORD.has(area.level))
    return area.name.trim() || `${shared.value.levels[area.level]} ${area.code}`;
  const name = area.name.trim() || area.code.split("-").at(-1) || area.code;
  if (name.toUpperCase().startsWith(level)) return name;
  return `${level} ${name}`;
}

/** `RT 001 / RW 004, Kauman`: from the innermost out, down to the kelurahan. */
export function innermostFirst(areas: AreaName[]): AreaName[] {
  return [...areas].reverse();
}

export function lowest(at: AreasAt): AreaName | null {
  return at.areas.at(-1) ?? null;
}

/** `RT 002 RW 005` where another RW is meant than the own one, `RT 002 tanpa RW` where none is; else `RT 002`. */
export function labelBeside(other: AreaName, own: AreaName): string {
  const parent = parentCode(other.code);
  if (other.level !== "rt" || parent === null || parent === parentCode(own.code)) return areaLabel(other);
  const rw = levelOfCode(parent) === "rw" ? parent.split("-")[1] : undefined;
  return rw ? `${areaLabel(other)} RW ${rw}` : words.value.withoutRw(areaLabel(other));
}
