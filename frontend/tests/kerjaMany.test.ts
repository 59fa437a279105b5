import { expect, test } from "vitest";
import type { DeskItem, ManyDone } from "../src/api/contract";
import { Problem } from "../src/api/problem";
import type { ManyWish } from "../src/api/staff";
import { Many, type ManyEvents } from "../src/screens/kerja/many";

const ITEMS = Array.from(
  { length: 120 },
  (_, index) => ({ number: `N${index}`, title: `Usulan ${index}`, doubts: [] }) as unknown as DeskItem,
);
const GONE = new Problem({ status: 0, code: "TANPA_JARINGAN", title: "", detail: "" });

/** A server that does all that it is asked, until it is away; and what it was asked. */
function serverFor(answers: number) {
  const asked: ManyWish[] = [];
  const send = async (wish: ManyWish): Promise<ManyDone> => {
    if (asked.length === answers) throw GONE;
    asked.push(wish);
    const count = wish.numbers.length;
    return { would: count, done: wish.dry_run ? 0 : count, refused: [] };
  };
  return { asked, send };
}

function listener() {
  const left: string[][] = [];
  const events: ManyEvents = {
    done: (items) => left.push(items.map(({ number }) => number)),
    signedOut: () => {},
  };
  return { left, events };
}

test("many go in pieces, all counted before the first is done", async () => {
  const { asked, send } = serverFor(6);
  const { left, events } = listener();
  const many = new Many(events, send);
  many.begin("status:verifikasi_kel", ITEMS);

  await many.submit();
  expect(many.counted.value?.would).toBe(120);
  await many.submit();

  expect(asked.map(({ numbers, dry_run }) => [numbers.length, dry_run])).toEqual([
    [50, true],
    [50, true],
    [20, true],
    [50, false],
    [50, false],
    [20, false],
  ]);
  expect(many.outcome.value?.done.length).toBe(120);
  expect(left).toEqual([[]]);
});

test("where the network goes in between, what was done is told and the others stay to be done", async () => {
  const { send } = serverFor(4);
  const { left, events } = listener();
  const many = new Many(events, send);
  many.begin("status:verifikasi_kel", ITEMS);

  await many.submit();
  await many.submit();

  expect(many.outcome.value?.done.length).toBe(50);
  expect(many.outcome.value?.left.length).toBe(70);
  expect(left[0]?.[0]).toBe("N50");
  expect(left[0]?.length).toBe(70);
});

test("what was changed while it was counted has to be counted again", async () => {
  const { asked, send } = serverFor(9);
  const { events } = listener();
  const many = new Many(events, send);
  many.begin("status:ditolak", ITEMS);
  many.change({ code: "A03", reason: "Lahannya milik pribadi." });

  const counting = many.submit();
  many.change({ reason: "Lahannya milik seorang warga." });
  await counting;
  expect(many.counted.value).toBeNull();
  await many.submit();

  expect(asked.every(({ dry_run }) => dry_run)).toBe(true);
  expect(asked.length).toBe(6);
  expect(many.counted.value?.would).toBe(120);
});

test("a count that fails does nothing and keeps its form", async () => {
  const { asked, send } = serverFor(1);
  const { left, events } = listener();
  const many = new Many(events, send);
  many.begin("status:ditolak", ITEMS);
  many.change({ code: "A03", reason: "Lahannya milik pribadi." });

  await many.submit();

  expect(many.counted.value).toBeNull();
  expect(many.error.value).toBe(GONE);
  expect(many.draft.value.reason).toBe("Lahannya milik pribadi.");
  expect(asked.every(({ dry_run }) => dry_run)).toBe(true);
  expect(left).toEqual([]);
});

test("an act on many that is stopped stops between two pieces", async () => {
  const { events, left } = listener();
  const { asked, send } = serverFor(9);
  const many: Many = new Many(events, async (wish) => {
    if (!wish.dry_run) many.stop();
    return send(wish);
  });
  many.begin("status:verifikasi_kel", ITEMS);

  await many.submit();
  await many.submit();

  expect(asked.filter(({ dry_run }) => !dry_run).length).toBe(1);
  expect(many.outcome.value?.done.length).toBe(50);
  expect(left[0]?.length).toBe(70);
});
