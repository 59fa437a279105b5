import { dequal } from "dequal";
import type { Map as Leaflet, LeafletEvent, LeafletMouseEvent, ZoomAnimEvent } from "leaflet";
import type { Bounds, Level, Position } from "../../api/contract";
import { type Box, boxAround, overlaps, TakenBoxes } from "../../geo/boxes";
import { toPosition, toUnit } from "../../geo/mercator";
import { DREW, type Steps } from "../../geo/steps";
import { areasWithin, areaUnder, visibleAreas } from "../areas";
import { drawAreaLabels, LabelWriter, TextWidths, takeStanding } from "../draw/labels";
import { drawSurfaces } from "../draw/surfaces";
import {
  centreFor,
  createFrame,
  fittingView,
  fromLatLng,
  keepNear,
  moveByKey,
  placeAt,
  toLatLng,
  type View,
} from "../frame";
import { type Drawing, Overlay } from "../overlay";
import { type Palette, readPalette } from "../palette";
import { GroundLayer, type TiledCity } from "../tiles/ground";
import { SlicedQueue } from "../tiles/queue";
import type { GroundLook } from "../tiles/tile";
import { copyWindow } from "./copy";
import { drawHexagons, type PlacedHexagon, placeHexagon } from "./hexagons";
import { DensityPictures, type PicturesState } from "./pictures";
import type { PlannerScene } from "./scene";

export type { View } from "../frame";
export type { ClassedHexagon, PlannerScene } from "./scene";

/** What of a map can be missing. */
export type MapPart = "ground" | "density";

const TOGETHER_MS = 80;
const ROAM_SHARE = 2;
/** From here on areas of the counted level are wide enough for their names. */
const FINE_ZOOM = 16;

export interface PlannerEvents {
  /** At rest after a move, of the reader's or of the page's. */
  moved: (view: View) => void;
  /** While the reader moves this map: another may go along. */
  moving: (view: View, zooming: boolean) => void;
  picked: (code: string) => void;
  pointed: (code: string | null) => void;
  /** While parts of the ground are on their way. */
  groundWaiting: (now: boolean) => void;
  pictures: (state: PicturesState) => void;
  failed: (error: unknown, part: MapPart) => void;
}

export interface PlannerOptions {
  container: HTMLElement;
  city: TiledCity;
  bounds: Bounds;
  view: View | null;
  scene: PlannerScene;
  levelsAt: (zoom: number) => Level[];
  /** What stands over the map now, in pixels of the container. */
  standing: () => Box[];
  events: PlannerEvents;
}

/** One map of the planner's page: a density, hexagons or classes on our own ground. */
export class PlannerMap {
  private readonly map: Leaflet;
  private readonly ground: GroundLayer;
  private readonly pictures: DensityPictures;
  private readonly over: Overlay;
  private palette: Palette = readPalette();
  private hexagons: PlacedHexagon[] = [];
  private readonly widths = new TextWidths();
  private soon: ReturnType<typeof setTimeout> | undefined;
  private fitted: Bounds | null;
  private dragged = false;
  private onPaper = false;
  private scene: PlannerScene;

  constructor(private readonly options: PlannerOptions) {
    const { container, bounds, city, events } = options;
    this.scene = options.scene;
    this.fitted = options.view ? null : bounds;
    this.map = createFrame(container, options.view ?? fittingView(bounds, container, options.standing()));
    keepNear(this.map, bounds, ROAM_SHARE);
    const queue = new SlicedQueue();
    const { levelsAt } = options;
    const look = () => this.groundLook();
    const groundFailed = (error: unknown) => events.failed(error, "ground");
    this.ground = new GroundLayer({ city, queue, levelsAt, look, failed: groundFailed }, {});
    this.pictures = new DensityPictures({
      ground: this.ground,
      queue,
      query: () => this.scene.density,
      told: events.pictures,
      failed: (error) => events.failed(error, "density"),
    });
    this.over = new Overlay({ queue, draw: (drawing) => this.draw(drawing), pane: "overlayPane", zIndex: 1 });
    this.hexagons = (this.scene.hexagons ?? []).map(placeHexagon);
    this.ready = new Promise((resolve) => this.ground.once("load", () => resolve()));
    this.start();
  }

