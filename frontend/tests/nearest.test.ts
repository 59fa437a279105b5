import { expect, test } from "vitest";
import type { AreaFeature, Position } from "../src/api/contract";
import { direction, distanceToPath, isInside, justInside, nearestEdge } from "../src/geo/nearest";
import { zoomToEdge } from "../src/map/known";

// On the equator one thousandth of a degree is 111.32 m both ways.
const square = {
  type: "Polygon",
  coordinates: [
    [
      [0.001, -0.001],
      [0.003, -0.001],
      [0.003, 0.001],
      [0.001, 0.001],
      [0.001, -0.001],
    ],
  ],
};
const origin: Position = [0, 0];

test("the nearest point of an area is on its facing edge, in metres", () => {
  const nearest = nearestEdge(origin, square);

  expect(nearest?.distance_m).toBeCloseTo(111.32, 2);
  expect(nearest?.position[0]).toBeCloseTo(0.001, 9);
});

test("a corner is nearest when the position is diagonally off", () => {
  expect(nearestEdge([0, -0.002], square)?.distance_m).toBeCloseTo(Math.hypot(111.32, 111.32), 1);
});

test("a pin moved into the city lies inside, close to where it was", () => {
  const inside = justInside(origin, square);

  expect(inside && isInside(inside, square)).toBe(true);
  expect(inside?.[0]).toBeLessThan(0.0012);
});

test("a pin moved in at a corner keeps clear of both edges", () => {
  const inside = justInside([0, -0.002], square);

  expect(inside && nearestEdge(inside, square)?.distance_m).toBeGreaterThan(13);
});

test("a pin that is inside already stays", () => {
  expect(justInside([0.002, 0], square)).toEqual([0.002, 0]);
});

test("a hole is outside", () => {
  const hole = [
    [0.0015, -0.0005],
    [0.0025, -0.0005],
    [0.0025, 0.0005],
    [0.0015, 0.0005],
    [0.0015, -0.0005],
  ];
  const holed = { type: "MultiPolygon", coordinates: [[...square.coordinates, hole]] };

  expect(isInside([0.002, 0], holed)).toBe(false);
  expect(isInside([0.0012, 0], holed)).toBe(true);
});

test.each([
  [[0, 1], "n"],
  [[1, 1], "ne"],
  [[1, 0], "e"],
  [[0, -1], "s"],
  [[-1, -1], "sw"],
  [[-1, 0], "w"],
] as [Position, string][])("%s lies to the %s", (to, expected) => {
  expect(direction(origin, to)).toBe(expected);
});

test("the distance to a path is that to its nearest segment, or to its only point", () => {
  expect(distanceToPath({ x: 0, y: 0 }, [-10, 3, 10, 3, 10, 20])).toBe(3);
  expect(distanceToPath({ x: 0, y: 0 }, [3, 4])).toBe(5);
  expect(distanceToPath({ x: 0, y: 0 }, [])).toBe(Number.POSITIVE_INFINITY);
});

test("a border far away is seen from farther than one nearby", () => {
  // At zoom 16 the equator has 2.39 m a pixel: 111.32 m are 47 px, at zoom 17 they are 93.
  const area = { geometry: square } as unknown as AreaFeature;

  expect(zoomToEdge(origin, area, 90)).toBe(16);
  expect(zoomToEdge(origin, area, 95)).toBe(17);
});
