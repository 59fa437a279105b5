import type { Map as Leaflet, LeafletMouseEvent } from "leaflet";
import type { AreaFeature, Bounds, Group, Level, Position } from "../../api/contract";
import { boundsOf } from "../../geo/bounds";
import { type Box, boxAround, TakenBoxes } from "../../geo/boxes";
import { toUnit, type UnitPoint } from "../../geo/mercator";
import { nearestTarget } from "../../geo/pick";
import { DREW, type Steps } from "../../geo/steps";
import { namedAreas } from "../areas";
import { drawAreaLabels, LabelWriter, TextWidths, takeStanding } from "../draw/labels";
import { drawChosen, drawSingle } from "../draw/symbols";
import { createFrame, fittingView, fromLatLng, keepNear, moveByKey, placeAt, toLatLng } from "../frame";
import { type Drawing, Overlay } from "../overlay";
import { readPalette } from "../palette";
import { GroundLayer, type TiledCity } from "../tiles/ground";
import { SlicedQueue } from "../tiles/queue";

/** One usulan of an officer's list, at its exact place. */
export interface DeskSpot {
  number: string;
  group: Group;
  position: Position;
}

export interface DeskScene {
  spots: readonly DeskSpot[];
  /** The usulan that is open. */
  chosen: string | null;
  /** The one under the pointer or the focus, in the list or here. */
  pointed: string | null;
  /** Those that are ticked. */
  checked: ReadonlySet<string>;
  /** Where the officer's roles hold. */
  own: readonly AreaFeature[];
  /** Where an usulan is to be put; null while none is. */
  target: Position | null;
}

export interface DeskMapSource {
  container: HTMLElement;
  city: TiledCity;
  bounds: Bounds;
  picked: (number: string) => void;
  /** A tap on the ground; true when it was wanted, and then no usulan is picked. */
  put: (position: Position) => boolean;
  pointed: (number: string | null) => void;
  /** What stands over the map now, in pixels of the container. */
  standing: () => Box[];
  failed: () => void;
}

const SIZE_PX = 11;
const CROSS_PX = 12;
const REACH_MOUSE_PX = 12;
const REACH_THUMB_PX = 22;
const CLOSEST_FIT = 17;
const LABELS_FROM = 15;

function levelsAt(zoom: number): Level[] {
  if (zoom < 13) return ["kecamatan", "kelurahan"];
  return zoom < 15 ? ["kecamatan", "kelurahan", "rw"] : ["kecamatan", "kelurahan", "rw", "rt"];
}

const namedLevelsAt = (zoom: number): Level[] => (zoom < LABELS_FROM ? ["kelurahan"] : ["rw", "kelurahan"]);

function ringsOf({ geometry }: AreaFeature): Position[][] {
  const { coordinates } = geometry;
  return geometry.type === "Polygon" ? (coordinates as Position[][]) : (coordinates as Position[][][]).flat();
}

/** The map of an officer's list: its usulan on the city's own ground, the officer's areas outlined. */
export class DeskMap {
  private readonly map: Leaflet;
  private readonly ground: GroundLayer;
  private readonly overlay: Overlay;
  private readonly widths = new TextWidths();
  private palette = readPalette();
  private scene: DeskScene = {
    spots: [],
    chosen: null,
    pointed: null,
    checked: new Set(),
    own: [],
    target: null,
  };

  constructor(private readonly source: DeskMapSource) {
    const { container, city, bounds } = source;
    this.map = createFrame(container, fittingView(bounds, container));
    keepNear(this.map, bounds);
    const queue = new SlicedQueue();
    this.ground = new GroundLayer(
      {
        city,
        queue,
        levelsAt,
        look: () => ({ palette: this.palette, classes: null, fill: "rt", dashed: false, overBasemap: false }),
        failed: source.failed,
      },
      {},
    );
    this.overlay = new Overlay({
      queue,
      draw: (drawing) => this.draw(drawing),
      pane: "overlayPane",
      zIndex: 1,
    });
    this.ground.addTo(this.map);
    this.overlay.addTo(this.map);
    this.ground.on("tileload load", () => this.overlay.redraw());
    this.map.on("click", (event) => {
      if (source.put(fromLatLng(event.latlng))) return;
      const number = this.hit(event);
      if (number) source.picked(number);
    });
    this.map.on("mousemove", (event) => {
      const number = this.hit(event);
      container.classList.toggle("on-feature", number !== null);
      source.pointed(number);
    });
    this.map.on("mouseout", () => source.pointed(null));
  }

