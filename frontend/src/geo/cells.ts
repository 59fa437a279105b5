import type { Bounds } from "../api/contract";
import { TILE_PX, toUnit, type UnitPoint } from "./mercator";

/** One cell of a tile, placed on the unit square. */
export interface Cell extends UnitPoint {
  count: number;
}

/** Side of a display cell: a quarter of a tile, so circles of up to 26 px seldom meet. */
export const DISPLAY_CELLS_PER_TILE = 4;

/**
 * Cells of several tiles gathered into the coarser grid that a reader sees; no count is lost.
 *
 * The grid belongs to the zoom and not to the window, so panning never regroups. Each result stands
 * at the centre of mass of what it holds.
 */
export function displayCells(cells: Iterable<Cell>, zoom: number): Cell[] {
  const perSide = 2 ** zoom * DISPLAY_CELLS_PER_TILE;
  const groups = new Map<number, Cell>();
  for (const cell of cells) {
    const key = Math.floor(cell.y * perSide) * perSide + Math.floor(cell.x * perSide);
    const group = groups.get(key);
    if (!group) {
      groups.set(key, { ...cell });
      continue;
    }
    const count = group.count + cell.count;
    group.x += ((cell.x - group.x) * cell.count) / count;
    group.y += ((cell.y - group.y) * cell.count) / count;
    group.count = count;
  }
  return [...groups.values()].sort((a, b) => a.count - b.count || a.x - b.x);
}

/** A display cell of the city's mean density holds so many units: the fourth of the five classes, just. */
const TYPICAL_UNITS = 40;
const EASY = [1, 2, 5, 10];

/**
 * How many usulan one unit of size and class stands for, at a zoom: 1, 2, 5, 10, 20, 50 and so on.
 *
 * `located` usulan spread over the bounds fill their display cells with about `TYPICAL_UNITS` units each, so
 * circles cover the same share of the ground at every zoom and keep apart in class, be they a hundred or a
 * million. One usulan is the smallest unit. It depends on no window: panning never resizes a circle.
 */
export function cellUnit(located: number, [west, south, east, north]: Bounds, zoom: number): number {
  const [corner, opposite] = [toUnit([west, north]), toUnit([east, south])];
  const perSide = 2 ** zoom * DISPLAY_CELLS_PER_TILE;
  const cells = (opposite.x - corner.x) * (opposite.y - corner.y) * perSide ** 2;
  const wanted = located / (cells * TYPICAL_UNITS);
  if (!(wanted > 1)) return 1;
  const size = 10 ** Math.floor(Math.log10(wanted));
  const far = (step: number) => Math.abs(Math.log(wanted / (step * size)));
  return EASY.reduce((best, step) => (far(step) < far(best) ? step : best)) * size;
}

/** How many usulan stand on a tile, which is a square of the unit square. */
export interface Counted {
  west: number;
  north: number;
  side: number;
  count: number;
}

/** What a part of the ground says of the whole: located usulan of it all, and the share that says so (0 to 1). */
export interface Located {
  located: number;
  share: number;
}

/**
 * Located usulan of the bounds, by the tiles that were seen; exact once these are all that hold any.
 *
 * Tiles without usulan do not count: they lie outside the city, or beside a chosen area.
 */
export function locatedOn(tiles: Iterable<Counted>, [west, south, east, north]: Bounds): Located {
  const [corner, opposite] = [toUnit([west, north]), toUnit([east, south])];
  let [located, ground] = [0, 0];
  for (const tile of tiles) {
    if (tile.count === 0) continue;
    const across = Math.min(tile.west + tile.side, opposite.x) - Math.max(tile.west, corner.x);
    const down = Math.min(tile.north + tile.side, opposite.y) - Math.max(tile.north, corner.y);
    located += tile.count;
    ground += Math.max(0, across) * Math.max(0, down);
  }
  const share = ground / ((opposite.x - corner.x) * (opposite.y - corner.y));
  return { located: share > 0 ? located / share : located, share };
}

/** Radius in px: area in proportion to the count in units, up to 26 px. */
export function cellRadius(count: number, unit: number): number {
  return Math.min(26, 5.6 + 1.85 * Math.sqrt(count / unit));
}

/** The first size class that bears its numeral. */
export const FIRST_NUMBERED = 2;

/**
 * Where a circle is drawn: at the centre of mass, moved just so far that it does not leave its display cell.
 *
 * Circles of neighbouring cells then never cover each other's numerals. Small circles, which have none, stay.
 */
export function circlePlace(cell: Cell, zoom: number, unit: number): UnitPoint {
  if (cellClass(cell.count, unit) < FIRST_NUMBERED) return cell;
  const perSide = 2 ** zoom * DISPLAY_CELLS_PER_TILE;
  const room = 0.5 - Math.min(0.5, (cellRadius(cell.count, unit) + 1) / (TILE_PX / DISPLAY_CELLS_PER_TILE));
  const kept = (value: number) => {
    const middle = Math.floor(value * perSide) + 0.5;
    return (middle + Math.max(-room, Math.min(room, value * perSide - middle))) / perSide;
  };
  return { x: kept(cell.x), y: kept(cell.y) };
}

/** Where the second to the fifth size class begin, in units. */
export const CLASS_UNITS = [2, 10, 30, 75] as const;

/** Size class of a count, 0 to 4: of single usulan 0 for one, then 2-9, 10-29, 30-74, 75 and more. */
export function cellClass(count: number, unit: number): number {
  return CLASS_UNITS.filter((limit) => count >= limit * unit).length;
}
