// Words too common to tell one category from another.
const STOP_WORDS = new Set(
  "di ke dari yang dan atau ini itu ada saya kami kita mau minta tolong untuk buat pada sudah nya the of for in and".split(
    " ",
  ),
);

/** Lower case, without accents and punctuation: `Tédjo's GOT!` becomes `tedjo s got`. */
export function normalised(text: string): string {
  const plain = text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

/** The words of a text; stop words go unless nothing else is left. */
export function wordsOf(text: string): string[] {
  const all = normalised(text).split(" ").filter(Boolean);
  const telling = all.filter((word) => !STOP_WORDS.has(word));
  return telling.length > 0 ? telling : all;
}

function withoutLetter(word: string, at: number): string {
  return word.slice(0, at) + word.slice(at + 1);
}

/** True when one letter was added, dropped, changed or swapped with its neighbour, or none. */
export function isOneTypoAway(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 1) return false;
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  const [restOne, restOther] = [one.slice(at), other.slice(at)];
  const swapped = (restOne[1] ?? "") + (restOne[0] ?? "") + restOne.slice(2);
  return (
    restOne === restOther ||
    restOne.slice(1) === restOther.slice(1) ||
    withoutLetter(restOne, 0) === restOther ||
    restOne === withoutLetter(restOther, 0) ||
    swapped === restOther
  );
}
