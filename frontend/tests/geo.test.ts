import { expect, test } from "vitest";
import { boundsOf } from "../src/geo/bounds";
import { boxAround, boxBeside, freePlace, overlaps, TakenBoxes } from "../src/geo/boxes";
import {
  type Cell,
  cellClass,
  cellRadius,
  cellUnit,
  circlePlace,
  displayCells,
  locatedOn,
} from "../src/geo/cells";
import { classOf, fiveBreaks } from "../src/geo/classes";
import { borderLines } from "../src/geo/edges";
import { levelOfZoom, levelsAtZoom, presentLevel } from "../src/geo/levels";
import { tileFrame, toPosition, toUnit, worldPx, zoomToFit } from "../src/geo/mercator";
import { nearestIndex, nearestTarget } from "../src/geo/pick";
import { centroid, isInside, isSeam, reach } from "../src/geo/rings";
import { roomFor } from "../src/geo/room";

const ring = (...flat: number[]) => Int32Array.from(flat);
const SQUARE = ring(100, 100, 300, 100, 300, 300, 100, 300, 100, 100);

test("mercator puts Greenwich on the equator in the middle and the north at the top", () => {
  expect(toUnit([0, 0])).toEqual({ x: 0.5, y: 0.5 });
  expect(toUnit([90, 0]).x).toBe(0.75);
  expect(toUnit([0, 10]).y).toBeLessThan(0.5);
});

test("a position comes back from the unit square unchanged", () => {
  const [longitude, latitude] = toPosition(toUnit([111.353, -7.2565]));

  expect(longitude).toBeCloseTo(111.353, 9);
  expect(latitude).toBeCloseTo(-7.2565, 9);
});

test("a tile covers its share of the square", () => {
  expect(tileFrame({ z: 2, x: 3, y: 1 })).toEqual({ west: 0.75, north: 0.25, side: 0.25 });
  expect(worldPx(1)).toBe(512);
});

test("the fitting zoom is the largest whole one at which the bounds are inside", () => {
  // One degree of longitude is 256 / 360 px wide at zoom 0, so 100 degrees fill 284 px at zoom 2.
  expect(zoomToFit([0, -1, 100, 1], 284.5, 10_000, 19)).toBe(2);
  expect(zoomToFit([0, -1, 100, 1], 284, 10_000, 19)).toBe(1);
});

test("each shared border is one line and the cut of the tile is none", () => {
  const left = ring(0, 0, 2048, 0, 2048, 4096, 0, 4096, 0, 0);
  const right = ring(2048, 0, 4096, 0, 4096, 4096, 2048, 4096, 2048, 0);

  expect(borderLines([left, right])).toEqual([[2048, 0, 2048, 4096]]);
});

test("a whole ring inside the tile is drawn once around", () => {
  expect(borderLines([SQUARE])).toEqual([[100, 100, 300, 100, 300, 300, 100, 300, 100, 100]]);
  expect(borderLines([SQUARE, SQUARE])).toHaveLength(1);
});

test("a hole is outside its polygon", () => {
  const hole = ring(150, 150, 150, 250, 250, 250, 250, 150, 150, 150);

  expect(isInside([SQUARE, hole], 120, 120)).toBe(true);
  expect(isInside([SQUARE, hole], 200, 200)).toBe(false);
  expect(isInside([SQUARE], 301, 200)).toBe(false);
});

test("a sliver of a hole is a seam; a wide hole and an outer ring are not", () => {
  const sliver = ring(0, 0, 0, 6, 400, 6, 400, 0, 0, 0);
  const hole = ring(0, 0, 0, 300, 400, 300, 400, 0, 0, 0);
  const outer = ring(0, 0, 400, 0, 400, 6, 0, 6, 0, 0);

  expect([sliver, hole, outer].map((each) => isSeam(each, 32))).toEqual([true, false, false]);
});

test("the centre of mass of a square is its middle and weighs its area", () => {
  expect(centroid([SQUARE])).toEqual({ x: 200, y: 200, weight: 40_000 });
});

test("regrouping cells loses no usulan and stands at the centre of mass", () => {
  const cells: Cell[] = [
    { x: 0.01, y: 0.01, count: 3 },
    { x: 0.03, y: 0.01, count: 1 },
    { x: 0.9, y: 0.9, count: 5 },
  ];

  const shown = displayCells(cells, 0);

  expect(shown.map(({ count }) => count)).toEqual([4, 5]);
  expect(shown[0]?.x).toBeCloseTo(0.015, 12);
  expect(cells[0]?.count).toBe(3);
});

