import { type Box, boxAround, freePlace, type Taken } from "../../geo/boxes";
import { type UnitPoint, worldPx } from "../../geo/mercator";
import { DREW, type Steps } from "../../geo/steps";
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

/** Ground for labels: they ask what is taken and take their own. */
export interface LabelGround extends Taken {
  add: (box: Box) => void;
}

const STEP_LABELS = 6;

/** Remembers how wide texts are: the same few hundred names are measured at every drawing of a map. */
export class TextWidths {
  private readonly known = new Map<string, number>();

  /** Width of the text in the font that is set. */
  of(context: CanvasRenderingContext2D, text: string): number {
    const name = `${context.font} ${text}`;
    const width = this.known.get(name) ?? context.measureText(text).width;
    this.known.set(name, width);
    return width;
  }
}

export interface LabelPlace {
  halo: string;
  taken: LabelGround;
  widths: TextWidths;
}

/** Writes labels with a halo of the ground, each at the first free place near its own, and takes that place. */
export class LabelWriter {
  constructor(
    private readonly context: CanvasRenderingContext2D,
    private readonly place: LabelPlace,
  ) {}

  widthOf(text: string, px: number, weight: number): number {
    this.context.font = font(px, weight);
    return this.place.widths.of(this.context, text);
  }

  /** True where nothing may be written. */
  meets(box: Box): boolean {
    return this.place.taken.meets(box);
  }

  /** False where no place was free. */
  write({ text, x, y, px, weight, colour }: Label): boolean {
    const width = this.widthOf(text, px, weight) + 6;
    const height = px + 5;
    const places = SIDESTEPS.map((step) => ({ x, y: y + step }));
    const free = freePlace(this.place.taken, places, width, height);
    if (!free) return false;
    this.place.taken.add(boxAround(free.x, free.y, width, height));
    this.context.textAlign = "center";
    this.context.textBaseline = "middle";
    this.context.lineJoin = "round";
    this.context.lineWidth = 3.5;
    this.context.strokeStyle = this.place.halo;
    this.context.strokeText(text, free.x, free.y);
    this.context.fillStyle = colour;
    this.context.fillText(text, free.x, free.y);
    return true;
  }
}

const RIM_PX = 1;

/** Takes the ground under what stands over the map, and the rim of the window: a name there would be cut. */
export function takeStanding(
  taken: LabelGround,
  { left, top, right, bottom }: Box,
  standing: readonly Box[],
): void {
  const line = (box: Box): Box => ({
    left: box.left - RIM_PX,
    top: box.top - RIM_PX,
    right: box.right + RIM_PX,
    bottom: box.bottom + RIM_PX,
  });
  taken.add(line({ left, top, right, bottom: top }));
  taken.add(line({ left, top: bottom, right, bottom }));
  taken.add(line({ left, top, right: left, bottom }));
  taken.add(line({ left: right, top, right, bottom }));
  for (const box of standing) {
    taken.add({
      left: box.left + left,
      top: box.top + top,
      right: box.right + left,
      bottom: box.bottom + top,
    });
  }
}

/** True for what a canvas shows; tiles reach beyond it. */
function isOnCanvas({ width, height }: Drawing, { x, y }: UnitPoint): boolean {
  return x > 0 && y > 0 && x < width && y < height;
}

/** Names of the areas; a label yields to what is taken, and hides where its area is too narrow for it. */
export function* drawAreaLabels(
  drawing: Drawing,
  palette: Palette,
  writer: LabelWriter,
  areas: VisibleArea[],
): Steps<void> {
  const scale = worldPx(drawing.zoom);
  const wide = [...areas].sort((a, b) => b.width - a.width);
  for (const [index, area] of wide.entries()) {
    if (index % STEP_LABELS === STEP_LABELS - 1) yield DREW;
    const at = drawing.place(area);
    if (!area.name || !isOnCanvas(drawing, at)) continue;
    if (writer.widthOf(area.name, 12, 500) > area.width * scale * 1.25) continue;
    writer.write({ ...at, text: area.name, px: 12, weight: 500, colour: palette.ink2 });
  }
}

export interface Landmark extends UnitPoint {
  name: string;
}

/** Names of places for orientation; they yield to everything else. */
export function* drawLandmarks(
  drawing: Drawing,
  palette: Palette,
  writer: LabelWriter,
  places: Landmark[],
): Steps<void> {
  const { context } = drawing;
  const colour = palette.edges.kelurahan;
  for (const [index, place] of places.entries()) {
    if (index % STEP_LABELS === STEP_LABELS - 1) yield DREW;
    const at = drawing.place(place);
    if (!isOnCanvas(drawing, at) || writer.meets(boxAround(at.x, at.y, 5, 5))) continue;
    if (!writer.write({ text: place.name, x: at.x, y: at.y + 12, px: 11, weight: 450, colour })) continue;
    context.beginPath();
    context.arc(at.x, at.y, 2.5, 0, 2 * Math.PI);
    context.fillStyle = colour;
    context.fill();
  }
}
