import { expect, test } from "vitest";
import type { DeskItem } from "../src/api/contract";
import { spotsWith } from "../src/screens/kerja/spots";

function item(number: string, place: [number, number] | null): DeskItem {
  const geometry = place && { type: "Point", coordinates: place };
  return { number, group: "SP", geometry } as unknown as DeskItem;
}

const LISTED = [item("a", [111.35, -7.25]), item("b", null)];
const numbersOf = (open: DeskItem | null) => spotsWith(LISTED, open).map(({ number }) => number);

test("the open usulan stands on the map also where the list does not hold it", () => {
  expect(numbersOf(item("c", [111.36, -7.24]))).toEqual(["a", "c"]);
});

test("an open usulan of the list stands there once, and one without a position nowhere", () => {
  expect(numbersOf(null)).toEqual(["a"]);
  expect(numbersOf(LISTED[0] ?? null)).toEqual(["a"]);
  expect(numbersOf(item("d", null))).toEqual(["a"]);
});
