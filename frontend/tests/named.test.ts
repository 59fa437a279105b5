import { expect, test } from "vitest";
import type { Level } from "../src/api/contract";
import { namedAreas } from "../src/map/areas";
import type { GroundTile } from "../src/map/tiles/tile";

function tileOf(...areas: [level: Level, name: string][]): GroundTile {
  const pieces = areas.map(([level, name]) => [name, [{ code: name, level, name, weight: 1, x: 0, y: 0 }]]);
  return { pieces: new Map(pieces as never) } as unknown as GroundTile;
}

const names = (tiles: GroundTile[]) => namedAreas(tiles, ["rt", "rw", "kelurahan"]).map(({ name }) => name);

test("near the street the RT are named", () => {
  expect(names([tileOf(["kelurahan", "Kauman"], ["rw", "RW 001"], ["rt", "RT 002"])])).toEqual(["RT 002"]);
});

test("a city without RT and RW keeps the names of its kelurahan", () => {
  expect(names([tileOf(["kelurahan", "Kauman"])])).toEqual(["Kauman"]);
});

test("where nothing is known nothing is named", () => {
  expect(names([tileOf()])).toEqual([]);
});
