import { Problem } from "../../api/problem";
import { words } from "../../i18n/lacak";
import type { Act } from "./acts";

/** As the server counts them. */
export const LONGEST_ANSWER = 1_000;

export const lengthOf = (text: string): number => [...text.trim()].length;

/** What is wrong with an answer; null where it may be sent. */
export function faultOfAnswer(text: string): string | null {
  const length = lengthOf(text);
  if (length === 0) return words.value.missingAnswer;
  return length > LONGEST_ANSWER ? words.value.longAnswer(length - LONGEST_ANSWER, LONGEST_ANSWER) : null;
}

/** What the server found wrong with an answer itself. */
export function faultIn(error: unknown): string | null {
  if (!(error instanceof Problem) || error.status !== 422) return null;
  return error.errors.find(({ field }) => field === "/text")?.detail ?? null;
}

/** True where the usulan has moved on since it was read. */
export const isOvertaken = (error: unknown): boolean => error instanceof Problem && error.status === 409;

/** Why an act was not done, in plain words. */
export function sentenceOf(error: unknown, act: Act): string {
  const said = words.value;
  if (isOvertaken(error)) return act === "reply" ? said.overtakenAnswer : said.overtaken;
  return `${said.notDone[act]} ${reasonOf(error)}`;
}

function reasonOf(error: unknown): string {
  const said = words.value;
  if (!(error instanceof Problem) || error.code === "TANPA_JARINGAN") return said.noNetwork;
  if (error.code === "WAKTU_HABIS") return said.noAnswer;
  if (error.code === "TERLALU_SERING")
    return said.tooOften(Math.max(1, Math.ceil((error.retryAfterS ?? 60) / 60)));
  if (error.code === "LAYANAN_SIBUK") return said.busy;
  return error.detail || error.title || error.code;
}
