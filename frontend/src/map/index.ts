import type { Map as Leaflet, LeafletMouseEvent } from "leaflet";
import type { Basemap, Bounds, Level, Position } from "../api/contract";
import { toPosition, toUnit, worldPx } from "../geo/mercator";
import { nearestTarget } from "../geo/pick";
import { areaAt, visibleAreas } from "./areas";
import { BasemapLayer, type BasemapState } from "./basemap";
import { type DrawnTarget, drawPicture } from "./draw";
import { SingleSymbols } from "./draw/singles";
import {
  createFrame,
  fittingView,
  fromLatLng,
  keepNear,
  moveByKey,
  moveTo,
  toLatLng,
  type View,
} from "./frame";
import { Overlay } from "./overlay";
import { type Palette, readPalette } from "./palette";
import type { Picked, Scene } from "./scene";
import { GroundLayer, type TiledCity } from "./tiles/ground";
import { PointsLayer, type Snapshot } from "./tiles/points";
import { SlicedQueue } from "./tiles/queue";

export type { BasemapState } from "./basemap";
export type { View } from "./frame";
export type { ChosenUsulan, ColourMode, Picked, Scene } from "./scene";

const REACH_MOUSE_PX = 12;
const REACH_THUMB_PX = 22;

/** What can fail by itself: the ground with its borders, or the usulan on it. */
export type MapPart = "ground" | "usulan";

export interface MapEvents {
  moved: (view: View) => void;
  picked: (picked: Picked) => void;
  pointed: (picked: Picked | null) => void;
  failed: (error: unknown, part: MapPart) => void;
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
  events: MapEvents;
}

/** The transparency map: everything that knows Leaflet is behind this class. */
export class PetaMap {
  private readonly map: Leaflet;
  private readonly ground: GroundLayer;
  private readonly points: PointsLayer;
  private readonly overlay: Overlay;
  private basemap: BasemapLayer | null = null;
  private overBasemap = false;
  private dragged = false;
  private readonly symbols = new SingleSymbols();
  private palette: Palette = readPalette();
  private usulan: Snapshot = { zoom: -1, cells: [], singles: [], plates: [] };
  private targets: DrawnTarget[] = [];
  private margin = { x: 0, y: 0 };
  private query: string;
  private scene: Scene;

  constructor(private readonly options: MapOptions) {
    const { container, bounds, city, events } = options;
    this.query = options.query;
    this.scene = options.scene;
    this.map = createFrame(container, options.view ?? fittingView(bounds, container));
    keepNear(this.map, bounds);
    const queue = new SlicedQueue();
    const look = () => ({ ...this.scene, palette: this.palette, overBasemap: this.overBasemap });
    const failed = (part: MapPart) => (error: unknown) => events.failed(error, part);
    const ground = { city, queue, levelsAt: options.levelsAt, look, failed: failed("ground") };
    this.ground = new GroundLayer(ground, {});
    this.points = new PointsLayer({
      queue,
      query: () => this.query,
      ready: (usulan) => this.show(usulan),
      failed: failed("usulan"),
    });
    this.overlay = new Overlay((drawing) => {
      const tiles = [...this.ground.tiles.values()].filter(
        (tile) => tile.loaded && tile.coords.z === drawing.zoom,
      );
      const { scene, palette, usulan, symbols } = this;
      const picture = { scene, palette, tiles, usulan, symbols };
      this.targets = drawPicture(drawing, picture);
      const size = this.map.getSize();
      this.margin = { x: (drawing.width - size.x) / 2, y: (drawing.height - size.y) / 2 };
    });
    this.ready = this.start();
  }

  /** Done when the first ground has been drawn. */
  readonly ready: Promise<void>;

  private start(): Promise<void> {
    const { events } = this.options;
    const drawn = new Promise<void>((resolve) => this.ground.once("load", () => resolve()));
    this.ground.addTo(this.map);
    this.points.addTo(this.map);
    this.overlay.addTo(this.map);
    this.ground.on("tileload load", () => this.overlay.redraw());
    this.map.on("moveend", () => events.moved(this.view));
    this.map.on("click", (event) => this.pick(event));
    this.map.on("mousemove", (event) => this.point(event));
    this.map.on("dragstart dragend", ({ type }) => {
      this.dragged = type === "dragstart";
    });
    this.map.on("mouseout", () => events.pointed(null));
    return drawn;
  }

