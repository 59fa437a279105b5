import type { FullItem } from "../../api/contract";
import { named } from "../../i18n";
import { words } from "../../i18n/kerja";
import { findPersonal } from "../../search/personal";
import type { Draft, Field } from "./drafts";

/** What can be done to an usulan: a move of its status (`status:ditolak`), or an act by its own address. */
export type ActName = string;

export type Faults = Partial<Record<Field | "other", string>>;

/** The part of an usulan on which its acts and their forms depend. */
export type Subject = Pick<
  FullItem,
  "may" | "seen" | "published" | "doubts" | "category" | "title" | "problem" | "address" | "landmark"
>;

const MOVE = "status:";
/** As the server has them: they must say why, by code and sentence. */
const REASONED = new Set(["belum_diakomodir", "ditolak", "dialihkan", "dibatalkan", "dicoret_perubahan"]);
const SHORTEST_REASON = 10;

/** The code that nearly always goes with a status. */
const USUAL_CODES: Record<string, string> = {
  dikembalikan: "A09",
  digabung: "A05",
  dialihkan: "A10",
  dicoret_perubahan: "A08",
};

/** The fields of acts by their own address. */
const ACT_FIELDS: Record<string, Field[]> = {
  publication: ["reason"],
  redaction: ["part", "words", "reason"],
  place: ["point", "reason"],
  category: ["category", "reason"],
  forward: ["agency", "programme", "reason"],
  doubts: ["reason"],
  undo: [],
};
/** The order in which they are offered; whatever a newer server knows beyond them is not. */
const ACT_ORDER = ["publication", "doubts", "redaction", "place", "category", "forward", "undo"];

export const PARTS = ["title", "problem", "address", "landmark"] as const;
export type Part = (typeof PARTS)[number];

export const nameOfMove = (status: string): ActName => `${MOVE}${status}`;

/** The status that an act brings about; null for acts that keep it. */
export const targetOf = (act: ActName): string | null =>
  act.startsWith(MOVE) ? act.slice(MOVE.length) : null;

/** Steps back and ends stand apart from the next step on the way. */
export const isSetback = (status: string): boolean =>
  REASONED.has(status) || status === "dikembalikan" || status === "digabung";

/** What it is called to do it; holding back and showing are one act. */
export function wordsOfAct(act: ActName, { published }: Pick<Subject, "published">): string {
  const target = targetOf(act);
  if (target !== null) return named(words.value.moves, target);
  return act === "publication" && !published ? words.value.publish : named(words.value.acts, act);
}

/** The moves that are the officer's now, the way onward first. */
export function movesOn({ may }: Pick<Subject, "may">): ActName[] {
  const onward = may.moves.filter((status) => !isSetback(status));
  const back = may.moves.filter(isSetback);
  return [...onward, ...back].map(nameOfMove);
}

/** Everything beside the moves that the officer may do to it now. */
export function actsOn({ may, doubts }: Pick<Subject, "may" | "doubts">): ActName[] {
  const open = new Set(may.acts);
  if (doubts.length === 0) open.delete("doubts");
  return ACT_ORDER.filter((act) => open.has(act));
}

/** The fields of an act's form, in the order in which they are filled. */
export function fieldsOf(act: ActName): Field[] {
  const target = targetOf(act);
  if (target === null) return ACT_FIELDS[act] ?? [];
  if (target === "dikembalikan") return ["question"];
  if (target === "digabung") return ["into", "reason"];
  return REASONED.has(target) ? ["code", "reason"] : ["reason"];
}

export function isRequired(act: ActName, field: Field, { published }: Pick<Subject, "published">): boolean {
  // To either of the two, or to both.
  if (field === "agency" || field === "programme") return false;
  if (field !== "reason") return true;
  if (act === "publication") return published;
  if (act === "doubts") return false;
  const target = targetOf(act);
  return target === null || isSetback(target);
}

/** The part of an usulan in which a number of a person stands, and that number. */
function personalIn(item: Subject): { part: Part; words: string } | null {
  for (const part of PARTS) {
    const text = item[part] ?? "";
    const [found] = findPersonal(text);
    if (found) return { part, words: text.slice(found.start, found.end) };
  }
  return null;
}

