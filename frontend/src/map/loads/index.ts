import type { Map as Leaflet } from "leaflet";
import type { Bounds, Level, Position } from "../../api/contract";
import type { Box } from "../../geo/boxes";
import { TakenBoxes } from "../../geo/boxes";
import { toUnit, type UnitPoint } from "../../geo/mercator";
import { DREW, type Steps } from "../../geo/steps";
import { namedAreas } from "../areas";
import { drawAreaLabels, LabelWriter, TextWidths, takeStanding } from "../draw/labels";
import { createFrame, fittingView, keepNear, moveByKey, placeAt } from "../frame";
import { type Drawing, Overlay } from "../overlay";
import { readPalette } from "../palette";
import { GroundLayer, type TiledCity } from "../tiles/ground";
import { SlicedQueue } from "../tiles/queue";

export interface LoadScene {
  /** Class 0 to 4 of each area of the level that is filled; null fills none. */
  classes: ReadonlyMap<string, number> | null;
  fill: Level;
  /** Where rows lie that were refused. */
  refused: readonly Position[];
}

export interface LoadMapSource {
  container: HTMLElement;
  city: TiledCity;
  bounds: Bounds;
  /** What stands over the map now, in pixels of the container. */
  standing: () => Box[];
  failed: () => void;
}

const CROSS_PX = 5;
const CLOSEST_FIT = 16;

/** The map of a list: how many rows each area has, and where those lie that were refused. */
export class LoadMap {
  private readonly map: Leaflet;
  private readonly ground: GroundLayer;
  private readonly overlay: Overlay;
  private readonly widths = new TextWidths();
  private palette = readPalette();
  private scene: LoadScene = { classes: null, fill: "kelurahan", refused: [] };

  constructor(private readonly source: LoadMapSource) {
    const { container, city, bounds, failed } = source;
    this.map = createFrame(container, fittingView(bounds, container));
    keepNear(this.map, bounds);
    const queue = new SlicedQueue();
    const levelsAt = (): Level[] => ["kecamatan", "kelurahan", "rw"];
    const look = () => {
      const { classes, fill } = this.scene;
      return { palette: this.palette, classes, fill, sparse: true, dashed: false, overBasemap: false };
    };
    this.ground = new GroundLayer({ city, queue, levelsAt, look, failed }, {});
    this.overlay = new Overlay({
      queue,
      draw: (drawing) => this.draw(drawing),
      pane: "overlayPane",
      zIndex: 1,
    });
    this.ground.addTo(this.map);
    this.overlay.addTo(this.map);
    this.ground.on("tileload load", () => this.overlay.redraw());
  }

  private *draw(drawing: Drawing): Steps<void> {
    for (const position of this.scene.refused) this.cross(drawing.context, drawing.place(toUnit(position)));
    yield DREW;
    const taken = new TakenBoxes();
    takeStanding(taken, drawing.shown, this.source.standing());
    const tiles = [...this.ground.tiles.values()].filter(({ loaded }) => loaded);
    const writer = new LabelWriter(drawing.context, { halo: this.palette.land, taken, widths: this.widths });
    yield* drawAreaLabels(drawing, this.palette, writer, namedAreas(tiles, [this.scene.fill]));
  }

  /** A cross with a pale rim: a form of its own, so that colour is never alone. */
  private cross(context: CanvasRenderingContext2D, { x, y }: UnitPoint): void {
    for (const [width, colour] of [
      [5, this.palette.surface],
      [2.5, this.palette.ink],
    ] as const) {
      context.beginPath();
      context.moveTo(x - CROSS_PX, y - CROSS_PX);
      context.lineTo(x + CROSS_PX, y + CROSS_PX);
      context.moveTo(x + CROSS_PX, y - CROSS_PX);
      context.lineTo(x - CROSS_PX, y + CROSS_PX);
      context.lineWidth = width;
      context.strokeStyle = colour;
      context.stroke();
    }
  }

  show(scene: LoadScene): void {
    this.scene = scene;
    this.ground.repaint();
    this.overlay.redraw();
  }

  fit(bounds: Bounds): void {
    const view = fittingView(bounds, this.source.container);
    placeAt(this.map, view.centre, Math.min(view.zoom, CLOSEST_FIT));
  }

  zoomBy(steps: number): void {
    this.map.setZoom(this.map.getZoom() + steps);
  }

  /** Moves the map by an arrow, plus or minus; false when the key is not one of the map's. */
  moveByKey(key: string): boolean {
    return moveByKey(this.map, key);
  }

  repaint(): void {
    this.palette = readPalette();
    this.ground.repaint();
    this.overlay.redraw();
  }

  resize(): void {
    this.map.invalidateSize({ animate: false });
  }

  destroy(): void {
    this.map.remove();
  }
}
