import type { Group } from "../../api/contract";
import type { Drawing } from "../overlay";
import type { Palette } from "../palette";
import type { Scene } from "../scene";
import type { Single } from "../tiles/points";
import { drawSingle, type Spot } from "./symbols";

const SINGLE_PX = 10;
/** Side of a stamp: the widest shape with its halo. */
const STAMP_PX = 20;
const SAME_SPOT_PX = 3;

const pixelRatio = () => Math.min(2, window.devicePixelRatio || 1);

function makeStamp(palette: Palette, group: Group): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = STAMP_PX * pixelRatio();
  canvas.height = STAMP_PX * pixelRatio();
  const context = canvas.getContext("2d");
  context?.scale(pixelRatio(), pixelRatio());
  const middle = { x: STAMP_PX / 2, y: STAMP_PX / 2 };
  if (context) drawSingle(context, palette, group, middle, SINGLE_PX);
  return canvas;
}

/** One drawing of the symbols of all usulan in the window, from ready stamps. */
class Sheet {
  readonly canvas = document.createElement("canvas");
  private readonly context = this.canvas.getContext("2d");
  private readonly stamps = new Map<Group, HTMLCanvasElement>();
  private readonly stood = new Set<string>();

  constructor(
    private readonly drawing: Drawing,
    private readonly palette: Palette,
  ) {
    this.canvas.width = drawing.width * pixelRatio();
    this.canvas.height = drawing.height * pixelRatio();
    this.context?.scale(pixelRatio(), pixelRatio());
  }

  /** Puts a symbol down, unless the same one already stands there to within what an eye can tell apart. */
  put(group: Group, { x, y }: Spot): void {
    const half = STAMP_PX / 2;
    const { width, height } = this.drawing;
    if (x < -half || y < -half || x > width + half || y > height + half) return;
    const spot = `${group} ${Math.floor(x / SAME_SPOT_PX)} ${Math.floor(y / SAME_SPOT_PX)}`;
    if (this.stood.has(spot)) return;
    this.stood.add(spot);
    this.context?.drawImage(this.stamp(group), x - half, y - half, STAMP_PX, STAMP_PX);
  }

  private stamp(group: Group): HTMLCanvasElement {
    const stamp = this.stamps.get(group) ?? makeStamp(this.palette, group);
    this.stamps.set(group, stamp);
    return stamp;
  }
}

interface Shown {
  singles: Single[];
  palette: Palette;
  groups: Scene["groups"];
  width: number;
  height: number;
  /** Where the corner of the world stands and how large the world is: the view. */
  x: number;
  y: number;
  zoom: number;
}

/**
 * The symbols of single usulan, kept between drawings of one view.
 *
 * A street view of all years holds tens of thousands; what is pointed at changes with every move of the hand,
 * and ground tiles come one by one, while the symbols stay as they are.
 */
export class SingleSymbols {
  private shown: Shown | null = null;
  private sheet: Sheet | null = null;

  draw(drawing: Drawing, singles: Single[], palette: Palette, groups: Scene["groups"]): void {
    if (singles.length === 0) return;
    const { width, height, zoom } = drawing;
    const now: Shown = { singles, palette, groups, width, height, zoom, ...drawing.place({ x: 0, y: 0 }) };
    if (!this.sheet || !this.isShown(now)) {
      this.sheet = new Sheet(drawing, palette);
      this.shown = now;
      for (const single of singles) this.sheet.put(groups[single.category] ?? "SP", drawing.place(single));
    }
    drawing.context.drawImage(this.sheet.canvas, 0, 0, width, height);
  }

  private isShown(now: Shown): boolean {
    const names = Object.keys(now) as (keyof Shown)[];
    return names.every((name) => this.shown?.[name] === now[name]);
  }
}
