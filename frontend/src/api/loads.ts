import { request, upload } from "./client";
import type { FullLoad, ListMapping, LoadItem, RefusedWords } from "./contract";

const at = (path: string, city: string, more: Record<string, string> = {}): string =>
  `/api/v1/staff/loads${path}?${new URLSearchParams({ city, ...more })}`;

const PATIENCE_MS = 30_000;

/** The newest loads in the areas of the officer. */
export async function readLoads(city: string, signal: AbortSignal): Promise<LoadItem[]> {
  return (await request<{ loads: LoadItem[] }>(at("", city), { signal })).loads;
}

export function readLoad(city: string, id: string, signal: AbortSignal): Promise<FullLoad> {
  return request(at(`/${id}`, city), { signal });
}

/** Refused rows in words, past the first so many of them. */
export async function readRefused(
  city: string,
  id: string,
  { after, limit }: { after: number; limit: number },
  signal: AbortSignal,
): Promise<RefusedWords[]> {
  const more = { after: String(after), limit: String(limit) };
  return (await request<{ rows: RefusedWords[] }>(at(`/${id}/refused`, city, more), { signal })).rows;
}

export interface SendWish {
  city: string;
  file: File;
  year: string;
  /** For which of one's areas; empty for the widest. */
  area: string;
  signal: AbortSignal;
  sent: (share: number) => void;
}

export function sendList({ city, file, year, area, signal, sent }: SendWish): Promise<FullLoad> {
  const more = { name: file.name, ...(year && { year }), ...(area && { area }) };
  return upload(at("", city, more), file, { signal, sent });
}

export function putMapping(city: string, id: string, body: ListMapping): Promise<FullLoad> {
  return request(at(`/${id}/mapping`, city), { method: "PUT", body, timeoutMs: PATIENCE_MS });
}

export type LoadAct = "check" | "commit" | "cancel" | "undo";

/** Begins a work, or ends the load; the answer is the load as it is then. */
export function actOnLoad(city: string, id: string, act: LoadAct): Promise<FullLoad> {
  const path = act === "undo" ? `/${id}` : `/${id}/${act}`;
  const method = act === "undo" ? "DELETE" : "POST";
  return request(at(path, city), { method, timeoutMs: PATIENCE_MS });
}

export const rejectsAddress = (city: string, id: string, format: "xlsx" | "csv"): string =>
  at(`/${id}/rejects`, city, { format });
