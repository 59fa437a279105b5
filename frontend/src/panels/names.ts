import type { Level } from "../api/contract";
import { words as shared } from "../i18n";

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
