import { expect, test } from "vitest";
import type { Bounds } from "../src/api/contract";
import { isNear } from "../src/geo/bounds";

const city: Bounds = [110, -8, 111, -7];

test("a street just beyond the border still belongs to the surroundings of a city", () => {
  expect(isNear([111.5, -7.5], city)).toBe(true);
  expect(isNear([110.5, -8.59], city)).toBe(true);
});

test("another city does not", () => {
  expect(isNear([111.7, -7.5], city)).toBe(false);
  expect(isNear([110.5, -6.3], city)).toBe(false);
});
