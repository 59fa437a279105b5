import { expect, test } from "vitest";
import type { Stats } from "../src/api/contract";
import { choropleth } from "../src/geo/choropleth";

const row = { area: "33.72.01.1001", name: "Pajang", level: "kelurahan", population: 5200, households: 1733 };
const sums = { count: 0, cost: 0, cost_known: 0, beneficiaries: 0, supporters: 0, per_1000: null };
const stats = { rows: [{ ...row, ...sums }], unassigned: 0 } as unknown as Stats;

test("without a year no area is told to have too little data for a rate", () => {
  const values = choropleth({ mode: "laju", year: null, stats, series: null });

  expect(values?.thin).toBe(0);
  expect(values?.classes.size).toBe(0);
});

test("with a year an area without a rate has too little data", () => {
  expect(choropleth({ mode: "laju", year: 2026, stats, series: stats })?.thin).toBe(1);
});
