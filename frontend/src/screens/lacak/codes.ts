import { words } from "../../i18n/lacak";

/** As the server gives codes: no I, L, O or U, in groups of four, four and five. */
const LENGTH = 13;
const LETTERS = /^[0-9A-HJKMNP-TV-Z]+$/;
const MISREAD: Record<string, string> = { O: "0", I: "1", L: "1" };
/** Blanks, dashes of every width, and what nobody sees but copies along. */
const BETWEEN = /[\s\p{Dash}\p{Cf}]/gu;

/** A code as we write it, in a link or a whole message that was pasted. */
const WRITTEN = /(?:^|[^\w-])(\w{4}-\w{4}-\w{5})(?![\w-])/;

/** The letters of a code as it was typed or pasted. */
function lettersOf(typed: string): string {
  return (WRITTEN.exec(typed)?.[1] ?? typed)
    .replace(BETWEEN, "")
    .toUpperCase()
    .replace(/[OIL]/g, (letter) => MISREAD[letter] ?? letter);
}

/** `7K3M-9Q2X-4ZT1B`, whatever case, blanks or dashes it was written with; null for what cannot be a code. */
export function tidyCode(typed: string): string | null {
  const letters = lettersOf(typed);
  if (letters.length !== LENGTH || !LETTERS.test(letters)) return null;
  return `${letters.slice(0, 4)}-${letters.slice(4, 8)}-${letters.slice(8)}`;
}

/** Why something cannot be a code, in words. */
export function faultOfCode(typed: string): string {
  const letters = lettersOf(typed);
  if (letters === "") return words.value.missingCode;
  if (letters.length !== LENGTH) return words.value.wrongLength(letters.length, LENGTH);
  return words.value.wrongLetters;
}

/** The code in an address: behind `#`, which no server and no log ever gets. */
export function codeIn({ hash }: Pick<Location, "hash">): string {
  try {
    return decodeURIComponent(hash.slice(1));
  } catch {
    return hash.slice(1);
  }
}
