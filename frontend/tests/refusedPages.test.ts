import { expect, test } from "vitest";
import type { RefusedWords } from "../src/api/contract";
import { PAGE, RefusedPages } from "../src/screens/muat/refusedPages";

const row = (number: number): RefusedWords => ({ row: number, reason: "A", told: "" });

/** Pages whose answers come when the test says so, by what they were asked past. */
function pagesToCome() {
  const asked = new Map<number, { come: () => Promise<void>; signal: AbortSignal }>();
  const pages = new RefusedPages([row(0)], ({ after }, signal) => {
    return new Promise((resolve) => {
      const come = async () => {
        resolve([row(after)]);
        await new Promise((done) => setTimeout(done));
      };
      asked.set(after / PAGE, { come, signal });
    });
  });
  return { pages, asked, seen: () => [pages.page.value, pages.rows.value[0]?.row, pages.outdated.value] };
}

test("until a page has come, the rows stand that stood before it", async () => {
  const { pages, asked, seen } = pagesToCome();
  for (const page of [1, 2]) {
    pages.turn(page);
    await asked.get(page)?.come();
  }
  expect(seen()).toEqual([2, 2 * PAGE, false]);

  pages.turn(0);
  pages.turn(1);

  expect(seen()).toEqual([1, 0, true]);
  await asked.get(1)?.come();
  expect(seen()).toEqual([1, PAGE, false]);
});

test("whoever turns on does not wait for the page that has not come", async () => {
  const { pages, asked, seen } = pagesToCome();

  pages.turn(1);
  pages.turn(2);
  await asked.get(1)?.come();

  expect(asked.get(1)?.signal.aborted).toBe(true);
  expect(seen()).toEqual([2, 0, true]);
  await asked.get(2)?.come();
  expect(seen()).toEqual([2, 2 * PAGE, false]);
});

test("the first page is there at once", () => {
  const { pages, seen } = pagesToCome();

  pages.turn(1);
  pages.turn(0);

  expect(seen()).toEqual([0, 0, false]);
});
