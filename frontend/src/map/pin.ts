import type { Map as Leaflet, LeafletMouseEvent } from "leaflet";
import { DivIcon } from "leaflet/src/layer/marker/DivIcon.js";
import { Marker } from "leaflet/src/layer/marker/Marker.js";
import type { AreaFeature, Bounds, Level, Position } from "../api/contract";
import { boundsOf, isNear } from "../geo/bounds";
import { boxAround, TakenBoxes } from "../geo/boxes";
import { centre, toUnit, worldPx, zoomToFit } from "../geo/mercator";
import type { Steps } from "../geo/steps";
import { namedAreas } from "./areas";
import { landmarksOf } from "./draw";
import { drawAreaLabels, drawLandmarks, LabelWriter, TextWidths } from "./draw/labels";
import { createFrame, fittingView, fromLatLng, keepNear, MIN_ZOOM, moveByKey, toLatLng } from "./frame";
import { isNearFeature, zoomToEdge } from "./known";
import { type Drawing, Overlay } from "./overlay";
import { type Palette, readPalette } from "./palette";
import { GroundLayer, type TiledCity } from "./tiles/ground";
import { SlicedQueue } from "./tiles/queue";

/** What the page tells the map about the place that was chosen. */
export interface PinScene {
  position: Position | null;
  accuracy_m: number | null;
  /** The area the pin is in, outlined. */
  own: AreaFeature | null;
  /** The nearest point of the city, when the pin is outside. */
  towards: Position | null;
  /** False once the place is settled: the pin can then be neither dragged nor moved by a tap. */
  movable: boolean;
}

export interface PinMapSource {
  city: TiledCity;
  bounds: Bounds;
  moved: (position: Position) => void;
  /** Tiles are asked for, so that what failed before is past. */
  begun: () => void;
  failed: () => void;
}

export interface PinMap {
  show: (scene: PinScene) => void;
  zoomBy: (steps: number) => void;
  lookAt: (position: Position) => void;
  /** Shows the bounds, from no closer than a street is needed. */
  fit: (bounds: Bounds) => void;
  centre: () => Position;
  repaint: () => void;
  /** Asks all tiles again. */
  retry: () => void;
  resize: () => void;
  remove: () => void;
}

/** A tap from farther away than this is too rough for a pin: the map comes closer as well. */
const STREET_ZOOM = 18;
const LANDMARK_ZOOM = 15;
/** A border at the very edge of the window is not seen. */
const EDGE_ROOM_PX = 24;
const PIN_PX = { width: 44, height: 52 };
const KEY_STEP_PX = 8;
const KEY_LEAP_PX = 48;
const EARTH_M = 40_075_017;

const KEY_WAYS: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

const KEY_ZOOMS: Record<string, number> = { "+": 1, "=": 1, "-": -1, _: -1 };

function levelsAt(zoom: number): Level[] {
  if (zoom < 13) return ["kecamatan", "kelurahan"];
  return zoom < 15 ? ["kecamatan", "kelurahan", "rw"] : ["kecamatan", "kelurahan", "rw", "rt"];
}

/** Numbers of RT and RW say little from afar, so kelurahan keep their names until the streets are near. */
function namedLevelsAt(zoom: number): Level[] {
  if (zoom < 15) return ["kelurahan"];
  return zoom < 17 ? ["rw", "kelurahan"] : ["rt", "rw", "kelurahan"];
}

const pinIcon = () =>
  new DivIcon({
    className: "pin-marker",
    iconSize: [PIN_PX.width, PIN_PX.height],
    iconAnchor: [PIN_PX.width / 2, PIN_PX.height - 4],
    html: '<svg viewBox="0 0 44 52" aria-hidden="true"><path d="M22 48C12 36 7 28.5 7 20a15 15 0 0 1 30 0c0 8.500-5 16-15 28Z"/><circle cx="22" cy="20" r="5.5"/></svg>',
  });

function ringsOf({ geometry }: AreaFeature): Position[][] {
  const { coordinates } = geometry;
  return geometry.type === "Polygon" ? (coordinates as Position[][]) : (coordinates as Position[][][]).flat();
}

class SceneDrawing {
  constructor(
    private readonly drawing: Drawing,
    private readonly palette: Palette,
  ) {}

  private trace(points: Position[], closed: boolean): void {
    const { context, place } = this.drawing;
    points.forEach((position, index) => {
      const { x, y } = place(toUnit(position));
      if (index === 0) context.moveTo(x, y);
      else context.lineTo(x, y);
    });
    if (closed) context.closePath();
  }

