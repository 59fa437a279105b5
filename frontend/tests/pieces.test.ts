import { expect, test } from "vitest";
import { EXTENT } from "../src/geo/mvt";
import { PICTURE_ZOOMS, piecesOf } from "../src/map/planner/pieces";

/** Of the map, whose own file needs a browser. */
const [MIN_ZOOM, MAX_ZOOM] = [9, 19];
const area = (pieces: ReturnType<typeof piecesOf>) => pieces.reduce((sum, { side }) => sum + side * side, 0);

test("every zoom of the map has pictures that fill a tile and that the server draws", () => {
  for (let z = MIN_ZOOM; z <= MAX_ZOOM; z += 1) {
    const pieces = piecesOf({ z, x: 5, y: 7 });
    expect(area(pieces)).toBe(EXTENT * EXTENT);
    for (const { address } of pieces) {
      const zoom = Number(address.split("/")[0]);
      expect(zoom).toBeGreaterThanOrEqual(PICTURE_ZOOMS.least);
      expect(zoom).toBeLessThanOrEqual(PICTURE_ZOOMS.most);
    }
  }
});

test("a tile is made of the four pictures of its zoom, each in its quarter", () => {
  const side = EXTENT / 2;
  expect(piecesOf({ z: 14, x: 5, y: 7 })).toEqual([
    { address: "14/10/14", left: 0, top: 0, side },
    { address: "14/11/14", left: side, top: 0, side },
    { address: "14/10/15", left: 0, top: side, side },
    { address: "14/11/15", left: side, top: side, side },
  ]);
});

test("closer than pictures are drawn one of them is stretched over the tile", () => {
  expect(piecesOf({ z: 19, x: 5, y: 7 })).toEqual([{ address: "18/5/7", left: 0, top: 0, side: EXTENT }]);
});
