import { dequal } from "dequal";
import type { Map as Leaflet, LeafletMouseEvent } from "leaflet";
import type { Basemap, Bounds, Level, Position } from "../api/contract";
import { type Box, boxAround, overlaps } from "../geo/boxes";
import { type Located, locatedOn } from "../geo/cells";
import { centre, toPosition, toUnit, type UnitPoint, worldPx } from "../geo/mercator";
import { nearestTarget } from "../geo/pick";
import { roomFor } from "../geo/room";
import { areasWithin, areaUnder, visibleAreas } from "./areas";
import { BasemapLayer, type BasemapState } from "./basemap";
import { type DrawnTarget, drawOver, drawUnder, isUnderEmpty } from "./draw";
import { TextWidths } from "./draw/labels";
import { makeStamps } from "./draw/stamps";
import {
  centreFor,
  createFrame,
  fittingView,
  fromLatLng,
  keepNear,
  moveByKey,
  moveTo,
  placeAt,
  toLatLng,
  type View,
} from "./frame";
import { type Drawing, Overlay } from "./overlay";
import { type Palette, readPalette } from "./palette";
import type { Picked, Scene } from "./scene";
import { GroundLayer, type TiledCity } from "./tiles/ground";
import { PointsLayer } from "./tiles/points";
import { SlicedQueue } from "./tiles/queue";

export type { BasemapState } from "./basemap";
export type { View } from "./frame";
export type { ChosenUsulan, ColourMode, Picked, Scene } from "./scene";

const REACH_MOUSE_PX = 12;
const REACH_THUMB_PX = 22;
const TOGETHER_MS = 80;
/** Wide enough that a fitted city can stand in any part of a window. */
const ROAM_SHARE = 2;

/** What can fail by itself: the ground with its borders, or the usulan on it. */
export type MapPart = "ground" | "usulan";

export interface MapEvents {
  moved: (view: View) => void;
  picked: (picked: Picked) => void;
  pointed: (picked: Picked | null) => void;
  /** Whether the usulan on the map are still to come or to be replaced. */
  waiting: (now: boolean) => void;
  failed: (error: unknown, part: MapPart) => void;
  /** What the usulan on the map say of how many there are in the whole city. */
  counted: (located: Located) => void;
  /** What has become of the outside map beneath ours. */
  basemap: (state: BasemapState) => void;
}

export interface MapOptions {
  container: HTMLElement;
  city: TiledCity;
  bounds: Bounds;
  view: View | null;
  query: string;
  scene: Scene;
  levelsAt: (zoom: number) => Level[];
  /** What stands over the map now, in pixels of the container: buttons, legend, sheet. */
  standing: () => Box[];
  events: MapEvents;
}

/** The transparency map: everything that knows Leaflet is behind this class. */
export class PetaMap {
  private readonly map: Leaflet;
  private readonly ground: GroundLayer;
  private readonly points: PointsLayer;
  /** Under and over the symbols of usulan. */
  private readonly under: Overlay;
  private readonly over: Overlay;
  private basemap: BasemapLayer | null = null;
  private overBasemap = false;
  private dragged = false;
  /** What the window was last fitted to; null once the reader has moved it. */
  private fitted: Bounds | null;
  private fitting = false;
  /** Where a flight is going; null while the map stands, and once the reader takes hold of it. */
  private goal: View | null = null;
  private palette: Palette = readPalette();
  private stamps = makeStamps(this.palette);
  private plates: DrawnTarget[] = [];
  private readonly widths = new TextWidths();
  private soon: ReturnType<typeof setTimeout> | undefined;
  private query: string;
  private scene: Scene;

  constructor(private readonly options: MapOptions) {
    const { container, bounds, city, events } = options;
    this.query = options.query;
    this.scene = options.scene;
    this.fitted = options.view ? null : bounds;
    this.map = createFrame(container, options.view ?? fittingView(bounds, container, options.standing()));
    keepNear(this.map, bounds, ROAM_SHARE);
    const queue = new SlicedQueue();
    const look = () => ({ ...this.scene, palette: this.palette, overBasemap: this.overBasemap });
    const failed = (part: MapPart) => (error: unknown) => events.failed(error, part);
    const ground = { city, queue, levelsAt: options.levelsAt, look, failed: failed("ground") };
    this.ground = new GroundLayer(ground, {});
    this.points = new PointsLayer({
      queue,
      query: () => this.query,
      look: () => ({ ...this.scene, palette: this.palette, stamps: this.stamps }),
      failed: failed("usulan"),
    });
    this.under = new Overlay({
      queue,
      draw: (drawing) => drawUnder(drawing, this.picture(drawing)),
      empty: () => isUnderEmpty({ scene: this.scene, palette: this.palette, plates: this.points.plates() }),
      pane: "tilePane",
      zIndex: 3,
    });
    this.over = new Overlay({
      queue,
      draw: (drawing) =>
        drawOver(drawing, this.picture(drawing), (plates) => {
          this.plates = plates;
        }),
      pane: "overlayPane",
      zIndex: 1,
    });
    this.ready = this.start();
  }