  /** Done when the first ground has been drawn. */
  readonly ready: Promise<void>;

  private start(): void {
    const { events } = this.options;
    this.ground.on("loading load", ({ type }) => events.groundWaiting(type === "loading"));
    this.ground.addTo(this.map);
    this.over.addTo(this.map);
    this.ground.on("tileload load", () => this.redrawSoon());
    this.map.on("dragstart zoomstart", () => {
      this.fitted = null;
    });
    this.map.on("move", () => events.moving(this.view, false));
    this.map.on("zoomanim", (event: LeafletEvent) => {
      const { center, zoom } = event as ZoomAnimEvent;
      events.moving({ centre: fromLatLng(center), zoom }, true);
    });
    this.map.on("moveend", () => events.moved(this.view));
    this.map.on("dragstart dragend", ({ type }) => {
      this.dragged = type === "dragstart";
    });
    this.map.on("click", (event) => {
      const code = this.hit(event);
      if (code) events.picked(code);
    });
    this.map.on("mousemove", (event) => {
      if (!this.dragged) events.pointed(this.hit(event));
    });
    this.map.on("mouseout", () => events.pointed(null));
  }

  private groundLook(): GroundLook {
    const { classes, fill, dashed, density, hexagons } = this.scene;
    const look = { palette: this.palette, classes, fill, dashed, overBasemap: false };
    if (density !== null) return { ...look, surface: (context, tile) => this.pictures.draw(context, tile) };
    if (hexagons === null) return look;
    const { palette } = this;
    return { ...look, surface: (context, tile) => drawHexagons(context, tile, this.hexagons, palette) };
  }

  /** Draws a changed scene; pictures are asked again only when another density is wanted. */
  update(scene: PlannerScene): void {
    const before = this.scene;
    this.scene = scene;
    // Numbers that were asked for again are mostly the same ones.
    if (dequal(scene, before)) return;
    if (scene.hexagons !== before.hexagons) this.hexagons = (scene.hexagons ?? []).map(placeHexagon);
    if (scene.fill !== before.fill) this.ground.redraw();
    else if (
      scene.classes !== before.classes ||
      scene.hexagons !== before.hexagons ||
      scene.dashed !== before.dashed ||
      (scene.density === null) !== (before.density === null)
    )
      this.ground.repaint();
    if (scene.density !== before.density) this.pictures.renew();
    this.redrawSoon();
  }

  /** Asks for the pictures again, as after a new usulan or a failure. */
  renew(): void {
    this.pictures.renew();
  }

  /** Reads the palette again after a change of theme. */
  repaint(): void {
    this.palette = readPalette();
    this.ground.repaint();
    this.over.redraw();
  }

  retry(): void {
    this.ground.redraw();
    this.pictures.renew();
  }

  private redrawSoon(): void {
    this.soon ??= setTimeout(() => {
      this.soon = undefined;
      this.over.redraw();
    }, TOGETHER_MS);
  }

  private currentTiles() {
    const zoom = this.map.getZoom();
    return [...this.ground.tiles.values()].filter((tile) => tile.loaded && tile.coords.z === zoom);
  }

  /** Outlines of what is chosen and pointed at, and names. */
  private *draw(drawing: Drawing): Steps<void> {
    const { palette, scene, widths } = this;
    const tiles = this.currentTiles();
    const outline = { line: palette.plan, halo: palette.surface };
    if (scene.pointedArea && scene.pointedArea !== scene.chosenArea)
      drawSurfaces(drawing, tiles, [scene.pointedArea], { outline: { ...outline, widthPx: 1.5 } });
    if (scene.chosenArea)
      drawSurfaces(drawing, tiles, [scene.chosenArea], { outline: { ...outline, widthPx: 3.5 } });
    yield DREW;
    const taken = new TakenBoxes();
    takeStanding(taken, drawing.shown, this.options.standing());
    const writer = new LabelWriter(drawing.context, { halo: palette.land, taken, widths });
    const named = drawing.zoom >= FINE_ZOOM || scene.fill === "kecamatan" ? scene.fill : "kelurahan";
    yield* drawAreaLabels(drawing, palette, writer, visibleAreas(tiles, named));
  }

