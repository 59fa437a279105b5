import { language } from "../state/language";
import { lastAnswer, numbersAsOf, online } from "../state/online";
import { Problem, type ProblemBody } from "./problem";

const TIMEOUT_MS = 10_000;

export interface RequestOptions {
  method?: "GET" | "POST" | "PUT" | "DELETE";
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
  timeoutMs?: number;
}

/** True for the error of a request that its own caller gave up; nothing to show then. */
export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}

function unanswered(code: "TANPA_JARINGAN" | "WAKTU_HABIS"): Problem {
  return new Problem({ status: 0, code, title: code, detail: "" });
}

async function problemOf(response: Response): Promise<Problem> {
  const seconds = Number(response.headers.get("Retry-After"));
  const fallback = { status: response.status, code: `HTTP_${response.status}`, title: "", detail: "" };
  const body: Partial<ProblemBody> = await response.json().catch(() => ({}));
  return new Problem({ ...fallback, ...body, status: response.status }, seconds > 0 ? seconds : null);
}

function requestInit(options: RequestOptions, abort: AbortSignal): RequestInit {
  const headers: Record<string, string> = { "Accept-Language": language.value, ...options.headers };
  const init: RequestInit = { method: options.method ?? "GET", headers, signal: abort };
  if (options.body !== undefined) {
    headers["Content-Type"] = "application/json";
    init.body = JSON.stringify(options.body);
  }
  return init;
}

/** The answer, whatever its status; throws `Problem` only when none came, and the caller's own abort. */
async function answer(path: string, options: RequestOptions): Promise<Response> {
  const timeout = AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS);
  const abort = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout;
  try {
    const response = await fetch(path, requestInit(options, abort));
    // Without a network what comes is a copy that the browser kept, and as old as that.
    if (globalThis.navigator?.onLine !== false) {
      online.value = true;
      lastAnswer.value = new Date();
      if (response.ok) numbersAsOf.value = response.headers.get("Peta-As-Of");
    }
    return response;
  } catch (error) {
    if (options.signal?.aborted) throw error;
    if (timeout.aborted) throw unanswered("WAKTU_HABIS");
    online.value = false;
    throw unanswered("TANPA_JARINGAN");
  }
}

/** One JSON request to our own server. */
export async function request<Answer>(path: string, options: RequestOptions = {}): Promise<Answer> {
  const response = await answer(path, options);
  if (!response.ok) throw await problemOf(response);
  return (await response.json()) as Answer;
}

/** A request that is answered with nothing but its success (204). */
export async function tell(path: string, options: RequestOptions = {}): Promise<void> {
  const response = await answer(path, options);
  if (!response.ok) throw await problemOf(response);
}

export interface UploadOptions {
  signal: AbortSignal;
  /** Hears which share of the file has left. */
  sent: (share: number) => void;
}

/** Sends a file as it is, for as long as it takes; `fetch` cannot tell how far it has come. */
export function upload<Answer>(path: string, file: Blob, { signal, sent }: UploadOptions): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sending = new XMLHttpRequest();
    sending.open("POST", path);
    sending.setRequestHeader("Accept-Language", language.value);
    sending.setRequestHeader("Content-Type", "application/octet-stream");
    sending.upload.onprogress = ({ loaded, total }) => sent(total > 0 ? loaded / total : 0);
    sending.onload = async () => {
      online.value = true;
      const headers = { "Retry-After": sending.getResponseHeader("Retry-After") ?? "" };
      const response = new Response(sending.responseText, { status: sending.status, headers });
      if (response.ok) resolve((await response.json()) as Answer);
      else reject(await problemOf(response));
    };
    sending.onerror = () => {
      online.value = globalThis.navigator?.onLine !== false;
      reject(unanswered("TANPA_JARINGAN"));
    };
    sending.onabort = () => reject(signal.reason);
    signal.addEventListener("abort", () => sending.abort());
    sending.send(file);
  });
}

/** The bytes of a tile, or null where the server says that it is empty (204). */
export async function requestTile(path: string, abort: AbortSignal): Promise<ArrayBuffer | null> {
  const response = await answer(path, { signal: abort });
  if (response.status === 204) return null;
  if (!response.ok) throw await problemOf(response);
  return response.arrayBuffer();
}

/** The entity tag of an address now; the one that is known where nothing has changed (304). */
export async function readTag(
  path: string,
  known: string | null,
  abort: AbortSignal,
): Promise<string | null> {
  const headers: Record<string, string> = known === null ? {} : { "If-None-Match": known };
  const response = await answer(path, { signal: abort, headers });
  if (response.status !== 304 && !response.ok) throw await problemOf(response);
  return response.headers.get("ETag") ?? known;
}
