import { signal } from "@preact/signals";
import type { Me } from "../api/contract";
import { Problem } from "../api/problem";
import * as api from "../api/session";

const KEY = "peta.signedIn";

/** Who is signed in; null: nobody; undefined: not known yet. */
export const me = signal<Me | null | undefined>(undefined);

/** Scripts cannot read the sign-in's cookie; this note spares everybody else a question at each page. */
function noted(): boolean {
  try {
    return localStorage.getItem(KEY) !== null;
  } catch {
    return true;
  }
}

function note(signedIn: boolean): void {
  try {
    if (signedIn) localStorage.setItem(KEY, "1");
    else localStorage.removeItem(KEY);
  } catch {
    // Then every page asks the server.
  }
}

/** Whether the sign-in is over while its reader was at something; what he typed stays on the page. */
export const lapsed = signal(false);

/** Whether a page has asked already who is signed in, and waits for the answer. */
const asking = signal(false);

function settle(who: Me | null): void {
  note(who !== null);
  lapsed.value = false;
  me.value = who;
}

export const isSignedOut = (error: unknown): boolean =>
  error instanceof Problem && error.code === "BELUM_MASUK";

/** Asks who is signed in; throws where the server does not say. */
export async function askWho(): Promise<void> {
  asking.value = true;
  try {
    settle(await api.readMe());
  } catch (error) {
    if (!isSignedOut(error)) throw error;
    settle(null);
  } finally {
    asking.value = false;
  }
}

/** For pages that everybody may read: asks only where somebody has signed in, and waits for nothing. */
export function startSession(): void {
  // Where the page asks itself, only the answer says that nobody is here.
  if (me.peek() !== undefined || asking.peek()) return;
  if (noted()) askWho().catch(() => undefined);
  else me.value = null;
}

export async function signIn(email: string, password: string): Promise<void> {
  settle(await api.signIn(email, password));
}

export async function signOut(): Promise<void> {
  await api.signOut();
  settle(null);
}

/** What a page calls that keeps what its reader has typed until he has signed in again. */
export function lapse(): void {
  lapsed.value = true;
}

/** Asks whether the same person has signed in again, perhaps in another tab; false where it is another. */
export async function resume(): Promise<boolean> {
  const who = await api.readMe();
  if (who.email !== me.peek()?.email) return false;
  settle(who);
  return true;
}

/** What a page calls when the server knows its reader no longer. */
export function forget(): void {
  settle(null);
}
