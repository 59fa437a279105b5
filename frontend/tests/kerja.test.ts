import { expect, test } from "vitest";
import type { FullItem } from "../src/api/contract";
import { readKerjaPlace, workQuery, writeKerjaPlace } from "../src/screens/kerja/address";
import { Drafts, type Shelf } from "../src/screens/kerja/drafts";
import { dayIn, daysBetween, dueWords, urgencyOf } from "../src/screens/kerja/due";
import { actsOn, bodyOf, faultsOf, nameOfMove } from "../src/screens/kerja/forms";
import { stepTo } from "../src/screens/kerja/ListPane";

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

const may = (...moves: string[]) => ({ may: { moves, acts: [] } }) as Pick<FullItem, "may">;

test("the way onward stands before the steps back and out", () => {
  expect(actsOn(may("ditolak", "digabung", "verifikasi_kel"))).toEqual(
    ["verifikasi_kel", "ditolak", "digabung"].map(nameOfMove),
  );
});

const SEEN = "a".repeat(64);
const WHY = "Lahannya milik pribadi.";

test("a refusal needs its code and a sentence, the next step neither", () => {
  const refusal = nameOfMove("ditolak");

  expect(Object.keys(faultsOf({}, refusal))).toEqual(["code", "reason"]);
  expect(faultsOf({ code: "A03", reason: WHY }, refusal)).toEqual({});
  expect(faultsOf({}, nameOfMove("prioritas_kel"))).toEqual({});
  expect(bodyOf({}, nameOfMove("prioritas_kel"), SEEN)).toEqual({ to: "prioritas_kel", seen: SEEN });
});

test("blanks are no reason", () => {
  expect(faultsOf({ code: "A03", reason: "             " }, nameOfMove("ditolak"))).toHaveProperty("reason");
});

test("a question is asked of its reporter and told in the history", () => {
  const question = "Sebelah mana dari pos?";

  expect(bodyOf({ question }, nameOfMove("dikembalikan"), SEEN)).toEqual({
    to: "dikembalikan",
    reason_code: "A09",
    reason: question,
    question,
    seen: SEEN,
  });
});

test("a merge says into which, and brings its usual words", () => {
  const body = bodyOf({ into: " 99.71-2026-abc123 " }, nameOfMove("digabung"), SEEN);

  expect(body).toMatchObject({ to: "digabung", into: "99.71-2026-ABC123", reason_code: "A05" });
  expect(body.reason).toContain("99.71-2026-abc123");
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