  /** Done when the first ground has been drawn. */
  readonly ready: Promise<void>;

  private start(): Promise<void> {
    const { events, bounds } = this.options;
    const drawn = new Promise<void>((resolve) => this.ground.once("load", () => resolve()));
    this.points.on("waiting renewed", ({ type }) => events.waiting(type === "waiting"));
    this.ground.addTo(this.map);
    this.points.addTo(this.map);
    this.under.addTo(this.map);
    this.over.addTo(this.map);
    this.points.on("load renewed", () => events.counted(locatedOn(this.points.counted(), bounds)));
    this.ground.on("tileload load", () => this.redrawSoon());
    this.points.on("tileload load renewed", () => this.redrawSoon());
    this.map.on("movestart zoomstart", () => {
      this.goal = null;
    });
    // Not every start of a move: Leaflet pulls a window that reaches too far from the city back by itself.
    this.map.on("dragstart zoomstart", () => this.leaveFit());
    this.map.on("moveend", () => {
      this.goal = null;
      events.moved(this.view);
    });
    this.map.on("click", (event) => this.pick(event));
    this.map.on("mousemove", (event) => this.point(event));
    this.map.on("dragstart dragend", ({ type }) => {
      this.dragged = type === "dragstart";
    });
    this.map.on("mouseout", () => events.pointed(null));
    return drawn;
  }

  private picture({ origin }: Drawing) {
    const { scene, palette, widths } = this;
    const covered = ({ left, top, right, bottom }: Box) =>
      this.points.covers({
        left: left - origin.x,
        right: right - origin.x,
        top: top - origin.y,
        bottom: bottom - origin.y,
      });
    return { scene, palette, widths, tiles: this.currentTiles(), plates: this.points.plates(), covered };
  }

  private redraw(): void {
    this.under.redraw();
    this.over.redraw();
  }

  /** Once for all the tiles that come within a moment. */
  private redrawSoon(): void {
    this.soon ??= setTimeout(() => {
      this.soon = undefined;
      this.redraw();
    }, TOGETHER_MS);
  }

  get view(): View {
    return { centre: fromLatLng(this.map.getCenter()), zoom: this.map.getZoom() };
  }

  /** Draws a changed scene; tiles of usulan are asked again only when the query differs. */
  update(scene: Scene, query: string): void {
    const before = this.scene;
    const groundChanged =
      !dequal(scene.classes, before.classes) || scene.fill !== before.fill || scene.dashed !== before.dashed;
    const { zoom } = this.view;
    const symbolsChanged =
      scene.mode !== before.mode ||
      scene.groups !== before.groups ||
      scene.language !== before.language ||
      scene.unitAt(zoom) !== before.unitAt(zoom);
    this.scene = scene;
    if (groundChanged) this.ground.repaint();
    if (symbolsChanged) this.points.repaint();
    if (query !== this.query) {
      this.query = query;
      void this.points.renew();
    }
    this.redraw();
  }

  /** Reads the palette again after a change of theme. */
  repaint(): void {
    this.palette = readPalette();
    this.stamps = makeStamps(this.palette);
    this.ground.repaint();
    this.points.repaint();
    this.redraw();
  }

  /** Puts an outside map beneath ours, or takes it away; our own ground gives way only to what has arrived. */
  setBasemap(source: Basemap | null): void {
    if (source?.url === this.basemap?.source.url) return;
    this.basemap?.remove();
    this.basemap = source && new BasemapLayer(source, (state) => this.follow(state));
    this.follow("waiting");
    this.basemap?.addTo(this.map);
  }

  private follow(state: BasemapState): void {
    const over = state === "shown" || state === "partial";
    if (over !== this.overBasemap) {
      this.overBasemap = over;
      this.ground.repaint();
    }
    this.options.events.basemap(state);
  }

  retry(): void {
    this.basemap?.redraw();
    this.ground.redraw();
    void this.points.renew();
  }