  get view(): View {
    return { centre: fromLatLng(this.map.getCenter()), zoom: this.map.getZoom() };
  }

  /** Draws a changed scene; tiles of usulan are asked again only when the query differs. */
  update(scene: Scene, query: string): void {
    const before = this.scene;
    const groundChanged =
      scene.classes !== before.classes || scene.fill !== before.fill || scene.dashed !== before.dashed;
    this.scene = scene;
    if (groundChanged) this.ground.repaint();
    if (query !== this.query) {
      this.query = query;
      this.points.renew();
    }
    this.overlay.redraw();
  }

  /** Reads the palette again after a change of theme. */
  repaint(): void {
    this.palette = readPalette();
    this.ground.repaint();
    this.overlay.redraw();
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
    this.points.renew();
  }

  resize(): void {
    this.map.invalidateSize({ animate: false });
  }

  zoomBy(steps: number): void {
    this.map.setZoom(this.map.getZoom() + steps);
  }

  goTo(position: Position, zoom: number): void {
    moveTo(this.map, position, zoom);
  }

  /** Shows the bounds, from no farther away than `leastZoom`. */
  fit(bounds: Bounds, leastZoom = 0): void {
    const { centre, zoom } = fittingView(bounds, this.options.container);
    moveTo(this.map, centre, Math.max(zoom, leastZoom));
  }

  /** Moves the map by an arrow, plus or minus; false when the key is not one of the map's. */
  moveByKey(key: string): boolean {
    return moveByKey(this.map, key);
  }

  destroy(): void {
    this.map.remove();
  }

  private show(usulan: Snapshot): void {
    this.usulan = usulan;
    this.overlay.redraw();
  }

  private hit(event: LeafletMouseEvent): Picked | null {
    const touch = matchMedia("(pointer: coarse)").matches;
    const { x, y } = event.containerPoint;
    const at = { x: x + this.margin.x, y: y + this.margin.y };
    const target = nearestTarget(this.targets, at.x, at.y, touch ? REACH_THUMB_PX : REACH_MOUSE_PX);
    return target ?? this.areaUnder(event);
  }

  private areaUnder(event: LeafletMouseEvent): Picked | null {
    const at = toUnit(fromLatLng(event.latlng));
    const inward = this.options.levelsAt(this.map.getZoom());
    // Where the filled level has no area, as beneath a kelurahan without RT, the next above is meant.
    const outward = inward.slice(0, inward.indexOf(this.scene.fill) + 1).reverse();
    const found = outward.map((level) => areaAt(this.currentTiles(), level, at));
    const piece = found.find((area) => area !== null && area.level !== "kota");
    if (!piece) return null;
    return { kind: "area", code: piece.code, name: piece.name, level: piece.level };
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
    const size = worldPx(this.map.getZoom());
    const corner = this.map.getPixelBounds().min ?? { x: 0, y: 0 };
    const { x, y } = this.map.getSize();
    return visibleAreas(this.currentTiles(), this.scene.fill)
      .filter((area) => {
        const [px, py] = [area.x * size - corner.x, area.y * size - corner.y];
        return px > 0 && py > 0 && px < x && py < y;
      })
      .map(({ code }) => code);
  }

  private currentTiles() {
    const zoom = this.map.getZoom();
    return [...this.ground.tiles.values()].filter((tile) => tile.loaded && tile.coords.z === zoom);
  }

  /** Brings a place into the window when it is not there. */
  bringIn(position: Position): void {
    const { x, y } = this.map.latLngToContainerPoint(toLatLng(position));
    const size = this.map.getSize();
    const inside = x > 24 && y > 24 && x < size.x - 24 && y < size.y - 24;
    if (!inside) moveTo(this.map, position, this.map.getZoom());
  }

  /** Brings an area that the loaded tiles hold into the window; false when they hold none of it. */
  reveal(code: string, level: Level = this.scene.fill): boolean {
    const found = visibleAreas(this.currentTiles(), level).find((area) => area.code === code);
    if (found) this.bringIn(toPosition(found));
    return found !== undefined;
  }
}