/** What nearly everybody would fill in. */
function usual(draft: Draft, act: ActName, field: Field, item: Subject): string {
  if (field === "code") return USUAL_CODES[targetOf(act) ?? ""] ?? "";
  if (field === "part") return personalIn(item)?.part ?? "problem";
  if (field === "words") return draft.part === undefined ? (personalIn(item)?.words ?? "") : "";
  const into = draft.into?.trim() ?? "";
  if (field === "reason" && targetOf(act) === "digabung" && into) return words.value.mergedReason(into);
  return "";
}

/** What a field holds: what was typed, else what nearly everybody would. */
export function filledIn(draft: Draft, act: ActName, field: Field, item: Subject): string {
  return draft[field] ?? usual(draft, act, field, item);
}

const lengthOf = (text: string): number => [...text.trim()].length;

/** `longitude, latitude` as it is written in a field; null for anything else. */
export function readPoint(text: string): [longitude: number, latitude: number] | null {
  const parts = text.split(/[,;\s]+/).filter(Boolean);
  const [longitude = Number.NaN, latitude = Number.NaN] = parts.map(Number);
  const sound = parts.length === 2 && Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90;
  return sound ? [longitude, latitude] : null;
}

function faultOf(field: Field, value: string): string | null {
  const said = words.value;
  if (field === "reason" || field === "question")
    return lengthOf(value) < SHORTEST_REASON ? said.shortReason(SHORTEST_REASON) : null;
  if (field === "point") return readPoint(value) ? null : said.missing.point;
  return value.trim() ? null : said.missing[field];
}

/** What is still missing in a form; empty where it may be sent. */
export function faultsOf(draft: Draft, act: ActName, item: Subject): Faults {
  const faults: Faults = {};
  for (const field of fieldsOf(act).filter((each) => isRequired(act, each, item))) {
    const fault = faultOf(field, filledIn(draft, act, field, item));
    if (fault) faults[field] = fault;
  }
  const isSent = draft.agency?.trim() || draft.programme?.trim();
  if (act === "forward" && !isSent) faults.agency = words.value.missing.agency;
  return faults;
}

/** The body of an act, on what the officer looked at. */
export function bodyOf(draft: Draft, act: ActName, item: Subject): Record<string, unknown> {
  const value = (field: Field) => filledIn(draft, act, field, item).trim();
  const why = value("reason") ? { reason: value("reason") } : {};
  const target = targetOf(act);
  const body = target === null ? actBody(act, value, item) : moveBody(target, value);
  return { ...body, ...(fieldsOf(act).includes("reason") && why), seen: item.seen };
}

function moveBody(target: string, value: (field: Field) => string): Record<string, unknown> {
  const fields = fieldsOf(nameOfMove(target));
  const code = fields.includes("code") ? value("code") : USUAL_CODES[target];
  if (target === "dikembalikan") {
    const question = value("question");
    // The history tells everybody what was asked; the reporter is asked by the tracking code.
    return { to: target, reason_code: code, reason: question, question };
  }
  return {
    to: target,
    ...(code && { reason_code: code }),
    ...(target === "digabung" && { into: value("into").toUpperCase() }),
  };
}

function actBody(act: ActName, value: (field: Field) => string, item: Subject): Record<string, unknown> {
  const point = act === "place" ? readPoint(value("point")) : null;
  const bodies: Record<string, () => Record<string, unknown>> = {
    publication: () => ({ published: !item.published }),
    redaction: () => ({ field: value("part"), text: value("words") }),
    place: () => ({ geometry: { type: "Point", coordinates: point } }),
    category: () => ({ category: value("category") }),
    forward: () => ({
      ...(value("agency") && { agency: value("agency") }),
      ...(value("programme") && { programme: value("programme") }),
    }),
    doubts: () => ({ settled: item.doubts }),
  };
  return bodies[act]?.() ?? {};
}

const FIELD_OF_POINTER: Record<string, Field> = {
  "/reason_code": "code",
  "/reason": "reason",
  "/question": "question",
  "/into": "into",
  "/field": "part",
  "/text": "words",
  "/category": "category",
  "/agency": "agency",
  "/programme": "programme",
  "/geometry": "point",
};

/** The faults that the server found, at the fields of the form. */
export function faultsIn(errors: readonly { field: string; detail: string }[], act: ActName): Faults {
  const fields = fieldsOf(act);
  const faults: Faults = {};
  for (const { field: pointer, detail } of errors) {
    const named = FIELD_OF_POINTER[pointer];
    const shown = named && fields.includes(named) ? named : null;
    if (shown) faults[shown] = detail;
    else faults.other = detail;
  }
  return faults;
}
