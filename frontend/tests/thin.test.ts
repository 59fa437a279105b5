import { expect, test } from "vitest";
import type { StatsRow } from "../src/api/contract";
import { colouringValue, isThinRate } from "../src/geo/choropleth";

function row(more: Partial<StatsRow>): StatsRow {
  const sums = {
    count: 7,
    cost: 0,
    cost_known: 0,
    beneficiaries: 0,
    supporters: 0,
    per_1000: 70,
    population: 100,
    households: 30,
  };
  return { area: "99.71.01.1001-001-001", name: "RT 001", level: "rt", ...sums, ...more };
}

test("an area with fewer than 30 households has no colour, neither by rate nor by count", () => {
  const small = row({ households: 29 });

  expect(colouringValue("laju", small)).toBeNull();
  expect(colouringValue("jumlah", small)).toBeNull();
  expect(isThinRate(small)).toBe(true);
});

test("an area with 30 households has its rate and its count", () => {
  const enough = row({ households: 30 });

  expect(colouringValue("laju", enough)).toBe(70);
  expect(colouringValue("jumlah", enough)).toBe(7);
});

test("where nobody knows the households there is no rate, but a count", () => {
  const unknown = row({ households: null });

  expect(colouringValue("laju", unknown)).toBeNull();
  expect(colouringValue("jumlah", unknown)).toBe(7);
});

test("an area without a rate is thin, however many households it has", () => {
  expect(colouringValue("laju", row({ per_1000: null }))).toBeNull();
});

test("an area without usulan is the first class, not thin", () => {
  expect(colouringValue("laju", row({ households: 120, count: 0, per_1000: 0 }))).toBe(0);
});
