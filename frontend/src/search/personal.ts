export interface PersonalMark {
  kind: "phone" | "nik";
  start: number;
  end: number;
}

export interface TextPart {
  text: string;
  personal: boolean;
}

const DIGIT_RUN = /\+?\(?\d(?:[\d ().-]*\d)?/g;
const DATE = /^\d{1,2}[-. ]\d{1,2}[-. ]\d{4}/;
const MOBILE = /^(?:62|0)?8\d{8,11}$/;
const LANDLINE = /^(?:62|0)[2-79]\d{7,10}$/;
const NIK = /^\d{16}$/;

function kindOf(run: string): PersonalMark["kind"] | null {
  const digits = run.replace(/\D/g, "");
  if (NIK.test(digits)) return "nik";
  if (DATE.test(run)) return null;
  return MOBILE.test(digits) || LANDLINE.test(digits) ? "phone" : null;
}

/** Where a text holds a phone number (Indonesian mobile or landline) or a 16-digit NIK. */
export function findPersonal(text: string): PersonalMark[] {
  const marks: PersonalMark[] = [];
  for (const match of text.matchAll(DIGIT_RUN)) {
    const kind = kindOf(match[0]);
    if (kind) marks.push({ kind, start: match.index, end: match.index + match[0].length });
  }
  return marks;
}

/** The text cut at its personal numbers, in order; joined again it is the same text. */
export function personalParts(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let at = 0;
  for (const { start, end } of findPersonal(text)) {
    parts.push(
      { text: text.slice(at, start), personal: false },
      { text: text.slice(start, end), personal: true },
    );
    at = end;
  }
  parts.push({ text: text.slice(at), personal: false });
  return parts.filter((part) => part.text !== "");
}

/** The text with `cover` where personal numbers stood. A cover of at most 9 letters never lengthens it. */
export function hidePersonal(text: string, cover: string): string {
  return personalParts(text)
    .map((part) => (part.personal ? cover : part.text))
    .join("");
}
