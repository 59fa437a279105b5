import type { Level } from "../../api/contract";
import { words as shared } from "../../i18n";

/** "Kelurahan Kauman", "RW 004": the name with its level in front, unless it already says so. */
export function fullName({ level, name, code }: { level: Level; name: string; code: string }): string {
  // An area that was made from its parts has no name of its own yet.
  if (!name) return `${shared.value.levels[level]} ${code}`;
  // A city's name is whole as it is: "Kota Surakarta", "Kabupaten Sukoharjo".
  if (level === "kota") return name;
  const title = shared.value.levels[level];
  return name.toLowerCase().startsWith(title.toLowerCase()) ? name : `${title} ${name}`;
}

/** The word of a level inside a sentence: "kelurahan", but "RW". */
export function levelWord(level: Level): string {
  const word = shared.value.levels[level];
  return word === word.toUpperCase() ? word : word.toLowerCase();
}

const DEPTHS: Level[] = ["kota", "kecamatan", "kelurahan"];

/** The level of an area code by its form: `33.72`, `33.72.05`, `33.72.05.1015`, `…-012`, `…-012-003`. */
export function levelOfCode(code: string): Level {
  const [above = "", ...below] = code.split("-");
  if (below.length > 0) return below.length === 1 ? "rw" : "rt";
  return DEPTHS[above.split(".").length - 2] ?? "kota";
}

/** The code of the area above, by its form; null for a city. */
export function parentCode(code: string): string | null {
  if (levelOfCode(code) === "kota") return null;
  return code.slice(0, Math.max(code.lastIndexOf("-"), code.lastIndexOf(".")));
}
