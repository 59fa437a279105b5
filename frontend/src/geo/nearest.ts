import type { Position } from "../api/contract";

export interface AreaShape {
  type: string;
  coordinates: unknown;
}

export interface NearestPoint {
  position: Position;
  distance_m: number;
}

type Ring = Position[];
type Offset = [east_m: number, north_m: number];

const METRES_PER_DEGREE = 111_320;
// Deep enough first, so that a moved pin is not on the line; shallower where the area is thin.
const STEPS_M = [20, 8, 3, 1];

/** The rings of a Polygon or MultiPolygon; of anything else none. */
function ringsOf(shape: AreaShape): Ring[] {
  if (shape.type === "Polygon") return shape.coordinates as Ring[];
  if (shape.type === "MultiPolygon") return (shape.coordinates as Ring[][]).flat();
  return [];
}

/** Metres east and north of `from`; true to 0.1 % within a city, which is what is asked of it. */
function offset(from: Position, to: Position): Offset {
  const scale = Math.cos((from[1] * Math.PI) / 180);
  return [(to[0] - from[0]) * METRES_PER_DEGREE * scale, (to[1] - from[1]) * METRES_PER_DEGREE];
}

function moved(from: Position, [east_m, north_m]: Offset): Position {
  const scale = Math.cos((from[1] * Math.PI) / 180);
  return [from[0] + east_m / (METRES_PER_DEGREE * scale), from[1] + north_m / METRES_PER_DEGREE];
}

/** The point of the segment a-b nearest to the origin. */
function nearestOfSegment(a: Offset, b: Offset): Offset {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const length2 = dx * dx + dy * dy;
  const along = length2 === 0 ? 0 : -(a[0] * dx + a[1] * dy) / length2;
  const share = Math.min(1, Math.max(0, along));
  return [a[0] + share * dx, a[1] + share * dy];
}

/** Even-odd rule over all rings, so a hole is outside; an edge may fall either way. */
export function isInside(position: Position, shape: AreaShape): boolean {
  let inside = false;
  for (const ring of ringsOf(shape)) {
    ring.forEach((a, index) => {
      const b = ring[(index + 1) % ring.length] ?? a;
      const crosses = a[1] > position[1] !== b[1] > position[1];
      if (crosses && position[0] < a[0] + ((position[1] - a[1]) / (b[1] - a[1])) * (b[0] - a[0]))
        inside = !inside;
    });
  }
  return inside;
}

/** The point of the area's edge nearest to a position, or null for a shape without rings. */
export function nearestEdge(position: Position, shape: AreaShape): NearestPoint | null {
  let nearest: Offset | null = null;
  let distance_m = Number.POSITIVE_INFINITY;
  for (const ring of ringsOf(shape)) {
    const offsets = ring.map((corner) => offset(position, corner));
    offsets.forEach((a, index) => {
      const candidate = nearestOfSegment(a, offsets[(index + 1) % offsets.length] ?? a);
      if (Math.hypot(...candidate) >= distance_m) return;
      distance_m = Math.hypot(...candidate);
      nearest = candidate;
    });
  }
  return nearest && { position: moved(position, nearest), distance_m };
}

/** How far a point is from a path of alternating x and y, in the path's own units; infinite where it is empty. */
export function distanceToPath({ x, y }: { x: number; y: number }, path: ArrayLike<number>): number {
  let distance = Number.POSITIVE_INFINITY;
  for (let at = 0; at + 1 < path.length; at += 2) {
    const a: Offset = [(path[at] ?? 0) - x, (path[at + 1] ?? 0) - y];
    // The last point has no segment of its own; alone, it is the path.
    const b: Offset = at + 3 < path.length ? [(path[at + 2] ?? 0) - x, (path[at + 3] ?? 0) - y] : a;
    distance = Math.min(distance, Math.hypot(...nearestOfSegment(a, b)));
  }
  return distance;
}

/** Of the places around `centre` at that distance, the one inside the area that is farthest from its edge. */
function deepest(centre: Position, step_m: number, shape: AreaShape): Position | null {
  const around = Array.from({ length: 16 }, (_, turn): Position => {
    const angle = (turn * Math.PI) / 8;
    return moved(centre, [step_m * Math.sin(angle), step_m * Math.cos(angle)]);
  });
  const depth = (place: Position) => nearestEdge(place, shape)?.distance_m ?? 0;
  const inside = around.filter((place) => isInside(place, shape));
  return inside.sort((a, b) => depth(b) - depth(a))[0] ?? null;
}

/**
 * A position just inside the area, near the point of its edge that is nearest to `position`.
 *
 * Tries 20 m down to 1 m around that point; the point itself when the area is thinner, null without rings.
 */
export function justInside(position: Position, shape: AreaShape): Position | null {
  const edge = nearestEdge(position, shape);
  if (!edge || isInside(position, shape)) return edge && position;
  for (const step_m of STEPS_M) {
    const place = deepest(edge.position, step_m, shape);
    if (place) return place;
  }
  return edge.position;
}

const DIRECTIONS = ["n", "ne", "e", "se", "s", "sw", "w", "nw"] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** Which way `to` lies from `from`, as one of eight points of the compass. */
export function direction(from: Position, to: Position): Direction {
  const eighth = Math.round(Math.atan2(...offset(from, to)) / (Math.PI / 4));
  return DIRECTIONS[(eighth + 8) % 8] ?? "n";
}
