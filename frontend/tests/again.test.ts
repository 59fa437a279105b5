import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Problem } from "../src/api/problem";
import { Again, pauseMs } from "../src/state/again";
import { Resource } from "../src/state/resource";

const problem = (status: number, retryAfterS: number | null = null) =>
  new Problem({ status, code: `HTTP_${status}`, title: "", detail: "" }, retryAfterS);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("a busy server is never asked sooner than it asked for", () => {
  for (const chance of [0, 0.5, 1]) {
    expect(pauseMs(problem(503, 7), 0, chance)).toBeGreaterThanOrEqual(7000);
  }
});

test("readers of a busy server are spread out", () => {
  expect(pauseMs(problem(503, 2), 0, 0)).not.toBe(pauseMs(problem(503, 2), 0, 0.9));
});

test("a refusal is not asked again", () => {
  expect(pauseMs(problem(404), 0, 0)).toBeNull();
  expect(pauseMs(problem(422), 0, 0)).toBeNull();
  expect(pauseMs(new Error("ours"), 0, 0)).toBeNull();
});

test("a pause of hours is left to the reader", () => {
  expect(pauseMs(problem(429, 3600), 0, 0)).toBeNull();
});

test("a lasting failure is asked for a bounded number of times", async () => {
  let asked = 0;
  const resource = new Resource<number>();

  await resource.load(() => {
    asked += 1;
    return Promise.reject(problem(503, 1));
  });
  await vi.runAllTimersAsync();

  expect(asked).toBe(6);
  expect(resource.error.value).toBeInstanceOf(Problem);
});

test("what failed in passing comes by itself", async () => {
  let asked = 0;
  const resource = new Resource<string>();

  await resource.load(() => {
    asked += 1;
    return asked < 3 ? Promise.reject(problem(503, 2)) : Promise.resolve("here");
  });
  expect(resource.error.value).toBeInstanceOf(Problem);
  await vi.runAllTimersAsync();

  expect(resource.value.value).toBe("here");
  expect(resource.error.value).toBeNull();
});

test("another question ends the asking for the first", async () => {
  const asked: string[] = [];
  const resource = new Resource<string>();
  const ask = (name: string) => () => {
    asked.push(name);
    return name === "old" ? Promise.reject(problem(503, 2)) : Promise.resolve(name);
  };

  await resource.load(ask("old"));
  await resource.load(ask("new"));
  await vi.runAllTimersAsync();

  expect(asked).toEqual(["old", "new"]);
});

test("several failures of one moment are one try", async () => {
  let retried = 0;
  const again = new Again(
    () => {
      retried += 1;
    },
    () => 0,
  );

  for (let tile = 0; tile < 8; tile++) again.later(problem(503, 1));
  await vi.runAllTimersAsync();

  expect(retried).toBe(1);
});

test("an answer is old as soon as another question is asked", async () => {
  const resource = new Resource<string>();
  await resource.load(() => Promise.resolve("first"), "one");
  expect(resource.stale.value).toBe(false);

  void resource.load(() => new Promise(() => {}), "two");
  expect(resource.stale.value).toBe(true);
});
