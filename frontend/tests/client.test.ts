import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { isAbort, request, requestTile } from "../src/api/client";
import { cursorOf } from "../src/api/endpoints";
import { Problem } from "../src/api/problem";
import { lastAnswer, numbersAsOf, online } from "../src/state/online";

let server: Server | null = null;

/** A real server on this machine that answers as told; the result is its address. */
async function answering(listener: RequestListener): Promise<string> {
  const started = createServer(listener);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}`;
}

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  online.value = true;
  vi.unstubAllGlobals();
});

test("numbers from the server's memory are told as of when, until the next that are the last ones", async () => {
  const headers: Record<string, string>[] = [{ "Peta-As-Of": "2026-11-22T19:30:00+00:00" }, {}];
  const base = await answering((_, response) => {
    response.writeHead(200, headers.shift());
    response.end("{}");
  });

  await request(`${base}/x`);
  const standing = numbersAsOf.value;
  await request(`${base}/x`);

  expect(standing).toBe("2026-11-22T19:30:00+00:00");
  expect(numbersAsOf.value).toBe(null);
});

async function problemOf(promise: Promise<unknown>): Promise<Problem> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Problem)) throw new Error(`not a problem: ${String(error)}`);
  return error;
}

test("an error answer becomes a Problem with the contract's code, fields and patience", async () => {
  const base = await answering((_, response) => {
    response.writeHead(429, { "Content-Type": "application/problem+json", "Retry-After": "7" });
    response.end(
      JSON.stringify({ title: "Terlalu sering", status: 429, code: "TERLALU_SERING", detail: "Tunggu." }),
    );
  });

  const problem = await problemOf(request(`${base}/x`));

  expect([problem.status, problem.code, problem.detail, problem.retryAfterS]).toEqual([
    429,
    "TERLALU_SERING",
    "Tunggu.",
    7,
  ]);
  expect(problem.errors).toEqual([]);
  expect(problem.unanswered).toBe(false);
});

test("an error answer that is no JSON still becomes a Problem", async () => {
  const base = await answering((_, response) => {
    response.writeHead(502);
    response.end("<html>bad gateway</html>");
  });

  expect((await problemOf(request(`${base}/x`))).code).toBe("HTTP_502");
});

test("a server that cannot be reached is a Problem and means offline", async () => {
  const base = await answering(() => {});
  server?.close();
  server?.closeAllConnections();

  const problem = await problemOf(request(`${base}/x`));

  expect(problem.code).toBe("TANPA_JARINGAN");
  expect(online.value).toBe(false);
});

test("a server that never answers is given up in time", async () => {
  const base = await answering(() => {});

  expect((await problemOf(request(`${base}/x`, { timeoutMs: 50 }))).code).toBe("WAKTU_HABIS");
});

test("a request that its caller gives up is no Problem", async () => {
  const base = await answering(() => {});
  const abort = new AbortController();
  const running = request(`${base}/x`, { signal: abort.signal });
  abort.abort();

  await expect(running.catch(isAbort)).resolves.toBe(true);
});

test("an empty tile is null and a full one its bytes", async () => {
  const base = await answering((asked, response) => {
    response.writeHead(asked.url === "/empty" ? 204 : 200);
    response.end(asked.url === "/empty" ? undefined : "abc");
  });
  const { signal } = new AbortController();

  expect(await requestTile(`${base}/empty`, signal)).toBeNull();
  expect((await requestTile(`${base}/full`, signal))?.byteLength).toBe(3);
});

test("a body is sent as JSON in the reader's language", async () => {
  const base = await answering((asked, response) => {
    let body = "";
    asked.on("data", (part) => {
      body += part;
    });
    asked.on("end", () => {
      const { "accept-language": language, "content-type": type } = asked.headers;
      response.end(JSON.stringify({ method: asked.method, language, type, body }));
    });
  });

  const echo = await request<Record<string, string>>(`${base}/x`, { method: "POST", body: { a: 1 } });

  expect(echo).toEqual({ method: "POST", language: "id", type: "application/json", body: '{"a":1}' });
});

test("the next page is asked by its cursor, wherever its address says the server is", () => {
  expect(cursorOf("https://peta.example/api/v1/usulan?city=99.71&cursor=a-b_c")).toBe("a-b_c");
  expect(cursorOf("/api/v1/usulan?cursor=x")).toBe("x");
  expect(cursorOf(null)).toBeNull();
});

test("a copy that comes without a network is neither an answer nor a sign of one", async () => {
  const base = await answering((_, response) => response.end("{}"));
  const before = new Date(0);
  lastAnswer.value = before;
  online.value = false;
  vi.stubGlobal("navigator", { onLine: false });

  await request(base);

  expect(online.value).toBe(false);
  expect(lastAnswer.value).toBe(before);
});
