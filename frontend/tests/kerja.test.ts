import { signal } from "@preact/signals";
import { expect, test } from "vitest";
import type { DeskItem } from "../src/api/contract";
import { readKerjaPlace, workQuery, writeKerjaPlace } from "../src/screens/kerja/address";
import { Drafts, type Shelf } from "../src/screens/kerja/drafts";
import { dayIn, daysBetween, dueWords, urgencyOf } from "../src/screens/kerja/due";
import {
  actsOn,
  bodyOf,
  faultsOf,
  filledIn,
  movesOn,
  nameOfMove,
  readPoint,
  type Subject,
} from "../src/screens/kerja/forms";
import { stepTo } from "../src/screens/kerja/ListPane";
import { queryOf } from "../src/screens/kerja/saved";
import { sumsOf, Ticks } from "../src/screens/kerja/ticks";
import { actsTogether, manyBody, SHOWING } from "../src/screens/kerja/together";

test("an address holds the whole choice, and what it does not understand is left out", () => {
  const text = "?queue=terlambat&group=SP&q=got&sort=supporters&usulan=99.71-2026-ABC123";

  expect(writeKerjaPlace(readKerjaPlace(text))).toBe(text);
  expect(readKerjaPlace("?queue=rahasia&sort=harga")).toMatchObject({ queue: "giliran_saya", sort: "due" });
  expect(writeKerjaPlace(readKerjaPlace("?queue=giliran_saya"))).toBe("");
});

test("the list is asked for the queue, the order and every filter, and not for the open usulan", () => {
  const query = workQuery(readKerjaPlace("?queue=ragu&status=diajukan&usulan=X&area=99.71.01"), "99.71");

  expect(query.toString()).toBe("city=99.71&status=diajukan&queue=ragu&sort=due&area=99.71.01");
});

test("days to a due date are those of the calendar", () => {
  expect(daysBetween("2026-02-27", "2026-03-02")).toBe(3);
  expect(daysBetween("2026-03-02", "2026-02-27")).toBe(-3);
  // An hour before midnight in London it is already the next day in Surakarta.
  expect(dayIn(new Date("2026-03-01T23:00:00Z"), "Asia/Jakarta")).toBe("2026-03-02");
});

test("a due date is told in words: late, today, tomorrow, in so many days", () => {
  const at = (due: string, late = false) => dueWords({ due, late }, "2026-03-02");

  expect(at("2026-02-28", true)).toBe("Lewat 2 hari");
  expect(at("2026-03-02")).toBe("Tenggat hari ini");
  expect(at("2026-03-03")).toBe("Tenggat besok");
  expect(at("2026-03-12")).toBe("10 hari lagi");
  expect(dueWords({ due: null, late: false }, "2026-03-02")).toBeNull();
  expect(urgencyOf({ due: "2026-03-05", late: false }, "2026-03-02")).toBe("soon");
  expect(urgencyOf({ due: "2026-03-06", late: false }, "2026-03-02")).toBe("later");
});

const SEEN = "a".repeat(64);
const WHY = "Lahannya milik pribadi.";
const ITEM: Subject = {
  may: {
    moves: ["ditolak", "digabung", "verifikasi_kel"],
    acts: ["undo", "doubts", "publication", "rahasia"],
  },
  seen: SEEN,
  published: true,
  doubts: [],
  category: "SP09",
  title: "Lampu mati",
  problem: "Gang gelap.",
  address: null,
  landmark: null,
};

test("the way onward stands before the steps back and out", () => {
  expect(movesOn(ITEM)).toEqual(["verifikasi_kel", "ditolak", "digabung"].map(nameOfMove));
});

test("acts stand in one order, without those that this page does not know", () => {
  expect(actsOn({ ...ITEM, doubts: ["dekat_batas"] })).toEqual(["publication", "doubts", "undo"]);
  expect(actsOn(ITEM)).toEqual(["publication", "undo"]);
});

