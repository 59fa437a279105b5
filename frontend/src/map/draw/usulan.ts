import type { Group } from "../../api/contract";
import { circlePlace } from "../../geo/cells";
import { SINGLE_ZOOM } from "../../geo/levels";
import { TILE_PX, type UnitPoint } from "../../geo/mercator";
import { DREW, type Steps } from "../../geo/steps";
import type { Palette } from "../palette";
import type { Scene } from "../scene";
import type { TileUsulan } from "../tiles/usulan";
import { pixelRatio, press, STAMP_REACH_PX, type Stamps } from "./stamps";
import { drawCell } from "./symbols";

/** The widest circle with its halo reaches this far over the side of its tile. */
export const BLEED_PX = 28;
const SIDE_PX = TILE_PX + 2 * BLEED_PX;
const STEP_STAMPS = 24;
const STEP_CELLS = 8;
/** The same symbol twice to within what an eye can tell apart is drawn once; from afar that is half a symbol. */
const SAME_SPOT_PX = { far: 5, near: 3 };

export interface UsulanLook extends Pick<Scene, "mode" | "groups" | "formatCount" | "unitAt"> {
  palette: Palette;
  stamps: Stamps;
}

/** Where on the unit square a tile begins, and pixels of the whole square. */
export interface TilePlace {
  zoom: number;
  west: number;
  north: number;
  worldPx: number;
}

/**
 * How many usulan a unit of the circles stands for; null where no circles show.
 *
 * Cells are the picture of `petak` only; from the single zoom those left over by a full tile always show.
 */
export function unitOfCells(zoom: number, { mode, unitAt }: Pick<Scene, "mode" | "unitAt">): number | null {
  return mode === "petak" || zoom >= SINGLE_ZOOM ? unitAt(zoom) : null;
}

function* drawCells(
  context: CanvasRenderingContext2D,
  { cells }: TileUsulan,
  look: UsulanLook,
  tile: TilePlace,
  unit: number,
): Steps<void> {
  const inTile = ({ x, y }: UnitPoint) => ({
    x: (x - tile.west) * tile.worldPx + BLEED_PX,
    y: (y - tile.north) * tile.worldPx + BLEED_PX,
  });
  for (const [index, cell] of cells.entries()) {
    if (index % STEP_CELLS === STEP_CELLS - 1) yield DREW;
    const { count } = cell;
    const at = inTile(circlePlace(cell, tile.zoom, unit));
    drawCell(context, look.palette, { count, unit, text: look.formatCount(count) }, at);
  }
}

function* pressSingles(
  picture: ImageData,
  { singles }: TileUsulan,
  look: UsulanLook,
  zoom: number,
): Steps<void> {
  const seen = zoom > SINGLE_ZOOM ? "near" : "far";
  const { side, [seen]: pixels } = look.stamps;
  const spotPx = SAME_SPOT_PX[seen];
  const perSide = Math.ceil(TILE_PX / spotPx) + 1;
  const ratio = pixelRatio();
  const stood = new Map<Group, Uint8Array>();
  const corner = BLEED_PX - STAMP_REACH_PX;
  for (let index = 0; index < singles.numbers.length; index++) {
    if (index % STEP_STAMPS === STEP_STAMPS - 1) yield;
    const group = look.groups[singles.categories[index] ?? ""] ?? "SP";
    const x = (singles.x[index] ?? 0) * TILE_PX;
    const y = (singles.y[index] ?? 0) * TILE_PX;
    const spots = stood.get(group) ?? new Uint8Array(perSide * perSide);
    stood.set(group, spots);
    const spot = Math.floor(y / spotPx) * perSide + Math.floor(x / spotPx);
    if (spots[spot]) continue;
    spots[spot] = 1;
    press(picture, pixels[group], side, Math.round((x + corner) * ratio), Math.round((y + corner) * ratio));
  }
}

function canvasOf(): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = SIDE_PX * pixelRatio();
  canvas.height = SIDE_PX * pixelRatio();
  canvas.style.width = `${SIDE_PX}px`;
  canvas.style.height = `${SIDE_PX}px`;
  canvas.style.left = `${-BLEED_PX}px`;
  canvas.style.top = `${-BLEED_PX}px`;
  return canvas;
}

/**
 * The usulan of one tile on a canvas that reaches over its sides; null where there is nothing to draw.
 *
 * Symbols near a side stand whole over the neighbour, so tiles need no buffer.
 */
export function* drawUsulan(
  usulan: TileUsulan,
  look: UsulanLook,
  tile: TilePlace,
): Steps<HTMLCanvasElement | null> {
  const unit = usulan.cells.length > 0 ? unitOfCells(tile.zoom, look) : null;
  const singles = usulan.singles.numbers.length > 0;
  if (unit === null && !singles) return null;
  const canvas = canvasOf();
  const context = canvas.getContext("2d", { willReadFrequently: singles });
  if (!context) return null;
  context.scale(pixelRatio(), pixelRatio());
  if (unit !== null) yield* drawCells(context, usulan, look, tile, unit);
  yield DREW;
  if (!singles) return canvas;
  const picture = context.getImageData(0, 0, canvas.width, canvas.height);
  yield* pressSingles(picture, usulan, look, tile.zoom);
  context.putImageData(picture, 0, 0);
  return canvas;
}
