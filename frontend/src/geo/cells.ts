import { TILE_PX, type UnitPoint } from "./mercator";

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

/** Radius in px: area in proportion to the count, up to 26 px. */
export function cellRadius(count: number): number {
  return Math.min(26, 5.6 + 1.85 * Math.sqrt(count));
}

const FIRST_NUMBERED = 2;

/**
 * Where a circle is drawn: at the centre of mass, moved just so far that it does not leave its display cell.
 *
 * Circles of neighbouring cells then never cover each other's numerals. Small circles, which have none, stay.
 */
export function circlePlace(cell: Cell, zoom: number): UnitPoint {
  if (cellClass(cell.count) < FIRST_NUMBERED) return cell;
  const perSide = 2 ** zoom * DISPLAY_CELLS_PER_TILE;
  const room = 0.5 - Math.min(0.5, (cellRadius(cell.count) + 1) / (TILE_PX / DISPLAY_CELLS_PER_TILE));
  const kept = (value: number) => {
    const middle = Math.floor(value * perSide) + 0.5;
    return (middle + Math.max(-room, Math.min(room, value * perSide - middle))) / perSide;
  };
  return { x: kept(cell.x), y: kept(cell.y) };
}

/** Size class of a count: 0 for one, then 2-9, 10-29, 30-74, 75 and more. */
export function cellClass(count: number): 0 | 1 | 2 | 3 | 4 {
  if (count < 2) return 0;
  if (count < 10) return 1;
  if (count < 30) return 2;
  return count < 75 ? 3 : 4;
}
