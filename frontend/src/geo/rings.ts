import type { Box } from "./boxes";

// A view per segment, as destructuring needs, costs more than all the sums here; hence the indices.

/** True when x, y is inside by the even-odd rule; a point on an edge may fall to either side. */
export function isInside(rings: Int32Array[], x: number, y: number): boolean {
  let inside = false;
  for (const ring of rings) {
    for (let index = 0; index + 3 < ring.length; index += 2) {
      const ax = ring[index] ?? 0;
      const ay = ring[index + 1] ?? 0;
      const bx = ring[index + 2] ?? 0;
      const by = ring[index + 3] ?? 0;
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
    }
  }
  return inside;
}

/**
 * True for a ring so narrow that it is a seam between areas drawn apart, and no border of anything.
 *
 * A union of such areas keeps their gaps as holes; `widthLimit` is the mean width, in units of the ring, up to which
 * a hole counts as a seam. Outer rings are never seams: they are told by their winding, which in tiles is clockwise.
 */
export function isSeam(ring: Int32Array, widthLimit: number): boolean {
  let twiceArea = 0;
  let length = 0;
  for (let index = 0; index + 3 < ring.length; index += 2) {
    const ax = ring[index] ?? 0;
    const ay = ring[index + 1] ?? 0;
    const bx = ring[index + 2] ?? 0;
    const by = ring[index + 3] ?? 0;
    twiceArea += ax * by - bx * ay;
    length += Math.hypot(bx - ax, by - ay);
  }
  return twiceArea <= 0 && -twiceArea <= widthLimit * length;
}

export interface Centroid {
  x: number;
  y: number;
  /** Area in square units of the input, holes taken off. */
  weight: number;
}

/** Centre of mass of a polygon's rings; holes carry the opposite winding and take their part off. */
export function centroid(rings: Int32Array[]): Centroid {
  let sum = 0;
  let sumX = 0;
  let sumY = 0;
  for (const ring of rings) {
    for (let index = 0; index + 3 < ring.length; index += 2) {
      const ax = ring[index] ?? 0;
      const ay = ring[index + 1] ?? 0;
      const bx = ring[index + 2] ?? 0;
      const by = ring[index + 3] ?? 0;
      const cross = ax * by - bx * ay;
      sum += cross;
      sumX += (ax + bx) * cross;
      sumY += (ay + by) * cross;
    }
  }
  if (sum === 0) return { x: rings[0]?.[0] ?? 0, y: rings[0]?.[1] ?? 0, weight: 0 };
  return { x: sumX / (3 * sum), y: sumY / (3 * sum), weight: Math.abs(sum) / 2 };
}

/** The smallest box around the rings, in their own units; inside out where there are none. */
export function reach(rings: Int32Array[]): Box {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const ring of rings) {
    for (let index = 0; index + 1 < ring.length; index += 2) {
      const x = ring[index] ?? 0;
      const y = ring[index + 1] ?? 0;
      box.left = Math.min(box.left, x);
      box.right = Math.max(box.right, x);
      box.top = Math.min(box.top, y);
      box.bottom = Math.max(box.bottom, y);
    }
  }
  return box;
}
