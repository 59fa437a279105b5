import type { Group } from "../../api/contract";
import { type Cell, cellClass, cellRadius, FIRST_NUMBERED } from "../../geo/cells";
import type { Palette } from "../palette";

const FONT = '"Plus Jakarta Sans", system-ui, sans-serif';

export const font = (px: number, weight: number) => `${weight} ${px}px ${FONT}`;

export interface Spot {
  x: number;
  y: number;
}

function traceBidang(context: CanvasRenderingContext2D, group: Group, { x, y }: Spot, size: number): void {
  const half = size / 2;
  context.beginPath();
  if (group === "SP") context.rect(x - half, y - half, size, size);
  if (group === "SB") context.arc(x, y, half * 1.05, 0, 2 * Math.PI);
  if (group === "KP") {
    context.moveTo(x, y - half * 1.25);
    context.lineTo(x + half * 1.25, y);
    context.lineTo(x, y + half * 1.25);
    context.lineTo(x - half * 1.25, y);
  }
  if (group === "EK") {
    context.moveTo(x, y - half * 1.15);
    context.lineTo(x + half * 1.2, y + half);
    context.lineTo(x - half * 1.2, y + half);
  }
  context.closePath();
}

/** One usulan: the shape and colour of its bidang in a halo of the ground. */
export function drawSingle(
  context: CanvasRenderingContext2D,
  palette: Palette,
  group: Group,
  at: Spot,
  size: number,
): void {
  traceBidang(context, group, at, size);
  context.lineJoin = "round";
  context.lineWidth = 3;
  context.strokeStyle = palette.land;
  context.stroke();
  context.fillStyle = palette.bidang[group];
  context.fill();
}

/** The chosen usulan: larger, inside an ink ring. */
export function drawChosen(
  context: CanvasRenderingContext2D,
  palette: Palette,
  group: Group,
  at: Spot,
): void {
  context.beginPath();
  context.arc(at.x, at.y, 15, 0, 2 * Math.PI);
  context.fillStyle = palette.surface;
  context.fill();
  context.lineWidth = 2.5;
  context.strokeStyle = palette.ink;
  context.stroke();
  drawSingle(context, palette, group, at, 14);
}

function disc(context: CanvasRenderingContext2D, at: Spot, radius: number, colour: string): void {
  context.beginPath();
  context.arc(at.x, at.y, radius, 0, 2 * Math.PI);
  context.fillStyle = colour;
  context.fill();
}

/** Room in px that a numeral leaves free on each side of it in its circle. */
const NUMERAL_EDGE_PX = 1.5;

/** A cell as it is drawn: its count in units of size, and the same in words. */
export interface DrawnCell extends Pick<Cell, "count"> {
  unit: number;
  text: string;
}

/** A cell: circle by count, a thin soga ring on the two pale classes, a numeral on the others where it fits. */
export function drawCell(
  context: CanvasRenderingContext2D,
  palette: Palette,
  { count, unit, text }: DrawnCell,
  at: Spot,
): void {
  const size = cellClass(count, unit);
  const radius = cellRadius(count, unit);
  const look = palette.cells[size];
  if (!look) return;
  disc(context, at, radius + 1.4, palette.land);
  disc(context, at, radius, look.fill);
  if (size < FIRST_NUMBERED) {
    context.lineWidth = 1;
    context.strokeStyle = palette.cellRing;
    context.stroke();
    return;
  }
  context.fillStyle = look.text;
  context.font = font(text.length > 4 ? 10 : 11, 700);
  if (context.measureText(text).width > 2 * (radius - NUMERAL_EDGE_PX)) return;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(text, at.x, at.y + 0.5);
}

/** Size in pixels of a plate with that text. */
export function plateSize(
  context: CanvasRenderingContext2D,
  text: string,
): { width: number; height: number } {
  context.font = font(12, 700);
  return { width: Math.max(24, context.measureText(text).width + 14), height: 24 };
}

/** The plate of private needs: how many in which area. */
export function drawPlate(context: CanvasRenderingContext2D, palette: Palette, text: string, at: Spot): void {
  const { width, height } = plateSize(context, text);
  context.beginPath();
  context.roundRect(at.x - width / 2, at.y - height / 2, width, height, 4);
  context.fillStyle = palette.surface;
  context.fill();
  context.lineWidth = 1.5;
  context.strokeStyle = palette.bidang.KP;
  context.stroke();
  context.fillStyle = palette.ink;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(text, at.x, at.y + 0.5);
}
