import { tileFrame } from "../../geo/mercator";
import { EXTENT } from "../../geo/mvt";
import { piecesOf } from "../areas";
import type { Drawing } from "../overlay";
import { dots } from "../patterns";
import type { GroundTile } from "../tiles/tile";

export interface SurfaceLook {
  fill?: string;
  /** Colour of a dot pattern over the whole surface. */
  dotted?: string;
  outline?: Outline;
}

export interface Outline {
  line: string;
  widthPx: number;
  halo: string;
}

type Part = ArrayLike<number>;

function project(drawing: Drawing, tile: GroundTile, parts: Iterable<Part>): number[][] {
  const { west, north, side } = tileFrame({ ...tile.coords, z: tile.coords.z - 1 });
  return Array.from(parts, (part) => {
    const flat: number[] = [];
    for (let index = 0; index + 1 < part.length; index += 2) {
      const x = west + ((part[index] ?? 0) / EXTENT) * side;
      const y = north + ((part[index + 1] ?? 0) / EXTENT) * side;
      const at = drawing.place({ x, y });
      flat.push(at.x, at.y);
    }
    return flat;
  });
}

/** Adds flat x, y parts to the current path of the canvas. */
export function trace(context: CanvasRenderingContext2D, parts: Iterable<Part>): void {
  for (const part of parts) {
    for (let index = 0; index + 1 < part.length; index += 2) {
      context[index === 0 ? "moveTo" : "lineTo"](part[index] ?? 0, part[index + 1] ?? 0);
    }
  }
}

function fillRings(context: CanvasRenderingContext2D, rings: number[][], look: SurfaceLook): void {
  context.beginPath();
  trace(context, rings);
  if (look.fill) {
    context.globalAlpha = 0.75;
    context.fillStyle = look.fill;
    context.fill("evenodd");
    context.globalAlpha = 1;
  }
  if (look.dotted) {
    context.globalAlpha = 0.6;
    context.fillStyle = dots(context, look.dotted, 1);
    context.fill("evenodd");
    context.globalAlpha = 1;
  }
}

/** Fills and outlines areas over all the tiles that hold a piece of them, in one stroke of each kind. */
export function drawSurfaces(
  drawing: Drawing,
  tiles: GroundTile[],
  codes: Iterable<string>,
  look: SurfaceLook,
): void {
  const { context } = drawing;
  const pieces = [...codes].flatMap((code) => piecesOf(tiles, code));
  if (pieces.length === 0) return;
  if (look.fill || look.dotted) {
    const rings = pieces.flatMap(({ tile, piece }) => project(drawing, tile, piece.shape.parts));
    fillRings(context, rings, look);
  }
  if (!look.outline) return;
  const border = pieces.flatMap(({ tile, piece }) => project(drawing, tile, piece.border));
  strokeBorder(context, border, look.outline);
}

function strokeBorder(context: CanvasRenderingContext2D, border: number[][], outline: Outline): void {
  context.beginPath();
  trace(context, border);
  context.lineJoin = "round";
  context.lineCap = "round";
  context.strokeStyle = outline.halo;
  context.lineWidth = outline.widthPx + 3;
  context.stroke();
  context.strokeStyle = outline.line;
  context.lineWidth = outline.widthPx;
  context.stroke();
}
