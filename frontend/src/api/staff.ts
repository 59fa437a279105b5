import { request, tell } from "./client";
import type { DeskItem, DeskPage, FullItem, ManyDone, Reason, SavedFilter } from "./contract";

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

export interface ManyWish {
  numbers: readonly string[];
  act: { kind: string } & Record<string, unknown>;
  /** Only counted, nothing written. */
  dry_run: boolean;
}

const MANY_TIMEOUT_MS = 60_000;

/** One act on many usulan; each that is refused is told with its reason, the others are done. */
export function actOnMany(body: ManyWish): Promise<ManyDone> {
  return request(at("/usulan/bulk"), { method: "POST", body, timeoutMs: MANY_TIMEOUT_MS });
}

/** The lists of work that the officer saved. */
export async function readSaved(signal: AbortSignal): Promise<SavedFilter[]> {
  return (await request<{ filters: SavedFilter[] }>(at("/filters"), { signal })).filters;
}

/** Saves a list, in place of one of the same name; all that there are then. */
export async function saveFilter(body: SavedFilter): Promise<SavedFilter[]> {
  return (await request<{ filters: SavedFilter[] }>(at("/filters"), { method: "POST", body })).filters;
}

export function dropFilter(name: string): Promise<void> {
  return tell(at("/filters", new URLSearchParams({ name })), { method: "DELETE" });
}
