import type { Coords } from "leaflet";
import { type Cell, displayCells } from "../../geo/cells";
import { SINGLE_ZOOM } from "../../geo/levels";
import { tileFrame, type UnitPoint } from "../../geo/mercator";
import { decodeTile, EXTENT, type Shape } from "../../geo/mvt";
import type { Steps } from "../../geo/steps";

/** Usulan drawn one by one, as columns: a crowded tile holds thousands. */
export interface Singles {
  /** Places in shares of the tile's side. */
  x: Float32Array;
  y: Float32Array;
  categories: string[];
  numbers: string[];
}

/** Private needs counted in their public area; the point is that area's label point. */
export interface Plate extends UnitPoint {
  area: string;
  count: number;
}

export interface TileUsulan {
  cells: Cell[];
  singles: Singles;
  plates: Plate[];
}

const STEP_SHAPES = 200;
const number = (value: unknown) => Number(value ?? 0);
const text = (value: unknown) => String(value ?? "");

function placed(coords: Coords, shape: Shape): UnitPoint {
  const { west, north, side } = tileFrame(coords);
  const [x = 0, y = 0] = shape.parts[0] ?? [];
  return { x: west + (x / EXTENT) * side, y: north + (y / EXTENT) * side };
}

function* readSingles(shapes: Shape[]): Steps<Singles> {
  const singles: Singles = {
    x: new Float32Array(shapes.length),
    y: new Float32Array(shapes.length),
    categories: [],
    numbers: [],
  };
  for (const [index, shape] of shapes.entries()) {
    if (index % STEP_SHAPES === STEP_SHAPES - 1) yield;
    singles.x[index] = (shape.parts[0]?.[0] ?? 0) / EXTENT;
    singles.y[index] = (shape.parts[0]?.[1] ?? 0) / EXTENT;
    singles.categories.push(text(shape.tags.category));
    singles.numbers.push(text(shape.tags.number));
  }
  return singles;
}

/** The usulan of one tile; below the single zoom private needs join the cells, which are no places. */
export function* readTile(coords: Coords, bytes: ArrayBuffer | null): Steps<TileUsulan> {
  const layers = yield* decodeTile(bytes);
  const cells: Cell[] = [];
  const plates: Plate[] = [];
  for (const shape of layers.cells ?? []) {
    const at = placed(coords, shape);
    const count = number(shape.tags.count);
    if (shape.tags.precision === "rw" && coords.z >= SINGLE_ZOOM) {
      plates.push({ ...at, count, area: text(shape.tags.area) });
    } else {
      cells.push({ ...at, count });
    }
  }
  yield;
  const singles = yield* readSingles(layers.usulan ?? []);
  return { cells: displayCells(cells, coords.z), singles, plates };
}

/** Adds up the plates of one area: its items may come as several features. */
export function merged(plates: Plate[]): Plate[] {
  const byArea = new Map<string, Plate>();
  for (const plate of plates) {
    const known = byArea.get(plate.area);
    byArea.set(plate.area, known ? { ...known, count: known.count + plate.count } : plate);
  }
  return [...byArea.values()];
}
