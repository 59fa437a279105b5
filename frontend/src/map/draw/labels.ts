import { boxAround, freePlace, type TakenBoxes } from "../../geo/boxes";
import { type UnitPoint, worldPx } from "../../geo/mercator";
import type { VisibleArea } from "../areas";
import type { Drawing } from "../overlay";
import type { Palette } from "../palette";
import { font } from "./symbols";

const SIDESTEPS = [0, -18, 18, -34, 34];

interface Label {
  text: string;
  x: number;
  y: number;
  px: number;
  weight: number;
  colour: string;
}

/** Writes labels with a halo of the ground, each at the first free place near its own, and takes that place. */
class LabelWriter {
  constructor(
    private readonly context: CanvasRenderingContext2D,
    private readonly halo: string,
    private readonly taken: TakenBoxes,
  ) {}

  widthOf(text: string, px: number, weight: number): number {
    this.context.font = font(px, weight);
    return this.context.measureText(text).width;
  }

  write({ text, x, y, px, weight, colour }: Label): void {
    const width = this.widthOf(text, px, weight) + 6;
    const height = px + 5;
    const places = SIDESTEPS.map((step) => ({ x, y: y + step }));
    const free = freePlace(this.taken, places, width, height);
    if (!free) return;
    this.taken.add(boxAround(free.x, free.y, width, height));
    this.context.textAlign = "center";
    this.context.textBaseline = "middle";
    this.context.lineJoin = "round";
    this.context.lineWidth = 3.5;
    this.context.strokeStyle = this.halo;
    this.context.strokeText(text, free.x, free.y);
    this.context.fillStyle = colour;
    this.context.fillText(text, free.x, free.y);
  }
}

/** Names of the areas; a label yields to what is taken, and hides where its area is too narrow for it. */
export function drawAreaLabels(
  drawing: Drawing,
  palette: Palette,
  taken: TakenBoxes,
  areas: VisibleArea[],
): void {
  const writer = new LabelWriter(drawing.context, palette.land, taken);
  const scale = worldPx(drawing.zoom);
  for (const area of [...areas].sort((a, b) => b.width - a.width)) {
    if (!area.name || writer.widthOf(area.name, 12, 500) > area.width * scale * 1.25) continue;
    writer.write({ ...drawing.place(area), text: area.name, px: 12, weight: 500, colour: palette.ink2 });
  }
}

export interface Landmark extends UnitPoint {
  name: string;
}

/** Names of places for orientation, behind everything else. */
export function drawLandmarks(
  drawing: Drawing,
  palette: Palette,
  taken: TakenBoxes,
  places: Landmark[],
): void {
  const { context } = drawing;
  const writer = new LabelWriter(context, palette.land, taken);
  const colour = palette.edges.kelurahan;
  for (const place of places) {
    const at = drawing.place(place);
    context.beginPath();
    context.arc(at.x, at.y, 2.5, 0, 2 * Math.PI);
    context.fillStyle = colour;
    context.fill();
    writer.write({ text: place.name, x: at.x, y: at.y + 12, px: 11, weight: 450, colour });
  }
}