test("cells of two grid squares stay apart, however near they are", () => {
  expect(
    displayCells(
      [
        { x: 0.2499, y: 0.1, count: 1 },
        { x: 0.2501, y: 0.1, count: 1 },
      ],
      0,
    ),
  ).toHaveLength(2);
});

test("a circle never leaves its display cell, and a small one keeps its centre of mass", () => {
  const big = circlePlace({ x: 0.26, y: 0.375, count: 500 }, 0, 1);
  const small = circlePlace({ x: 0.3, y: 0.375, count: 1 }, 0, 1);

  // The display cell from 64 to 128 px holds a circle of 26 px and its halo.
  expect(big.x * 256).toBeCloseTo(64 + 26 + 1, 9);
  expect(small.x).toBeCloseTo(0.3, 12);
});

test("circles grow with the root of the count up to 26 px, in the five sizes of the legend", () => {
  expect(cellRadius(4, 1)).toBeCloseTo(9.3, 9);
  expect(cellRadius(10_000, 1)).toBe(26);
  expect([1, 2, 9, 10, 29, 30, 74, 75].map((count) => cellClass(count, 1))).toEqual([0, 1, 1, 2, 2, 3, 3, 4]);
});

test("a unit of many usulan moves sizes and classes alike", () => {
  expect(cellRadius(4 * 50, 50)).toBeCloseTo(9.3, 9);
  expect([99, 100, 499, 500, 1499, 1500, 3749, 3750].map((count) => cellClass(count, 50))).toEqual([
    0, 1, 1, 2, 2, 3, 3, 4,
  ]);
});

// At zoom 0 the whole square is 16 display cells; 40 usulan in each are sizes of single usulan.
const WORLD: [number, number, number, number] = [-180, -85.0511, 180, 85.0511];

test("the unit is one usulan while cells are few, and grows with the number of usulan", () => {
  const units = [0, 16 * 40, 16 * 40 * 20, 16 * 40 * 47].map((located) => cellUnit(located, WORLD, 0));

  expect(units).toEqual([1, 1, 20, 50]);
});

test("each zoom nearer has cells of a quarter of the ground, so that circles keep their share of it", () => {
  const located = 16 * 40 * 20 * 16;

  expect([0, 1, 2, 3, 4, 9].map((zoom) => cellUnit(located, WORLD, zoom))).toEqual([500, 100, 20, 5, 1, 1]);
});

const tile = (x: number, y: number, count: number) => ({ ...tileFrame({ z: 1, x, y }), count });

test("tiles of the whole ground add up to all that is located", () => {
  const seen = locatedOn([tile(0, 0, 5), tile(1, 0, 10), tile(0, 1, 20), tile(1, 1, 25)], WORLD);

  expect(seen.located).toBeCloseTo(60, 2);
  expect(seen.share).toBeCloseTo(1, 4);
});

test("a part of the ground speaks for the whole, but ground without usulan for nothing", () => {
  const half = locatedOn([tile(0, 0, 5), tile(1, 0, 10)], WORLD);
  const quarter = locatedOn([tile(0, 0, 5), tile(1, 0, 0)], WORLD);

  expect([half.located, quarter.located].map(Math.round)).toEqual([30, 20]);
  expect(quarter.share).toBeCloseTo(0.25, 4);
});

test("where nothing stands on any tile nothing is located", () => {
  expect(locatedOn([tile(0, 0, 0)], WORLD)).toEqual({ located: 0, share: 0 });
  expect(locatedOn([], WORLD)).toEqual({ located: 0, share: 0 });
});

test("five classes hold about as many areas each and their limits are easy to say", () => {
  const values = Array.from({ length: 100 }, (_, index) => index + 1);

  expect(fiveBreaks(values, 1)).toEqual([20, 40, 60, 80]);
});

test("where easy numbers would coincide the limits are told more exactly", () => {
  // The quantiles are 717, 766, 778 and 872; as 600, 800, 800 and 800 they would be no classes.
  expect(fiveBreaks([545, 760, 770, 790, 1200], 1)).toEqual([720, 770, 780, 870]);
});

test("limits rise strictly even where most areas are equal, and zeros do not pull them down", () => {
  expect(fiveBreaks([0, 0, 0, 0, 2, 2, 2, 2], 1)).toEqual([2, 3, 4, 5]);
  expect(fiveBreaks([], 0.1)).toEqual([0.1, 0.2, 0.3, 0.4]);
});

test("a value on a limit is in the class above, zero in the first", () => {
  const breaks = [20, 40, 60, 80] as const;

  expect([0, 19, 20, 79, 80, 500].map((value) => classOf(value, breaks))).toEqual([0, 0, 1, 3, 4, 4]);
});

