/** Something on the screen that can be pointed at, in pixels of the window. */
export interface Target<Item> {
  x: number;
  y: number;
  radius: number;
  item: Item;
}

/**
 * The target nearest to a place, measured from its edge, or null when none is within reach.
 *
 * `reachPx` is half the smallest comfortable hit area: 12 with a mouse, 22 with a thumb. A place inside
 * several circles goes to the one whose centre is nearest.
 */
export function nearestTarget<Item>(
  targets: readonly Target<Item>[],
  x: number,
  y: number,
  reachPx: number,
): Item | null {
  let best: Item | null = null;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const target of targets) {
    const distance = Math.hypot(target.x - x, target.y - y);
    if (distance > Math.max(target.radius, reachPx) || distance >= bestDistance) continue;
    best = target.item;
    bestDistance = distance;
  }
  return best;
}

/** Index of the place nearest to x, y and no farther than `reach`; -1 when there is none. */
export function nearestIndex(
  xs: ArrayLike<number>,
  ys: ArrayLike<number>,
  at: { x: number; y: number },
  reach: number,
): number {
  let best = -1;
  let bestSquare = reach * reach;
  for (let index = 0; index < xs.length; index++) {
    const dx = (xs[index] ?? 0) - at.x;
    const dy = (ys[index] ?? 0) - at.y;
    const square = dx * dx + dy * dy;
    if (square > bestSquare) continue;
    best = index;
    bestSquare = square;
  }
  return best;
}
