import type { Bounds, Position } from "../api/contract";

/** Side of a tile of the web mercator pyramid, in CSS pixels. */
export const TILE_PX = 256;

/** A place on the whole web mercator square: 0..1 eastward and 0..1 southward. */
export interface UnitPoint {
  x: number;
  y: number;
}

export interface TileAddress {
  z: number;
  x: number;
  y: number;
}

/** Web mercator of WGS 84; beyond 85.05 degrees the square ends and the result leaves 0..1. */
export function toUnit([longitude, latitude]: Position): UnitPoint {
  const sine = Math.sin((latitude * Math.PI) / 180);
  return { x: longitude / 360 + 0.5, y: 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI) };
}

export function toPosition({ x, y }: UnitPoint): Position {
  const latitude = (360 / Math.PI) * Math.atan(Math.exp((0.5 - y) * 2 * Math.PI)) - 90;
  return [(x - 0.5) * 360, latitude];
}

/** Pixels of the whole square at a zoom; multiply unit coordinates by it. */
export function worldPx(zoom: number): number {
  return TILE_PX * 2 ** zoom;
}

/** The unit square of a tile: its north-west corner and its side. */
export function tileFrame({ z, x, y }: TileAddress): { west: number; north: number; side: number } {
  const side = 1 / 2 ** z;
  return { west: x * side, north: y * side, side };
}

/** The largest whole zoom at which the bounds fit into a box of that many pixels. */
export function zoomToFit(bounds: Bounds, widthPx: number, heightPx: number, maxZoom: number): number {
  const [west, south, east, north] = bounds;
  const a = toUnit([west, north]);
  const b = toUnit([east, south]);
  const byWidth = Math.log2(widthPx / (TILE_PX * Math.max(b.x - a.x, 1e-12)));
  const byHeight = Math.log2(heightPx / (TILE_PX * Math.max(b.y - a.y, 1e-12)));
  return Math.max(0, Math.min(maxZoom, Math.floor(Math.min(byWidth, byHeight))));
}

export function centre([west, south, east, north]: Bounds): Position {
  const a = toUnit([west, north]);
  const b = toUnit([east, south]);
  return toPosition({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
}
