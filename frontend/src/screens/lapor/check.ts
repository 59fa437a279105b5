import type { Problem } from "../../api/problem";
import type { Draft, Step } from "./draft";

export const TITLE = { least: 3, most: 100 };
export const PROBLEM = { least: 20, most: 500 };

export type Field =
  | "place"
  | "category"
  | "title"
  | "problem"
  | "volume"
  | "unit"
  | "severity"
  | "beneficiaries"
  | "name"
  | "phone"
  | "consent";

/** Codes the page words itself; whatever the server says comes with its own sentence. */
export type FaultCode = "missing" | "short" | "long" | "number" | "unit" | "phone" | "consent";

export interface Fault {
  field: Field;
  code: FaultCode | null;
  detail: string;
}

const STEP_OF: Record<Field, Step> = {
  place: 1,
  category: 2,
  title: 3,
  problem: 3,
  volume: 3,
  unit: 3,
  severity: 3,
  beneficiaries: 3,
  name: 3,
  phone: 3,
  consent: 3,
};

export const stepOf = (field: Field): Step => STEP_OF[field];

/** Letters as the server counts them: an emoji is one, spaces at the ends are none. */
export const lengthOf = (text: string): number => [...text.trim()].length;

/** The number a person wrote, comma or point as decimal sign, or null when it is none or below zero. */
export function writtenNumber(text: string): number | null {
  const plain = text.trim().replace(",", ".");
  return /^\d+(\.\d+)?$/.test(plain) ? Number(plain) : null;
}

function lengthFault(field: "title" | "problem", text: string, range: typeof TITLE): Fault[] {
  const length = lengthOf(text);
  if (length >= range.least && length <= range.most) return [];
  const code = length === 0 ? "missing" : length < range.least ? "short" : "long";
  return [{ field, code, detail: "" }];
}

function numberFaults(draft: Draft): Fault[] {
  const faults: Fault[] = [];
  const volume = writtenNumber(draft.volume);
  if (draft.volume.trim() && !volume) faults.push({ field: "volume", code: "number", detail: "" });
  const beneficiaries = writtenNumber(draft.beneficiaries);
  if (draft.beneficiaries.trim() && !Number.isInteger(beneficiaries)) {
    faults.push({ field: "beneficiaries", code: "number", detail: "" });
  }
  return faults;
}

function contactFaults(draft: Draft): Fault[] {
  const faults: Fault[] = [];
  const digits = draft.phone.replace(/\D/g, "").length;
  if (draft.phone.trim() && (digits < 8 || digits > 15))
    faults.push({ field: "phone", code: "phone", detail: "" });
  const contact = draft.phone.trim() || draft.name.trim();
  if (contact && !draft.consent) faults.push({ field: "consent", code: "consent", detail: "" });
  return faults;
}

/** What a step still lacks, in the order of the page. */
export function faultsOf(draft: Draft, step: Step): Fault[] {
  if (step === 1) return draft.place ? [] : [{ field: "place", code: "missing", detail: "" }];
  if (step === 2) return draft.category ? [] : [{ field: "category", code: "missing", detail: "" }];
  if (step === 4) return [];
  return [
    ...lengthFault("title", draft.title, TITLE),
    ...lengthFault("problem", draft.problem, PROBLEM),
    ...numberFaults(draft),
    ...contactFaults(draft),
  ];
}

const FIELD_OF_MEMBER: Record<string, Field> = {
  geometry: "place",
  area: "place",
  declared_area: "place",
  accuracy_m: "place",
  category: "category",
  title: "title",
  problem: "problem",
  volume: "volume",
  unit: "unit",
  severity: "severity",
  beneficiaries: "beneficiaries",
};

/** `/proposer/phone` is `phone`, `/geometry/coordinates/0` is `place`; null for what the form does not have. */
export function fieldOf(pointer: string): Field | null {
  const [member = "", inner = ""] = pointer.replace(/^#?\//, "").split("/");
  if (member !== "proposer") return FIELD_OF_MEMBER[member] ?? null;
  if (inner === "name" || inner === "consent") return inner;
  return "phone";
}

const FIELD_OF_CODE: Record<string, Field> = {
  LUAR_WILAYAH: "place",
  GEOMETRI_TIDAK_SAH: "place",
  KATEGORI_TIDAK_DIKENAL: "category",
};

/** The server's refusal as faults of the form; empty when it names no field of ours. */
export function faultsOfProblem(problem: Problem): Fault[] {
  const named = problem.errors.flatMap(({ field, detail }): Fault[] => {
    const ours = fieldOf(field);
    return ours ? [{ field: ours, code: null, detail }] : [];
  });
  if (named.length > 0) return named;
  const field = FIELD_OF_CODE[problem.code];
  return field ? [{ field, code: null, detail: problem.detail || problem.title }] : [];
}