test("the nearest target within reach is picked, and none beyond it", () => {
  const targets = [
    { x: 0, y: 0, radius: 5, item: "a" },
    { x: 20, y: 0, radius: 5, item: "b" },
  ];

  expect(nearestTarget(targets, 9, 0, 12)).toBe("a");
  expect(nearestTarget(targets, 11, 0, 12)).toBe("b");
  expect(nearestTarget(targets, 0, 13, 12)).toBeNull();
});

test("of thousands of places the nearest within reach is found", () => {
  const xs = Float32Array.from({ length: 5_000 }, (_, index) => index % 71);
  const ys = Float32Array.from({ length: 5_000 }, (_, index) => Math.floor(index / 71));

  expect(nearestIndex(xs, ys, { x: 7.2, y: 4.1 }, 1)).toBe(4 * 71 + 7);
  expect(nearestIndex(xs, ys, { x: 300, y: 4 }, 1)).toBe(-1);
});

test("room is found beside and below what stands over the map", () => {
  const window = { width: 360, height: 300 };
  const bar = { left: 8, top: 8, right: 250, bottom: 50 };
  const column = { left: 308, top: 8, right: 352, bottom: 140 };
  const foot = { left: 0, top: 260, right: 360, bottom: 300 };

  const wide = roomFor({ width: 2, height: 1 }, window, [bar, column, foot]);
  const tall = roomFor({ width: 1, height: 9 }, window, [bar, column]);

  expect(wide).toEqual({ left: 0, top: 50, right: 308, bottom: 260 });
  expect(tall).toEqual({ left: 250, top: 0, right: 308, bottom: 300 });
});

test("where nothing is left free the whole window is the room", () => {
  const over = { left: -5, top: -5, right: 400, bottom: 400 };

  const room = roomFor({ width: 1, height: 1 }, { width: 360, height: 300 }, [over]);

  expect(room).toEqual({ left: 0, top: 0, right: 360, bottom: 300 });
});

test("a label moves to the first free place or hides", () => {
  const taken = new TakenBoxes();
  taken.add(boxAround(50, 50, 20, 20));

  expect(
    freePlace(
      taken,
      [
        { x: 50, y: 50 },
        { x: 50, y: 70 },
      ],
      10,
      10,
    ),
  ).toEqual({ x: 50, y: 70 });
  expect(freePlace(taken, [{ x: 50, y: 50 }], 10, 10)).toBeNull();
});

test("a taken box is met wherever it reaches, and only there", () => {
  const taken = new TakenBoxes();
  taken.add(boxAround(64, 64, 200, 10));

  expect(taken.meets(boxAround(-30, 64, 10, 4))).toBe(true);
  expect(taken.meets(boxAround(160, 62, 4, 4))).toBe(true);
  expect(taken.meets(boxAround(170, 64, 10, 4))).toBe(false);
  expect(taken.meets(boxAround(64, 72, 10, 4))).toBe(false);
});

test("the reach of rings is the smallest box around them all", () => {
  expect(reach([SQUARE, ring(-5, 120, 10, 900)])).toEqual({ left: -5, top: 100, right: 300, bottom: 900 });
});

test("zooms tell of kecamatan to 12, kelurahan to 14, RW at 15 and RT from 16", () => {
  expect([9, 12, 13, 14, 15, 16, 19].map(levelOfZoom)).toEqual([
    "kecamatan",
    "kecamatan",
    "kelurahan",
    "kelurahan",
    "rw",
    "rt",
    "rt",
  ]);
  expect(levelsAtZoom(15)).toEqual(["kota", "kecamatan", "kelurahan", "rw"]);
});

test("a city without RW and RT shows its kelurahan at every nearer zoom", () => {
  expect(presentLevel("rt", new Set(["rt", "rw"]))).toBe("kelurahan");
  expect(presentLevel("kecamatan", new Set(["rt"]))).toBe("kecamatan");
});

test("bounds reach around every part of a shape", () => {
  expect(
    boundsOf([
      [
        [
          [1, 5],
          [3, 2],
        ],
      ],
      [[[-4, 9]]],
    ]),
  ).toEqual([-4, 2, 3, 9]);
  expect(boundsOf([])).toBeNull();
});

test("plates of one place stand beside each other until every side is taken", () => {
  const taken = new TakenBoxes();
  const at = { x: 100, y: 100 };

  const boxes = Array.from({ length: 5 }, () => {
    const box = boxBeside(taken, at, 24, 24);
    taken.add(box);
    return box;
  });

  const pairs = boxes.flatMap((box, index) => boxes.slice(index + 1).map((other) => overlaps(box, other)));
  expect(pairs).not.toContain(true);
  expect(boxes[0]).toEqual(boxAround(100, 100, 24, 24));
  expect(boxBeside(taken, at, 24, 24)).toEqual(boxes[0]);
});
