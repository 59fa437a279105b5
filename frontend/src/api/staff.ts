import { request } from "./client";
import type { DeskItem, DeskPage, FullItem, Reason } from "./contract";

const at = (path: string, query?: URLSearchParams): string =>
  query ? `/api/v1/staff${path}?${query}` : `/api/v1/staff${path}`;

const ofUsulan = (number: string): string => `/usulan/${encodeURIComponent(number)}`;

export function readWork(query: URLSearchParams, signal: AbortSignal): Promise<DeskPage> {
  return request(at("/usulan", query), { signal });
}

export function readFullItem(number: string, signal: AbortSignal): Promise<FullItem> {
  return request(at(ofUsulan(number)), { signal });
}

export async function readReasons(signal: AbortSignal): Promise<Reason[]> {
  return (await request<{ reasons: Reason[] }>(at("/reasons"), { signal })).reasons;
}

/** Takes an act by the last word of its address; the answer is the usulan as it is then. */
export function act(number: string, name: string, body: Record<string, unknown>): Promise<DeskItem> {
  return request(at(`${ofUsulan(number)}/${name}`), { method: "POST", body });
}
