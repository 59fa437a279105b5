import { request } from "../../api/client";
import type { UsulanCreated, UsulanDraft } from "../../api/contract";
import { Problem } from "../../api/problem";
import { writtenNumber } from "./check";
import type { Draft } from "./draft";

/** Sends one body under one key; replaced in tests by a server that fails at will. */
export type Post = (body: string, key: string) => Promise<UsulanCreated>;

const degrees = (value: number): number => Math.round(value * 1e6) / 1e6;

function placeMembers(draft: Draft): Partial<UsulanDraft> {
  const { place } = draft;
  if (!place) return {};
  if (place.kind === "area") return { area: place.area.code };
  const coordinates = place.position.map(degrees);
  const accuracy = place.accuracy_m === null ? {} : { accuracy_m: Math.round(place.accuracy_m) };
  const declared = draft.declared ? { declared_area: draft.declared.code } : {};
  return { geometry: { type: "Point", coordinates }, ...accuracy, ...declared };
}

function proposerMember(draft: Draft): Record<string, unknown> {
  const name = draft.name.trim();
  const phone = draft.phone.trim();
  if (!name && !phone) return {};
  return { proposer: { ...(name && { name }), ...(phone && { phone }), consent: draft.consent } };
}

/** The body of POST usulan: only what was filled in. */
export function bodyOf(draft: Draft): UsulanDraft {
  const volume = writtenNumber(draft.volume);
  const beneficiaries = writtenNumber(draft.beneficiaries);
  return {
    title: draft.title.trim(),
    problem: draft.problem.trim(),
    category: draft.category ?? "",
    ...placeMembers(draft),
    ...(volume !== null && { volume, unit: draft.unit }),
    ...(draft.severity !== null && { severity: draft.severity }),
    ...(beneficiaries !== null && { beneficiaries }),
    ...proposerMember(draft),
  };
}

export const postTo =
  (path: string): Post =>
  (body, key) =>
    request<UsulanCreated>(path, {
      method: "POST",
      body: JSON.parse(body),
      headers: { "Idempotency-Key": key },
      timeoutMs: 30_000,
    });

export interface SentOnce {
  answer: UsulanCreated;
  /** True when what was recorded is an earlier text than the draft's. */
  earlier: boolean;
}

const isConflict = (error: unknown): boolean => error instanceof Problem && error.code === "KONFLIK";

/** The answer to the sending that did arrive; null when none of them is what the server holds. */
async function answerToEarlier(draft: Draft, post: Post): Promise<UsulanCreated | null> {
  for (const body of draft.unanswered) {
    try {
      return await post(body, draft.key);
    } catch (error) {
      if (!isConflict(error)) throw error;
    }
  }
  return null;
}

/**
 * Sends a draft so that at most one usulan comes of it.
 *
 * When an earlier sending got no answer and the text was changed since, the server may already hold the
 * earlier text under the same key and says KONFLIK: then that sending did arrive, and its answer is asked
 * for again rather than a second usulan made.
 */
export async function sendOnce(draft: Draft, post: Post): Promise<SentOnce> {
  try {
    return { answer: await post(JSON.stringify(bodyOf(draft)), draft.key), earlier: false };
  } catch (error) {
    const answer = isConflict(error) ? await answerToEarlier(draft, post) : null;
    if (answer === null) throw error;
    return { answer, earlier: true };
  }
}