  /** Takes over a new size or new buttons; a fitted window is fitted again, as after turning a phone. */
  resize(): void {
    // Leaflet would end a flight where it is, at the nearest whole zoom.
    if (this.goal) placeAt(this.map, this.goal.centre, this.goal.zoom);
    this.map.invalidateSize({ animate: false });
    // Another zoom would be blank while its tiles cannot come.
    if (this.fitted && navigator.onLine)
      this.fitTo(this.fitted, (position, zoom) => placeAt(this.map, position, zoom));
  }

  zoomBy(steps: number): void {
    this.map.setZoom(this.map.getZoom() + steps);
  }

  private leaveFit(): void {
    if (!this.fitting) this.fitted = null;
  }

  goTo(position: Position, zoom: number): void {
    this.leaveFit();
    this.goal = moveTo(this.map, position, zoom) ? { centre: position, zoom } : null;
  }

  /** Shows the bounds in the free part of the window, from no farther away than `leastZoom`. */
  fit(bounds: Bounds, leastZoom = 0): void {
    this.fitTo(bounds, (position, zoom) => this.goTo(position, zoom), leastZoom);
  }

  private fitTo(bounds: Bounds, move: (position: Position, zoom: number) => void, leastZoom = 0): void {
    const { container, standing } = this.options;
    const fitting = fittingView(bounds, container, standing());
    this.fitting = true;
    if (fitting.zoom >= leastZoom) move(fitting.centre, fitting.zoom);
    else move(this.centreFor(centre(bounds), leastZoom), leastZoom);
    this.fitting = false;
    this.fitted = fitting.zoom >= leastZoom ? bounds : null;
  }

  /** The centre at which a position stands in the middle of the free part. */
  private centreFor(position: Position, zoom: number): Position {
    const { x: width, y: height } = this.map.getSize();
    const free = roomFor({ width: 1, height: 1 }, { width, height }, this.options.standing());
    return centreFor(position, this.options.container, free, zoom);
  }

  /** Moves the map by an arrow, plus or minus; false when the key is not one of the map's. */
  moveByKey(key: string): boolean {
    const moved = moveByKey(this.map, key);
    if (moved) this.leaveFit();
    return moved;
  }

  destroy(): void {
    clearTimeout(this.soon);
    this.map.remove();
  }

  private hit(event: LeafletMouseEvent): Picked | null {
    const touch = matchMedia("(pointer: coarse)").matches;
    const reach = touch ? REACH_THUMB_PX : REACH_MOUSE_PX;
    const at: UnitPoint = toUnit(fromLatLng(event.latlng));
    const size = worldPx(this.map.getZoom());
    const targets = [...this.plates, ...this.points.near(at, reach)];
    return nearestTarget(targets, at.x * size, at.y * size, reach) ?? this.areaUnder(event);
  }

  private areaUnder(event: LeafletMouseEvent): Picked | null {
    const at = toUnit(fromLatLng(event.latlng));
    const levels = this.options.levelsAt(this.map.getZoom());
    const piece = areaUnder(this.currentTiles(), at, { levels, fill: this.scene.fill });
    return piece && { kind: "area", code: piece.code, name: piece.name, level: piece.level };
  }

  private pick(event: LeafletMouseEvent): void {
    const picked = this.hit(event);
    if (picked) this.options.events.picked(picked);
  }

  private point(event: LeafletMouseEvent): void {
    if (this.dragged) return;
    const picked = this.hit(event);
    this.map.getContainer().classList.toggle("on-feature", picked !== null);
    this.options.events.pointed(picked);
  }

  /** Codes of the areas of the filled level that the window holds. */
  areasInView(): string[] {
    return areasWithin(this.map, this.currentTiles(), this.scene.fill);
  }

  private currentTiles() {
    const zoom = this.map.getZoom();
    return [...this.ground.tiles.values()].filter((tile) => tile.loaded && tile.coords.z === zoom);
  }

  /** Shows a place in the middle of the free part of the window. */
  show(position: Position, zoom: number): void {
    this.goTo(this.centreFor(position, zoom), zoom);
  }

  /** Brings a place into the free part of the window when it is not there. */
  bringIn(position: Position): void {
    const { x, y } = this.map.latLngToContainerPoint(toLatLng(position));
    const size = this.map.getSize();
    const inside = x > 24 && y > 24 && x < size.x - 24 && y < size.y - 24;
    const free = inside && !this.options.standing().some((box) => overlaps(box, boxAround(x, y, 24, 24)));
    if (!free) this.show(position, this.map.getZoom());
  }

  /** Brings an area that the loaded tiles hold into the window; false when they hold none of it. */
  reveal(code: string, level: Level = this.scene.fill): boolean {
    const found = visibleAreas(this.currentTiles(), level).find((area) => area.code === code);
    if (found) this.bringIn(toPosition(found));
    return found !== undefined;
  }
}