test("a refusal needs its code and a sentence, the next step neither", () => {
  const refusal = nameOfMove("ditolak");

  expect(Object.keys(faultsOf({}, refusal, ITEM))).toEqual(["code", "reason"]);
  expect(faultsOf({ code: "A03", reason: WHY }, refusal, ITEM)).toEqual({});
  expect(faultsOf({}, nameOfMove("prioritas_kel"), ITEM)).toEqual({});
  expect(bodyOf({}, nameOfMove("prioritas_kel"), ITEM)).toEqual({ to: "prioritas_kel", seen: SEEN });
});

test("blanks are no reason", () => {
  expect(faultsOf({ code: "A03", reason: "             " }, nameOfMove("ditolak"), ITEM)).toHaveProperty(
    "reason",
  );
});

test("a question is asked of its reporter and told in the history", () => {
  const question = "Sebelah mana dari pos?";

  expect(bodyOf({ question }, nameOfMove("dikembalikan"), ITEM)).toEqual({
    to: "dikembalikan",
    reason_code: "A09",
    reason: question,
    question,
    seen: SEEN,
  });
});

test("a merge says into which, and brings its usual words", () => {
  const body = bodyOf({ into: " 99.71-2026-abc123 " }, nameOfMove("digabung"), ITEM);

  expect(body).toMatchObject({ to: "digabung", into: "99.71-2026-ABC123", reason_code: "A05" });
  expect(body.reason).toContain("99.71-2026-abc123");
});

test("holding back needs a sentence, showing again none", () => {
  expect(faultsOf({}, "publication", ITEM)).toHaveProperty("reason");
  expect(bodyOf({ reason: WHY }, "publication", ITEM)).toEqual({ published: false, reason: WHY, seen: SEEN });
  const held = { ...ITEM, published: false };
  expect(faultsOf({}, "publication", held)).toEqual({});
  expect(bodyOf({}, "publication", held)).toEqual({ published: true, seen: SEEN });
});

test("the first telephone number in an usulan is what its redaction begins with", () => {
  const item = { ...ITEM, problem: "Gelap. Hubungi 0812-3456-7890.", address: "081234567890" };
  const draft = { reason: WHY };

  expect(filledIn(draft, "redaction", "part", item)).toBe("problem");
  expect(bodyOf(draft, "redaction", item)).toEqual({
    field: "problem",
    text: "0812-3456-7890",
    reason: WHY,
    seen: SEEN,
  });
  // Another part chosen: its words are for the officer to write.
  expect(faultsOf({ ...draft, part: "title" }, "redaction", item)).toHaveProperty("words");
});

test("a place is longitude, then latitude; anything else is told at its field", () => {
  expect(readPoint(" 110.8231, -7.5712")).toEqual([110.8231, -7.5712]);
  expect(readPoint("110.8231")).toBeNull();
  expect(readPoint("110.8231, -97.5")).toBeNull();
  expect(faultsOf({ point: "di gang", reason: WHY }, "place", ITEM)).toHaveProperty("point");
  expect(bodyOf({ point: "110.8231, -7.5712", reason: WHY }, "place", ITEM)).toEqual({
    geometry: { type: "Point", coordinates: [110.8231, -7.5712] },
    reason: WHY,
    seen: SEEN,
  });
});

test("an usulan is sent to an agency, to a programme or to both, and not to neither", () => {
  expect(Object.keys(faultsOf({ reason: WHY }, "forward", ITEM))).toEqual(["agency"]);
  expect(faultsOf({ programme: "1.03", reason: WHY }, "forward", ITEM)).toEqual({});
  expect(bodyOf({ programme: "1.03", reason: WHY }, "forward", ITEM)).toEqual({
    programme: "1.03",
    reason: WHY,
    seen: SEEN,
  });
});

test("the doubts that were looked at are the ones that are settled", () => {
  const doubts = ["dekat_batas", "tanpa_rt"];

  expect(bodyOf({}, "doubts", { ...ITEM, doubts })).toEqual({ settled: doubts, seen: SEEN });
});

class Kept implements Shelf {
  private text: string | null = null;
  getItem = () => this.text;
  setItem = (_key: string, text: string) => {
    this.text = text;
  };
  removeItem = () => {
    this.text = null;
  };
}

