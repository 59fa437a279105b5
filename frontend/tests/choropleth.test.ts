import { expect, test } from "vitest";
import type { Stats } from "../src/api/contract";
import { classesQuery } from "../src/api/endpoints";
import { areaClasses } from "../src/geo/choropleth";

const answer = (more: object) => ({ rows: [], unassigned: 0, ...more }) as unknown as Stats;
const found = {
  measure: "per_1000",
  method: "quantile",
  unit: "",
  n: 3,
  thin: 1,
  breaks: [0, 12, 14.3, 15.5, 17.4, 20],
  classes: [],
  series: { years: [2025, 2026], n: 6 },
};

test("areas keep the class that the server found, and thin ones have none", () => {
  const rows = [
    { area: "A", per_1000: 14.9, class: 3 },
    { area: "B", per_1000: 1, class: null },
    { area: "C", per_1000: 20, class: 5 },
    { area: "D", per_1000: 0, class: 1 },
  ];

  expect(areaClasses(answer({ rows, classes: found }))).toEqual({
    classes: new Map([
      ["A", 2],
      ["B", -1],
      ["C", 4],
      ["D", 0],
    ]),
    breaks: [12, 14.3, 15.5, 17.4],
    top: 20,
    classed: 3,
    thin: 1,
  });
});

test("an answer without classes colours nothing", () => {
  expect(areaClasses(answer({ classes: null }))).toBeNull();
});

test("classes are asked for the year that is coloured, so that the server takes the limits from its series", () => {
  const filter = new URLSearchParams({ city: "99.71", year: "2026" });

  const asked = classesQuery(filter, "kecamatan", { measure: "per_1000", method: "quantile" });

  expect(Object.fromEntries(asked)).toEqual({
    city: "99.71",
    year: "2026",
    level: "kecamatan",
    measure: "per_1000",
    classes: "5",
    method: "quantile",
  });
});