  area(feature: AreaFeature): void {
    const { context } = this.drawing;
    context.beginPath();
    for (const ring of ringsOf(feature)) this.trace(ring, true);
    context.globalAlpha = 0.12;
    context.fillStyle = this.palette.plan;
    context.fill("evenodd");
    context.globalAlpha = 1;
    context.lineWidth = 3;
    context.lineJoin = "round";
    context.strokeStyle = this.palette.plan;
    context.stroke();
  }

  accuracy(position: Position, accuracy_m: number): void {
    const { context, place, zoom } = this.drawing;
    const { x, y } = place(toUnit(position));
    const metresPerPx = (EARTH_M * Math.cos((position[1] * Math.PI) / 180)) / worldPx(zoom);
    context.beginPath();
    context.arc(x, y, accuracy_m / metresPerPx, 0, 2 * Math.PI);
    context.globalAlpha = 0.16;
    context.fillStyle = this.palette.plan;
    context.fill();
    context.globalAlpha = 1;
  }

  towards(from: Position, to: Position): void {
    const { context } = this.drawing;
    context.beginPath();
    this.trace([from, to], false);
    context.setLineDash([6, 5]);
    context.lineWidth = 2;
    context.strokeStyle = this.palette.mark;
    context.stroke();
    context.setLineDash([]);
  }
}

class PinnedMap implements PinMap {
  private scene: PinScene = { position: null, accuracy_m: null, own: null, towards: null, movable: true };
  private palette = readPalette();
  private readonly widths = new TextWidths();
  private marker: Marker | null = null;
  private readonly ground: GroundLayer;
  private readonly queue = new SlicedQueue();
  private readonly overlay = new Overlay({
    queue: this.queue,
    draw: (drawing) => this.draw(drawing),
    pane: "overlayPane",
    zIndex: 1,
  });
  private readonly onKey = (event: KeyboardEvent) => this.key(event);

  constructor(
    private readonly map: Leaflet,
    private readonly source: PinMapSource,
    /** True while the map has come close by itself: perhaps so close that the place cannot be known. */
    private cameClose: boolean,
  ) {
    this.ground = new GroundLayer(
      {
        city: source.city,
        queue: this.queue,
        levelsAt,
        look: () => ({ palette: this.palette, classes: null, fill: "rt", dashed: false, overBasemap: false }),
        failed: source.failed,
      },
      { minZoom: map.getMinZoom(), maxZoom: map.getMaxZoom() },
    );
    this.ground.on("loading", source.begun);
    this.ground.addTo(map);
    this.overlay.addTo(map);
    this.ground.on("tileload", () => this.overlay.redraw());
    this.ground.on("load", () => this.stepBack());
    map.on("click", (event) => this.tap(event));
    map.getContainer().addEventListener("keydown", this.onKey);
  }

  private *draw(drawing: Drawing): Steps<void> {
    const { own, position, accuracy_m, towards } = this.scene;
    const scene = new SceneDrawing(drawing, this.palette);
    if (own) scene.area(own);
    if (position && accuracy_m) scene.accuracy(position, accuracy_m);
    if (position && towards) scene.towards(position, towards);
    yield* this.label(drawing, position);
  }

  /** Names of areas and landmarks, by which people find their own street; none under the pin. */
  private *label(drawing: Drawing, position: Position | null): Steps<void> {
    const pin = position && drawing.place(toUnit(position));
    const taken = new TakenBoxes();
    if (pin) taken.add(boxAround(pin.x, pin.y - PIN_PX.height / 2, PIN_PX.width, PIN_PX.height));
    const tiles = [...this.ground.tiles.values()].filter(({ loaded }) => loaded);
    const areas = namedAreas(tiles, namedLevelsAt(drawing.zoom));
    const writer = new LabelWriter(drawing.context, { halo: this.palette.land, taken, widths: this.widths });
    yield* drawAreaLabels(drawing, this.palette, writer, areas);
    if (drawing.zoom >= LANDMARK_ZOOM)
      yield* drawLandmarks(drawing, this.palette, writer, landmarksOf(tiles));
  }

  private tap(event: LeafletMouseEvent): void {
    if (!this.scene.movable) return;
    this.put(fromLatLng(event.latlng));
  }

  private put(position: Position): void {
    if (this.map.getZoom() < STREET_ZOOM) this.lookAt(position);
    this.source.moved(position);
  }

  private key(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const way = KEY_WAYS[event.key];
    const { position, movable } = this.scene;
    let done = true;
    if (movable && event.key === "Enter") this.put(this.centre());
    else if (way && position && movable)
      this.shift(position, way, event.shiftKey ? KEY_LEAP_PX : KEY_STEP_PX);
    else if (KEY_ZOOMS[event.key]) this.zoomBy(KEY_ZOOMS[event.key] ?? 0);
    else done = moveByKey(this.map, event.key);
    if (done) event.preventDefault();
  }

