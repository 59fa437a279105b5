/** A box on the screen in pixels. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export function boxAround(x: number, y: number, width: number, height: number): Box {
  return { left: x - width / 2, top: y - height / 2, right: x + width / 2, bottom: y + height / 2 };
}

export function overlaps(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** The first of the places at which the box meets none of the taken ones; null when every place is taken. */
export function freePlace(
  taken: readonly Box[],
  places: readonly { x: number; y: number }[],
  width: number,
  height: number,
): { x: number; y: number } | null {
  return (
    places.find(({ x, y }) => !taken.some((box) => overlaps(box, boxAround(x, y, width, height)))) ?? null
  );
}
