import type { Bounds, Position } from "../api/contract";

function* numbers(value: unknown): Generator<[number, number]> {
  if (!Array.isArray(value)) return;
  if (typeof value[0] === "number") yield [value[0], Number(value[1])];
  else for (const part of value) yield* numbers(part);
}

/** The smallest box around GeoJSON coordinates of any depth; null without a position. */
export function boundsOf(coordinates: unknown): Bounds | null {
  let bounds: Bounds | null = null;
  for (const [longitude, latitude] of numbers(coordinates)) {
    const [west, south, east, north]: Bounds = bounds ?? [longitude, latitude, longitude, latitude];
    bounds = [
      Math.min(west, longitude),
      Math.min(south, latitude),
      Math.max(east, longitude),
      Math.max(north, latitude),
    ];
  }
  return bounds;
}

/** As far beyond a box as this share of its width or height a position still belongs to its surroundings. */
export const NEAR_SHARE = 0.6;

/** Whether a position lies in the box or its surroundings. */
export function isNear([longitude, latitude]: Position, [west, south, east, north]: Bounds): boolean {
  const marginX = (east - west) * NEAR_SHARE;
  const marginY = (north - south) * NEAR_SHARE;
  const fitsAcross = longitude >= west - marginX && longitude <= east + marginX;
  return fitsAcross && latitude >= south - marginY && latitude <= north + marginY;
}
