import type { Group } from "../../api/contract";
import { GROUPS } from "../../state/url";
import type { Palette } from "../palette";
import { drawSingle } from "./symbols";

/** Smaller where a city is seen by districts, or the symbols of a few years cover its streets. */
const FAR_PX = 9;
const NEAR_PX = 11;
/** Side of a stamp: the widest shape with its halo. */
const STAMP_PX = 20;
/** How far a symbol reaches beyond its place. */
export const STAMP_REACH_PX = STAMP_PX / 2;

export const pixelRatio = () => Math.min(2, window.devicePixelRatio || 1);

/** Ready pixels of the symbols, red, green, blue and opacity in turn. */
export interface Stamps {
  side: number;
  far: Record<Group, Uint8ClampedArray>;
  near: Record<Group, Uint8ClampedArray>;
}

function stampOf(palette: Palette, group: Group, side: number, px: number): Uint8ClampedArray {
  const canvas = document.createElement("canvas");
  canvas.width = side;
  canvas.height = side;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) return new Uint8ClampedArray(4 * side * side);
  context.scale(side / STAMP_PX, side / STAMP_PX);
  drawSingle(context, palette, group, { x: STAMP_PX / 2, y: STAMP_PX / 2 }, px);
  return context.getImageData(0, 0, side, side).data;
}

export function makeStamps(palette: Palette): Stamps {
  const side = STAMP_PX * pixelRatio();
  const ofSize = (px: number) =>
    Object.fromEntries(GROUPS.map((group) => [group, stampOf(palette, group, side, px)])) as Stamps["far"];
  return { side, far: ofSize(FAR_PX), near: ofSize(NEAR_PX) };
}

/** Lays one pixel over another; both start at an index of their own. */
function lay(below: Uint8ClampedArray, to: number, above: Uint8ClampedArray, from: number): void {
  const cover = (above[from + 3] ?? 0) / 255;
  const rest = ((below[to + 3] ?? 0) / 255) * (1 - cover);
  const opacity = cover + rest;
  for (let part = 0; part < 3; part++) {
    below[to + part] = ((above[from + part] ?? 0) * cover + (below[to + part] ?? 0) * rest) / opacity;
  }
  below[to + 3] = 255 * opacity;
}

/**
 * Puts a stamp on a picture, its north-west corner at a whole pixel; what lies outside is cut.
 *
 * Thousands of `drawImage` are several times slower, and the browser plays them back in one long task.
 */
export function press(
  picture: ImageData,
  stamp: Uint8ClampedArray,
  side: number,
  x: number,
  y: number,
): void {
  const { width, height, data } = picture;
  const [top, bottom] = [Math.max(0, -y), Math.min(side, height - y)];
  const [left, right] = [Math.max(0, -x), Math.min(side, width - x)];
  for (let row = top; row < bottom; row++) {
    let from = 4 * (row * side + left);
    let to = 4 * ((y + row) * width + x + left);
    for (let column = left; column < right; column++, from += 4, to += 4) {
      if (stamp[from + 3] !== 0) lay(data, to, stamp, from);
    }
  }
}
