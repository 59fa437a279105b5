import { expect, test } from "vitest";
import type { StatsRow } from "../src/api/contract";
import { isThinRate } from "../src/geo/choropleth";

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

test("an area with fewer than 30 households has no rate to compare", () => {
  expect(isThinRate(row({ households: 29 }))).toBe(true);
  expect(isThinRate(row({ households: 30 }))).toBe(false);
});

test("where nobody knows the households there is no rate to compare", () => {
  expect(isThinRate(row({ households: null }))).toBe(true);
});

test("an area without a rate is thin, however many households it has", () => {
  expect(isThinRate(row({ households: 120, per_1000: null }))).toBe(true);
});

test("an area without usulan is not thin", () => {
  expect(isThinRate(row({ households: 120, count: 0, per_1000: 0 }))).toBe(false);
});