  get view(): View {
    return { centre: fromLatLng(this.map.getCenter()), zoom: this.map.getZoom() };
  }

  /** Goes along with another map, without a word of its own. */
  follow({ centre, zoom }: View, zooming: boolean): void {
    const here = this.view;
    // Between two zooms, as in a pinch, only the map under the fingers is stretched.
    if (!Number.isInteger(zoom)) return;
    if (zooming || zoom !== here.zoom) this.map.setView(toLatLng(centre), zoom, { animate: zooming });
    else if (here.centre[0] !== centre[0] || here.centre[1] !== centre[1]) this.slide(centre);
  }

  private slide(centre: Position): void {
    const from = this.map.project(this.map.getCenter());
    const by = this.map.project(toLatLng(centre)).subtract(from).round();
    if (by.x || by.y) this.map.panBy(by, { animate: false });
  }

  /** Takes over a new size; of two maps only the leading one is fitted again, and the other goes along. */
  resize(leading: boolean): void {
    const back = this.onPaper;
    // Paper shows a copy of the map, whose box then has no size.
    this.onPaper = matchMedia("print").matches;
    if (this.onPaper) return;
    const before = this.map.getSize();
    this.map.invalidateSize({ animate: false });
    // Back from paper the box is as it was, and so is what it shows.
    const same = back && before.equals(this.map.getSize());
    if (this.fitted && !same && leading && navigator.onLine) this.fit(this.fitted);
  }

  /** Draws on a canvas what the window shows now. */
  copyTo(canvas: HTMLCanvasElement): void {
    copyWindow(this.map, canvas, { bounds: this.options.bounds, ground: this.palette.out });
  }

  private fitting(bounds: Bounds): View {
    return fittingView(bounds, this.options.container, this.options.standing());
  }

  zoomBy(steps: number): void {
    this.fitted = null;
    this.map.setZoom(this.map.getZoom() + steps);
  }

  fit(bounds: Bounds): void {
    const { centre, zoom } = this.fitting(bounds);
    placeAt(this.map, centre, zoom);
    this.fitted = bounds;
  }

  moveByKey(key: string): boolean {
    const moved = moveByKey(this.map, key);
    if (moved) this.fitted = null;
    return moved;
  }

  /** Codes of the areas of the counted level that the window holds. */
  areasInView(): string[] {
    return areasWithin(this.map, this.currentTiles(), this.scene.fill);
  }

  /** Brings an area that the loaded tiles hold into the free part of the window; false when they hold none of it. */
  reveal(code: string): boolean {
    const found = visibleAreas(this.currentTiles(), this.scene.fill).find((area) => area.code === code);
    if (found) this.bringIn(toPosition(found));
    return found !== undefined;
  }

  private bringIn(position: Position): void {
    const { x, y } = this.map.latLngToContainerPoint(toLatLng(position));
    const size = this.map.getSize();
    const inside = x > 24 && y > 24 && x < size.x - 24 && y < size.y - 24;
    const boxes = this.options.standing();
    if (inside && !boxes.some((box) => overlaps(box, boxAround(x, y, 24, 24)))) return;
    const { container } = this.options;
    const free = { left: 0, top: 0, right: size.x, bottom: size.y };
    placeAt(this.map, centreFor(position, container, free, this.view.zoom), this.view.zoom);
  }

  private hit(event: LeafletMouseEvent): string | null {
    const levels = this.options.levelsAt(this.map.getZoom());
    const at = toUnit(fromLatLng(event.latlng));
    return areaUnder(this.currentTiles(), at, { levels, fill: this.scene.fill })?.code ?? null;
  }

  destroy(): void {
    clearTimeout(this.soon);
    this.map.remove();
  }
}
