import type { Coords } from "leaflet";
import type { Level } from "../../api/contract";
import type { Shape } from "../../geo/mvt";
import type { Steps } from "../../geo/steps";
import type { Palette } from "../palette";
import type { AreaPiece } from "./pieces";

/** Ground tiles are twice as wide as the pyramid's, which quarters the number of requests. */
export const GROUND_TILE_PX = 512;

/** What is painted on the ground; a new object redraws the tiles that are there, without a request. */
export interface GroundLook {
  palette: Palette;
  /** Class 0 to 4 of each area, -1 for thin data; null paints no classes. */
  classes: ReadonlyMap<string, number> | null;
  /** Areas without a class stay as the ground is; else they are hatched as thin data. */
  sparse?: boolean;
  /** The level whose areas are filled. */
  fill: Level;
  /** Boundaries of this standing are dashed at street zoom. */
  dashed: boolean;
  /** True while an outside map shows through: it then is the ground. */
  overBasemap: boolean;
  /** What lies on the land of a tile in place of classes, such as a density. */
  surface?: Surface | undefined;
}

/** Draws on a tile whose canvas is scaled to tile units. */
export type Surface = (context: CanvasRenderingContext2D, tile: GroundTile) => Steps<void>;

export interface GroundTile {
  coords: Coords;
  /** Holds the canvas that shows; a new one takes its place when it has been painted. */
  element: HTMLElement;
  areas: Partial<Record<Level, Shape[]>>;
  base: Record<string, Shape[]>;
  /** What the tile holds of each area, by its code. */
  pieces: Map<string, AreaPiece[]>;
  /** Boundary lines of each level, every shared edge once. */
  borders: Partial<Record<Level, number[][]>>;
  /** False until the tile's answers have come. */
  loaded: boolean;
}
