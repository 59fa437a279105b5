import type { FullItem } from "../../api/contract";
import { words } from "../../i18n/kerja";
import type { Draft } from "./drafts";

/** What can be done to an usulan: a move of its status (`status:ditolak`), or an act by its own address. */
export type ActName = string;

export type Field = "code" | "reason" | "question" | "into";
export type Faults = Partial<Record<Field | "other", string>>;

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

export const nameOfMove = (status: string): ActName => `${MOVE}${status}`;

/** The status that an act brings about; null for acts that keep it. */
export const targetOf = (act: ActName): string | null =>
  act.startsWith(MOVE) ? act.slice(MOVE.length) : null;

/** Steps back and ends stand apart from the next step on the way. */
export const isSetback = (status: string): boolean =>
  REASONED.has(status) || status === "dikembalikan" || status === "digabung";

/** Everything that the officer may do to it now, the way onward first. */
export function actsOn({ may }: Pick<FullItem, "may">): ActName[] {
  const onward = may.moves.filter((status) => !isSetback(status));
  const back = may.moves.filter(isSetback);
  return [...onward, ...back].map(nameOfMove);
}

/** The fields of an act's form, in the order in which they are filled. */
export function fieldsOf(act: ActName): Field[] {
  const target = targetOf(act);
  if (target === "dikembalikan") return ["question"];
  if (target === "digabung") return ["into", "reason"];
  if (target !== null && REASONED.has(target)) return ["code", "reason"];
  return ["reason"];
}

export const isRequired = (act: ActName, field: Field): boolean =>
  field !== "reason" || isSetback(targetOf(act) ?? "");

const usualCode = (act: ActName): string => USUAL_CODES[targetOf(act) ?? ""] ?? "";

/** What a field holds: what was typed, else what nearly everybody would. */
export function filledIn(draft: Draft, act: ActName, field: Field): string {
  const typed = draft[field];
  if (typed !== undefined) return typed;
  if (field === "code") return usualCode(act);
  const into = draft.into?.trim() ?? "";
  if (field === "reason" && targetOf(act) === "digabung" && into) return words.value.mergedReason(into);
  return "";
}

const lengthOf = (text: string): number => [...text.trim()].length;

/** What is still missing in a form; empty where it may be sent. */
export function faultsOf(draft: Draft, act: ActName): Faults {
  const said = words.value;
  const faults: Faults = {};
  for (const field of fieldsOf(act).filter((each) => isRequired(act, each))) {
    const value = filledIn(draft, act, field).trim();
    if (field === "code" && !value) faults.code = said.missingCode;
    if (field === "into" && !value) faults.into = said.missingInto;
    if ((field === "reason" || field === "question") && lengthOf(value) < SHORTEST_REASON)
      faults[field] = said.shortReason(SHORTEST_REASON);
  }
  return faults;
}

/** The body of an act; `seen` is the newest step that the officer looked at. */
export function bodyOf(draft: Draft, act: ActName, seen: string): Record<string, unknown> {
  const value = (field: Field) => filledIn(draft, act, field).trim();
  const target = targetOf(act);
  if (target === "dikembalikan") {
    const question = value("question");
    // The history tells everybody what was asked; the reporter is asked by the tracking code.
    return { to: target, reason_code: usualCode(act), reason: question, question, seen };
  }
  const code = fieldsOf(act).includes("code") ? value("code") : usualCode(act);
  return {
    to: target,
    ...(code && { reason_code: code }),
    ...(value("reason") && { reason: value("reason") }),
    ...(target === "digabung" && { into: value("into").toUpperCase() }),
    seen,
  };
}

const FIELD_OF_POINTER: Record<string, Field> = {
  "/reason_code": "code",
  "/reason": "reason",
  "/question": "question",
  "/into": "into",
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