  private hit(event: LeafletMouseEvent): string | null {
    const reach = matchMedia("(pointer: coarse)").matches ? REACH_THUMB_PX : REACH_MOUSE_PX;
    const { x, y } = event.containerPoint;
    const targets = this.scene.spots.map(({ number, position }) => {
      const at = this.map.latLngToContainerPoint(toLatLng(position));
      return { x: at.x, y: at.y, radius: SIZE_PX / 2, item: number };
    });
    return nearestTarget(targets, x, y, reach);
  }

  private *draw(drawing: Drawing): Steps<void> {
    for (const area of this.scene.own) {
      this.outline(drawing, area);
      yield DREW;
    }
    const { context, place } = drawing;
    const { chosen, pointed, checked } = this.scene;
    const taken = new TakenBoxes();
    const last: { at: UnitPoint; group: Group }[] = [];
    for (const { number, group, position } of this.scene.spots) {
      const at = place(toUnit(position));
      taken.add(boxAround(at.x, at.y, 2 * SIZE_PX, 2 * SIZE_PX));
      if (number === chosen || number === pointed) {
        last.push({ at, group });
        continue;
      }
      drawSingle(context, this.palette, group, at, SIZE_PX);
      if (checked.has(number)) this.ring(context, at);
    }
    yield DREW;
    yield* this.label(drawing, taken);
    for (const { at, group } of last) drawChosen(context, this.palette, group, at);
    if (this.scene.target) this.cross(context, place(toUnit(this.scene.target)));
    yield DREW;
  }

  private cross(context: CanvasRenderingContext2D, { x, y }: UnitPoint): void {
    for (const [width, colour] of [
      [6, this.palette.surface],
      [3, this.palette.plan],
    ] as const) {
      context.beginPath();
      context.moveTo(x - CROSS_PX, y);
      context.lineTo(x + CROSS_PX, y);
      context.moveTo(x, y - CROSS_PX);
      context.lineTo(x, y + CROSS_PX);
      context.lineWidth = width;
      context.strokeStyle = colour;
      context.stroke();
    }
  }

  private ring(context: CanvasRenderingContext2D, { x, y }: UnitPoint): void {
    context.beginPath();
    context.arc(x, y, SIZE_PX, 0, 2 * Math.PI);
    context.lineWidth = 2;
    context.strokeStyle = this.palette.ink;
    context.stroke();
  }

  private *label(drawing: Drawing, taken: TakenBoxes): Steps<void> {
    takeStanding(taken, drawing.shown, this.source.standing());
    const tiles = [...this.ground.tiles.values()].filter(({ loaded }) => loaded);
    const areas = namedAreas(tiles, namedLevelsAt(drawing.zoom));
    const writer = new LabelWriter(drawing.context, { halo: this.palette.land, taken, widths: this.widths });
    yield* drawAreaLabels(drawing, this.palette, writer, areas);
  }

  private outline({ context, place }: Drawing, area: AreaFeature): void {
    context.beginPath();
    for (const ring of ringsOf(area)) {
      ring.forEach((position, index) => {
        const { x, y } = place(toUnit(position));
        if (index === 0) context.moveTo(x, y);
        else context.lineTo(x, y);
      });
      context.closePath();
    }
    context.lineJoin = "round";
    context.lineWidth = 3;
    context.strokeStyle = this.palette.plan;
    context.stroke();
  }

  show(scene: DeskScene): void {
    this.scene = scene;
    this.overlay.redraw();
  }

  /** Brings a place into the window when it is not there, and a little closer than the whole city. */
  bringIn(position: Position): void {
    const { x, y } = this.map.latLngToContainerPoint(toLatLng(position));
    const size = this.map.getSize();
    if (x > 32 && y > 32 && x < size.x - 32 && y < size.y - 32) return;
    placeAt(this.map, position, this.map.getZoom());
  }

  /** Shows the officer's areas, else all the usulan there are, else the city. */
  fit(): void {
    const { own, spots } = this.scene;
    const places = own.length > 0 ? own.flatMap(ringsOf).flat() : spots.map(({ position }) => position);
    const bounds = boundsOf(places) ?? this.source.bounds;
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

  centre(): Position {
    return fromLatLng(this.map.getCenter());
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
