import { request, tell } from "./client";
import type { Me, SignIn, SignIns } from "./contract";

/** A password is checked at a cost, and in a crowd one waits for one's turn. */
const PATIENCE_MS = 30_000;

export function signIn(email: string, password: string): Promise<Me> {
  return request("/api/v1/session", {
    method: "POST",
    body: { email, password },
    timeoutMs: PATIENCE_MS,
  });
}

export function readMe(): Promise<Me> {
  return request("/api/v1/session");
}

export function signOut(): Promise<void> {
  return tell("/api/v1/session", { method: "DELETE" });
}

export async function readSignIns(signal: AbortSignal): Promise<SignIn[]> {
  return (await request<SignIns>("/api/v1/sessions", { signal })).sign_ins;
}

/** Ends every sign-in but the one from which it is asked. */
export function endOtherSignIns(): Promise<void> {
  return tell("/api/v1/sessions", { method: "DELETE" });
}

/** Changes one's own password; one stays signed in here, and nowhere else. */
export function changePassword(current: string, password: string): Promise<void> {
  return tell("/api/v1/password/change", {
    method: "POST",
    body: { current, password },
    timeoutMs: PATIENCE_MS,
  });
}

export function endSignIn(id: string): Promise<void> {
  return tell(`/api/v1/sessions/${encodeURIComponent(id)}`, { method: "DELETE" });
}

/** Asks for a link to set a new password; answered alike whether there is such an account. */
export function askPassword(email: string): Promise<void> {
  return tell("/api/v1/password/forgotten", { method: "POST", body: { email } });
}

/** Sets the password that an invitation asks for. */
export function setPassword(token: string, password: string): Promise<void> {
  return tell("/api/v1/password", { method: "POST", body: { token, password }, timeoutMs: PATIENCE_MS });
}
