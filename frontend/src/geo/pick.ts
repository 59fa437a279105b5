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
