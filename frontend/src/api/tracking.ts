import { request } from "./client";
import type { OwnData, Tracking } from "./contract";

const at = (code: string, act = ""): string => `/api/v1/tracking/${encodeURIComponent(code)}${act}`;

export function readTracking(code: string, signal: AbortSignal): Promise<Tracking> {
  return request(at(code), { signal });
}

/** Answers what officers asked; the usulan as it stands then. */
export function sendAnswer(code: string, text: string): Promise<Tracking> {
  return request(at(code, "/reply"), { method: "POST", body: { text } });
}

export function withdraw(code: string): Promise<Tracking> {
  return request(at(code, "/withdraw"), { method: "POST" });
}

/** All that is kept under a code. */
export function readOwnData(code: string): Promise<OwnData> {
  return request(at(code, "/data"));
}

/** Erases whoever sent it; the usulan stays. */
export function eraseOwnData(code: string): Promise<Tracking> {
  return request(at(code, "/data"), { method: "DELETE" });
}