  private shift(position: Position, [right, down]: [number, number], px: number): void {
    const at = this.map.latLngToContainerPoint(toLatLng(position)).add([right * px, down * px]);
    const moved = fromLatLng(this.map.containerPointToLatLng(at));
    this.map.panInside(toLatLng(moved), { padding: [48, 64], animate: false });
    this.source.moved(moved);
  }

  private place(position: Position | null): void {
    if (!position) {
      this.marker?.remove();
      this.marker = null;
      return;
    }
    if (this.marker) {
      this.marker.setLatLng(toLatLng(position));
      return;
    }
    const marker = new Marker(toLatLng(position), {
      icon: pinIcon(),
      draggable: true,
      keyboard: false,
      autoPan: true,
    });
    marker.on("dragend", () => this.source.moved(fromLatLng(marker.getLatLng())));
    this.marker = marker.addTo(this.map);
  }

  show(scene: PinScene): void {
    this.scene = scene;
    this.place(scene.position);
    if (scene.movable) this.marker?.dragging?.enable();
    else this.marker?.dragging?.disable();
    this.overlay.redraw();
    this.stepBack();
  }

  /** From ground with nothing to know the place by back to where the border of its area is in view. */
  private stepBack(): void {
    const { own, position } = this.scene;
    if (!this.cameClose || !own || !position || this.ground.isLoading()) return;
    this.cameClose = false;
    const { clientWidth, clientHeight } = this.map.getContainer();
    const reachPx = Math.min(clientWidth, clientHeight) / 2 - EDGE_ROOM_PX;
    const tiles = [...this.ground.tiles.values()].filter(({ loaded }) => loaded);
    if (isNearFeature(tiles, position, reachPx, this.map.getZoom())) return;
    const zoom = Math.max(MIN_ZOOM, zoomToEdge(position, own, reachPx));
    if (zoom < this.map.getZoom()) this.map.setZoomAround(toLatLng(position), zoom, { animate: false });
  }

  zoomBy(steps: number): void {
    const zoom = this.map.getZoom() + steps;
    const pin = this.marker?.getLatLng();
    // Around the pin while it is in view, so that closer means closer to it.
    if (pin && this.map.getBounds().contains(pin)) this.map.setZoomAround(pin, zoom);
    else this.map.setZoom(zoom);
  }

  lookAt(position: Position): void {
    if (!isNear(position, this.source.bounds)) {
      this.lookFromAfar(position);
      return;
    }
    // A flight would ask for the tiles of every zoom on its way, which a slow network pays for.
    this.cameClose = this.map.getZoom() < STREET_ZOOM;
    this.map.setView(toLatLng(position), Math.max(STREET_ZOOM, this.map.getZoom()), { animate: false });
  }

  /** The city with the position beside it; where both do not fit, the city, to which it has to come. */
  private lookFromAfar(position: Position): void {
    const { bounds } = this.source;
    const [west, south, east, north] = bounds;
    const both = boundsOf([[west, south], [east, north], position]) ?? bounds;
    const { clientWidth, clientHeight } = this.map.getContainer();
    // Room for the pin itself on every side.
    const [width, height] = [clientWidth - 2 * PIN_PX.width, clientHeight - 2 * PIN_PX.height];
    const zoom = zoomToFit(both, width, height, STREET_ZOOM);
    if (zoom < MIN_ZOOM) {
      this.fit(bounds);
      return;
    }
    keepNear(this.map, both);
    this.map.setView(toLatLng(centre(both)), zoom, { animate: false });
  }

  fit(bounds: Bounds): void {
    const view = fittingView(bounds, this.map.getContainer());
    this.map.setView(toLatLng(view.centre), Math.min(view.zoom, STREET_ZOOM), { animate: false });
  }

  centre(): Position {
    return fromLatLng(this.map.getCenter());
  }

  repaint(): void {
    this.palette = readPalette();
    this.ground.repaint();
    this.overlay.redraw();
  }

  retry(): void {
    // Said here: where other tiles are still on their way, the layer takes this for the same loading.
    this.source.begun();
    this.ground.redraw();
  }

  resize(): void {
    this.map.invalidateSize({ animate: false });
  }

  remove(): void {
    this.map.getContainer().removeEventListener("keydown", this.onKey);
    this.map.remove();
  }
}

/** A map that carries one pin: tap, drag or arrow keys move it, and every move is told to `source.moved`. */
export function createPinMap(container: HTMLElement, source: PinMapSource, start: Position | null): PinMap {
  const isHere = start !== null && isNear(start, source.bounds);
  const view = isHere ? { centre: start, zoom: STREET_ZOOM } : fittingView(source.bounds, container);
  const map = createFrame(container, view);
  keepNear(map, source.bounds);
  const pinned = new PinnedMap(map, source, isHere);
  if (start && !isHere) pinned.lookAt(start);
  return pinned;
}