test("what was begun is there on the next page too, until it is sent", () => {
  const shelf = new Kept();
  const drafts = new Drafts(shelf);
  drafts.change("N1", "status:ditolak", { code: "A03" });
  drafts.change("N1", "status:ditolak", { reason: WHY });
  drafts.change("N2", "status:ditolak", { reason: "lain" });

  expect(new Drafts(shelf).of("N1", "status:ditolak")).toEqual({ code: "A03", reason: WHY });
  drafts.drop("N1", "status:ditolak");
  expect(new Drafts(shelf).of("N1", "status:ditolak")).toEqual({});
  expect(new Drafts(shelf).of("N2", "status:ditolak")).toEqual({ reason: "lain" });
});

test("what a broken shelf holds is nothing", () => {
  expect(new Drafts({ ...new Kept(), getItem: () => "{" }).of("N1", "x")).toEqual({});
});

test("steps in a list stop at its ends, and begin at one of them", () => {
  const rows = ["a", "b", "c"];

  expect(stepTo(rows, null, 1)).toBe("a");
  expect(stepTo(rows, "c", 1)).toBe("c");
  expect(stepTo(rows, "b", -1)).toBe("a");
  expect(stepTo(rows, "gone", -1)).toBe("c");
  expect(stepTo([], "a", 1)).toBeNull();
});

const rowOf = (changes: Partial<DeskItem>): DeskItem =>
  ({
    number: "N1",
    may: { moves: ["verifikasi_kel", "ditolak"], acts: ["redaction", "publication", "doubts"] },
    published: true,
    doubts: [],
    estimated_cost: null,
    supporters: 0,
    ...changes,
  }) as DeskItem;

test("what can be done together says for how many, and leaves out what has its own words", () => {
  const held = rowOf({ number: "N2", published: false, may: { moves: ["ditolak"], acts: ["publication"] } });

  expect(actsTogether([rowOf({}), held])).toEqual([
    ["status:verifikasi_kel", 1],
    ["status:ditolak", 2],
    ["publication", 1],
    [SHOWING, 1],
  ]);
});

test("doubts are settled together where all have them, and only those", () => {
  const items = [
    rowOf({ doubts: ["tanpa_rt", "dekat_batas"] }),
    rowOf({ number: "N2", doubts: ["dekat_batas"] }),
  ];

  expect(manyBody("doubts", {}, items)).toEqual({ kind: "doubts", settled: ["dekat_batas"] });
  expect(actsTogether([...items, rowOf({})]).map(([name]) => name)).not.toContain("doubts");
});

test("an act on many names no step that was looked at", () => {
  expect(manyBody("status:ditolak", { code: "A03", reason: WHY }, [rowOf({})])).toEqual({
    kind: "status",
    to: "ditolak",
    reason_code: "A03",
    reason: WHY,
  });
  expect(manyBody(SHOWING, {}, [rowOf({ published: false })])).toEqual({
    kind: "publication",
    published: true,
  });
});

test("what left the list is no longer ticked", () => {
  const listed = signal([rowOf({}), rowOf({ number: "N2" })]);
  const ticks = new Ticks(listed);
  ticks.toggleAll();

  listed.value = [rowOf({ number: "N2" }), rowOf({ number: "N3" })];

  expect([...ticks.numbers.value]).toEqual(["N2"]);
  expect(ticks.all.value).toBe(false);
});

test("costs are summed with of how many they are known", () => {
  const items = [rowOf({ estimated_cost: 3_000_000, supporters: 4 }), rowOf({ supporters: 2 })];

  expect(sumsOf(items)).toEqual({ cost: 3_000_000, costed: 1, supporters: 6 });
});

test("a saved list is the question alone: neither the city nor what was open", () => {
  const here = readKerjaPlace("?city=99.71&queue=ragu&group=SP&usulan=N1&at=14/-7.5/110.8");

  expect(queryOf(here)).toBe("queue=ragu&group=SP");
});
