import { expect, test } from "vitest";
import type { Stats, StatsRow } from "../src/api/contract";
import {
  EMPTY_PLANNER,
  type PlannerPlace,
  readPlanner,
  writePlanner,
} from "../src/screens/perencana/address";
import { classedHexagons, partedAt } from "../src/screens/perencana/numbers";
import { openingYear, runningYear, yearSums } from "../src/state/planningYears";

const full: PlannerPlace = {
  city: "33.72",
  year: 2025,
  group: ["SP"],
  category: ["SP01"],
  status: ["selesai"],
  q: "got",
  area: "33.72.05.1015-012",
  picture: "laju",
  form: "heksagon",
  weight: "cost",
  bandwidthM: 400,
  level: "kelurahan",
  method: "natural",
  panel: "banding",
  compared: ["33.72.05.1015-012", "33.72.05.1015-013"],
  map: { centre: [110.82341, -7.56123], zoom: 15 },
};

test("an address holds every choice of the planner", () => {
  expect(readPlanner(writePlanner(full))).toEqual(full);
});

test("a bare address and the beginning are the same place", () => {
  expect(readPlanner("")).toEqual(EMPTY_PLANNER);
  expect(writePlanner(EMPTY_PLANNER)).toBe("");
});

test("what is not understood is left out", () => {
  const read = readPlanner("?tampil=lain&bentuk=x&weight=berat&bandwidth_m=9&level=kota&panel=1&at=a,b");

  expect(read).toEqual(EMPTY_PLANNER);
});

test("an address may name a bandwidth that no button offers", () => {
  expect(readPlanner("?bandwidth_m=350").bandwidthM).toBe(350);
});

const row = (year: number, count: number): StatsRow => ({
  area: "33.72",
  name: "Kota",
  level: "kota",
  year,
  count,
  cost: 10 * count,
  cost_known: count,
  beneficiaries: 0,
  supporters: 0,
  per_1000: null,
  population: null,
  households: null,
});
const stats = (...rows: StatsRow[]): Stats => ({
  rows,
  unassigned: 0,
  unlocated: 0,
  numberMatched: 0,
  as_of: "",
  edition: null,
});

test("the page opens with the latest year that has more than a few usulan of the next round", () => {
  const years = [2024, 2025, 2026, 2027];

  expect(openingYear(stats(row(2025, 600), row(2026, 1000), row(2027, 99)), years)).toBe(2026);
  expect(openingYear(stats(row(2026, 1000), row(2027, 100)), years)).toBe(2027);
});

test("where no year has any usulan, none is the one to open with", () => {
  expect(openingYear(stats(), [2026, 2027])).toBeNull();
  expect(openingYear(stats(row(2026, 0)), [2026, 2027])).toBeNull();
  expect(openingYear(stats(), [])).toBeNull();
});

test("what nobody has told of a year is no zero", () => {
  expect(yearSums(null, [2025, 2026], "count")).toEqual([
    { year: 2025, value: null },
    { year: 2026, value: null },
  ]);
});

test("usulan come in for the year after the present one, by the clock of the city", () => {
  expect(runningYear("2026-11-22T12:00:00+00:00", "Asia/Jakarta")).toBe(2027);
  expect(runningYear("2026-12-31T16:59:59+00:00", "Asia/Jakarta")).toBe(2027);
  expect(runningYear("2026-12-31T17:00:00+00:00", "Asia/Jakarta")).toBe(2028);
});

test("a line is complete up to the running year, and open from there", () => {
  expect(partedAt([13, 14, 18, 0.1], 3)).toEqual({
    complete: [13, 14, 18, null],
    growing: [null, null, 18, 0.1],
  });
  expect(partedAt([13, 14], 2)).toEqual({ complete: [13, 14], growing: [null, null] });
  expect(partedAt([1, 2], 0)).toEqual({ complete: [null, null], growing: [1, 2] });
});

test("a year without usulan stands in its place with nothing", () => {
  expect(yearSums(stats(row(2024, 3), row(2026, 5)), [2024, 2025, 2026], "cost")).toEqual([
    { year: 2024, value: 30 },
    { year: 2025, value: 0 },
    { year: 2026, value: 50 },
  ]);
});

test("hexagons fall into five classes of about as many each, by the weight that is asked for", () => {
  const hexagon = (count: number) => ({
    geometry: { coordinates: [[[110, -7] as [number, number]]] },
    properties: { count, cost: 0, beneficiaries: 0, supporters: 0 },
  });
  const found = { features: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map(hexagon) };

  const byCount = classedHexagons(found, "count");
  const byCost = classedHexagons(found, "cost");

  // Limits 3, 5, 6 and 8: the quintiles 2.8, 4.6, 6.4 and 8.2 as whole numbers.
  expect(byCount.hexagons.map(({ step }) => step)).toEqual([0, 0, 1, 1, 2, 3, 3, 4, 4, 4]);
  expect(byCount.most).toBe(10);
  expect(byCost.hexagons.every(({ step }) => step === 0)).toBe(true);
});

test("a year with a hundred usulan opens the page though another had many more", () => {
  const row = (year: number, count: number) => ({ area: "33.72", level: "kota", year, count });
  const stats = { rows: [row(2025, 4000), row(2026, 100), row(2027, 99)] } as unknown as Stats;
  expect(openingYear(stats, [2025, 2026, 2027])).toBe(2026);
});
