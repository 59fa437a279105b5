import { EXTENT } from "./mvt";
import { finish, type Steps } from "./steps";

/** Coordinates of one step. */
const STEP_CORNERS = 400;

type Segment = [ax: number, ay: number, bx: number, by: number];

/** Both ends at the same side of the tile, to the unit that rounding may cost (an eighth of a pixel). */
const atSide = (a: number, b: number) => (a <= 1 && b <= 1) || (a >= EXTENT - 1 && b >= EXTENT - 1);

/** True when a segment runs along the side of its tile: the tile's cut, not a boundary. */
function isCut([ax, ay, bx, by]: Segment): boolean {
  return atSide(ax, bx) || atSide(ay, by);
}

const corner = (x: number, y: number) => (x + 8192) * 32768 + (y + 8192);

/** The same text for a segment in both directions; two corners do not fit into one exact number. */
function segmentKey([ax, ay, bx, by]: Segment): string {
  const a = corner(ax, ay);
  const b = corner(bx, by);
  return a < b ? `${a},${b}` : `${b},${a}`;
}

/** Appends the ring's segments to `lines`, broken where a segment is a cut or was drawn before. */
function addRing(ring: Int32Array, drawn: Set<string>, lines: number[][]): void {
  let line: number[] | null = null;
  for (let index = 0; index + 3 < ring.length; index += 2) {
    const segment: Segment = [
      ring[index] ?? 0,
      ring[index + 1] ?? 0,
      ring[index + 2] ?? 0,
      ring[index + 3] ?? 0,
    ];
    const key = segmentKey(segment);
    if (isCut(segment) || drawn.has(key)) {
      line = null;
      continue;
    }
    drawn.add(key);
    if (!line) {
      line = [segment[0], segment[1]];
      lines.push(line);
    }
    line.push(segment[2], segment[3]);
  }
}

/**
 * The boundaries of a coverage as lines, each shared edge once, without the cuts of the tile.
 *
 * Drawing every ring would draw a shared border twice, and the second dash pattern would fill
 * the gaps of the first. Rings are flat x, y pairs and closed.
 */
export function* borderSteps(rings: Iterable<Int32Array>): Steps<number[][]> {
  const drawn = new Set<string>();
  const lines: number[][] = [];
  let corners = 0;
  for (const ring of rings) {
    corners += ring.length;
    if (corners > STEP_CORNERS) {
      corners = ring.length;
      yield;
    }
    addRing(ring, drawn, lines);
  }
  return lines;
}

/** The same at once, for a few rings. */
export function borderLines(rings: Iterable<Int32Array>): number[][] {
  return finish(borderSteps(rings));
}
