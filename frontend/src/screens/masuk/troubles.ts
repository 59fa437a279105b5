import { Problem } from "../../api/problem";
import { words } from "../../i18n/masuk";

export type Field = "email" | "password";
export type Faults = Partial<Record<Field, string>>;

/** As the server counts them. */
export const SHORTEST = 12;
const EMAIL = /^[^@\s]+@[^@\s]+$/;

export const lengthOf = (text: string): number => [...text].length;

export function faultsOfEmail(email: string): Faults {
  if (!email.trim()) return { email: words.value.missingEmail };
  return EMAIL.test(email.trim()) ? {} : { email: words.value.wrongEmail };
}

export function faultsOfSignIn(email: string, password: string): Faults {
  const faults = faultsOfEmail(email);
  if (!password) faults.password = words.value.missingPassword;
  return faults;
}

export function faultsOfNewPassword(password: string): Faults {
  if (!password) return { password: words.value.missingPassword };
  if (lengthOf(password) >= SHORTEST) return {};
  return { password: words.value.shortPassword(lengthOf(password)) };
}

/** What the server found wrong with single fields; none where it refused for another reason. */
export function faultsIn(error: unknown): Faults {
  if (!(error instanceof Problem)) return {};
  const faults: Faults = {};
  for (const { field, detail } of error.errors) {
    if (field === "/email") faults.email = words.value.wrongEmail;
    if (field === "/password") faults.password = detail;
  }
  return faults;
}

/** A refusal in plain words, with what to do. */
export function sentenceOf(error: unknown): string {
  const said = words.value;
  if (!(error instanceof Problem)) return said.noNetwork;
  switch (error.code) {
    case "SANDI_TIDAK_COCOK":
      return said.wrong;
    case "TERLALU_SERING":
      return said.tooOften(Math.max(1, Math.ceil((error.retryAfterS ?? 60) / 60)));
    case "UNDANGAN_HABIS":
      return `${said.invitationOver} ${said.askAnew}`;
    case "LAYANAN_SIBUK":
      return said.busy;
    case "TANPA_JARINGAN":
      return said.noNetwork;
    case "WAKTU_HABIS":
      return said.noAnswer;
    default:
      return error.detail || error.title || error.code;
  }
}
