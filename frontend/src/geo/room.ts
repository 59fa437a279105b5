import { type Box, overlaps } from "./boxes";

/** Stretches between two edges, the first below the second, both inside 0 to `length`. */
function stretches(starts: number[], ends: number[], length: number): [from: number, to: number][] {
  return [0, ...starts]
    .flatMap((from) => [length, ...ends].map((to): [number, number] => [from, to]))
    .filter(([from, to]) => from >= 0 && to <= length && from < to);
}

/** Every box between the edges of the window and of what stands in it. */
function boxesBetween(width: number, height: number, standing: readonly Box[]): Box[] {
  const edge = (side: keyof Box) => standing.map((box) => box[side]);
  const across = stretches(edge("right"), edge("left"), width);
  const down = stretches(edge("bottom"), edge("top"), height);
  return across.flatMap(([left, right]) => down.map(([top, bottom]) => ({ left, top, right, bottom })));
}

/**
 * The part of a window, clear of all that stands in it, in which something of a shape can be largest.
 *
 * `shape` is any width and height in the right proportion. The whole window where nothing is left free.
 */
export function roomFor(
  shape: { width: number; height: number },
  window: { width: number; height: number },
  standing: readonly Box[],
): Box {
  const scale = ({ left, top, right, bottom }: Box) =>
    Math.min((right - left) / shape.width, (bottom - top) / shape.height);
  const area = ({ left, top, right, bottom }: Box) => (right - left) * (bottom - top);
  let best: Box | null = null;
  for (const box of boxesBetween(window.width, window.height, standing)) {
    if (standing.some((other) => overlaps(other, box))) continue;
    const gain = best ? scale(box) - scale(best) : 1;
    if (!best || gain > 0 || (gain === 0 && area(box) > area(best))) best = box;
  }
  return best ?? { left: 0, top: 0, right: window.width, bottom: window.height };
}
