import type { Map as Leaflet, LeafletEvent, ZoomAnimEvent } from "leaflet";
import { type UnitPoint, worldPx } from "../geo/mercator";
import { DomUtil, Layer } from "./leaflet";

// The canvas reaches this share of the window beyond each side, so that a drag shows no bare border.
const MARGIN = 0.25;

/** The canvas and the way from the unit square to its pixels. */
export interface Drawing {
  context: CanvasRenderingContext2D;
  zoom: number;
  width: number;
  height: number;
  /** Pixels of the canvas; the window's own pixels are less `margin`. */
  place: (at: UnitPoint) => UnitPoint;
}

/** One canvas over the whole window: selection, labels and symbols, which must know of each other. */
export class Overlay extends Layer {
  private canvas: HTMLCanvasElement | null = null;
  private scheduled = 0;
  /** Where the canvas begins, in pixels of the window. */
  private offset = { x: 0, y: 0 };

  constructor(private readonly draw: (drawing: Drawing) => void) {
    super();
  }

  override onAdd(map: Leaflet): this {
    this.canvas = document.createElement("canvas");
    this.canvas.className = "leaflet-zoom-animated";
    this.canvas.setAttribute("aria-hidden", "true");
    map.getPanes().overlayPane.append(this.canvas);
    this.redraw();
    return this;
  }

  override onRemove(): this {
    cancelAnimationFrame(this.scheduled);
    this.canvas?.remove();
    return this;
  }

  override getEvents() {
    return {
      moveend: () => this.drawNow(),
      resize: () => this.drawNow(),
      zoomanim: (event: LeafletEvent) => this.follow(event as ZoomAnimEvent),
    };
  }

  /** Draws once in the next frame, however often it is asked. */
  redraw(): void {
    cancelAnimationFrame(this.scheduled);
    this.scheduled = requestAnimationFrame(() => this.drawNow());
  }

  /** A place of the unit square in pixels of the window. */
  toWindow(at: UnitPoint): UnitPoint {
    const size = worldPx(this._map.getZoom());
    const corner = this._map.getPixelBounds().min;
    return { x: at.x * size - (corner?.x ?? 0), y: at.y * size - (corner?.y ?? 0) };
  }

  private drawNow(): void {
    const { canvas } = this;
    const context = canvas?.getContext("2d");
    if (!canvas || !context || !this._map) return;
    const size = this._map.getSize();
    this.offset = { x: -Math.round(size.x * MARGIN), y: -Math.round(size.y * MARGIN) };
    const width = size.x - 2 * this.offset.x;
    const height = size.y - 2 * this.offset.y;
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    canvas.width = width * ratio;
    canvas.height = height * ratio;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
    DomUtil.setPosition(canvas, this._map.containerPointToLayerPoint([this.offset.x, this.offset.y]));
    context.scale(ratio, ratio);
    const place = (at: UnitPoint) => {
      const { x, y } = this.toWindow(at);
      return { x: x - this.offset.x, y: y - this.offset.y };
    };
    this.draw({ context, zoom: this._map.getZoom(), width, height, place });
  }

  /** Scales the drawing with the tiles while a zoom is animated; the true drawing follows at its end. */
  private follow(event: ZoomAnimEvent): void {
    if (!this.canvas) return;
    const scale = this._map.getZoomScale(event.zoom, this._map.getZoom());
    const corner = this._map.containerPointToLatLng([this.offset.x, this.offset.y]);
    // Leaflet keeps this method for its own renderers; there is no public one for the same place.
    const moved = this._map as unknown as {
      _latLngToNewLayerPoint: (at: unknown, zoom: number, centre: unknown) => import("leaflet").Point;
    };
    DomUtil.setTransform(this.canvas, moved._latLngToNewLayerPoint(corner, event.zoom, event.center), scale);
  }
}
