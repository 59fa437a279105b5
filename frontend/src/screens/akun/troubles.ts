import { Problem } from "../../api/problem";
import { words } from "../../i18n/akun";

export type Faults = Record<string, string>;
export type Sentences = Readonly<Record<string, () => string>>;

/** As the server counts them. */
export const SHORTEST = 12;
const SHORTEST_REASON = 10;
const EMAIL = /^[^@\s]+@[^@\s]+$/;
const FIELD = /^\d(\.\d{2}){1,4}$/;

export const lengthOf = (text: string): number => [...text].length;

export function faultOfEmail(email: string): string | null {
  if (!email) return words.value.missingEmail;
  return EMAIL.test(email) ? null : words.value.wrongEmail;
}

export function faultOfNewPassword(password: string): string | null {
  if (!password) return words.value.missingPassword;
  return lengthOf(password) < SHORTEST ? words.value.shortPassword(lengthOf(password), SHORTEST) : null;
}

/** The codes of fields of government as somebody wrote them: with commas, blanks or both between. */
export const fieldsIn = (text: string): string[] => text.split(/[\s,;]+/).filter(Boolean);

export function faultOfFields(text: string): string | null {
  const wrong = fieldsIn(text).find((code) => !FIELD.test(code));
  return wrong === undefined ? null : words.value.wrongField(wrong);
}

export function faultOfReason(reason: string): string | null {
  return lengthOf(reason) < SHORTEST_REASON ? words.value.shortReason(SHORTEST_REASON) : null;
}

/** Those that are something: what is wrong with fields, by their ids. */
export function faultsOf(found: Record<string, string | null>): Faults {
  const faults: Faults = {};
  for (const [id, fault] of Object.entries(found)) if (fault !== null) faults[id] = fault;
  return faults;
}

/** What the server found wrong with single fields; none where it refused for another reason. */
export function faultsIn(error: unknown, fields: Readonly<Record<string, string>>): Faults {
  if (!(error instanceof Problem)) return {};
  const faults: Faults = {};
  for (const { field, detail } of error.errors) {
    const id = fields[field] ?? fields[field.replace(/\/\d+$/, "")];
    if (id) faults[id] = detail;
  }
  return faults;
}

/** Why a thing was not done, in plain words, with what to do. */
export function sentenceOf(error: unknown, sentences: Sentences = {}): string {
  const said = words.value;
  if (!(error instanceof Problem)) return said.noNetwork;
  const own = sentences[error.code];
  if (own) return own();
  switch (error.code) {
    case "TERLALU_SERING":
      return said.tooOften(Math.max(1, Math.ceil((error.retryAfterS ?? 60) / 60)));
    case "LAYANAN_SIBUK":
      return said.busy;
    case "TANPA_JARINGAN":
      return said.noNetwork;
    case "WAKTU_HABIS":
      return said.noAnswer;
    default:
      return error.errors[0]?.detail || error.detail || error.title || error.code;
  }
}
