import type { LatLng, Map as Leaflet, LeafletEvent, Point, ZoomAnimEvent } from "leaflet";
import type { Box } from "../geo/boxes";
import { type UnitPoint, worldPx } from "../geo/mercator";
import type { Steps } from "../geo/steps";
import { DomUtil, Layer } from "./leaflet";
import type { SlicedQueue } from "./tiles/queue";

// The canvas reaches this share of the window beyond each side, so that a drag shows no bare border.
const MARGIN = 0.25;

/** The canvas and the way from the unit square to its pixels. */
export interface Drawing {
  context: CanvasRenderingContext2D;
  zoom: number;
  width: number;
  height: number;
  /** The window on the canvas, which reaches beyond it. */
  shown: Box;
  /** Where the corner of the whole square would be, in pixels of the canvas. */
  origin: UnitPoint;
  place: (at: UnitPoint) => UnitPoint;
}

export interface OverlaySource {
  queue: SlicedQueue;
  draw: (drawing: Drawing) => Steps<void>;
  /** True while there is nothing to draw: then there is no canvas either, which costs as much when empty. */
  empty?: () => boolean;
  pane: "tilePane" | "overlayPane";
  zIndex: number;
}

/** A finished canvas and the place of the world where it lies. */
interface Sheet {
  canvas: HTMLCanvasElement;
  corner: LatLng;
  zoom: number;
}

/** A canvas over the whole window for what must know of its neighbours; the old one stays until the new is drawn. */
export class Overlay extends Layer {
  private sheet: Sheet | null = null;
  private spare: HTMLCanvasElement | null = null;
  private scheduled = 0;

  constructor(private readonly source: OverlaySource) {
    super();
  }

  override onAdd(_map: Leaflet): this {
    this.redraw();
    return this;
  }

  override onRemove(): this {
    cancelAnimationFrame(this.scheduled);
    this.sheet?.canvas.remove();
    return this;
  }

  override getEvents() {
    return {
      moveend: () => this.redraw(),
      resize: () => this.redraw(),
      viewreset: () => this.settle(),
      zoomend: () => this.settle(),
      zoomanim: (event: LeafletEvent) => this.follow(event as ZoomAnimEvent),
    };
  }

  /**
   * Draws once after the next frame, however often it is asked.
   *
   * A drawing that has begun comes to its end: dropped for each newer one, none would where changes are quick.
   */
  redraw(): void {
    cancelAnimationFrame(this.scheduled);
    this.scheduled = requestAnimationFrame(() => void this.source.queue.runLatest(this, () => this.draw()));
  }

  private *draw(): Steps<void> {
    if (!this._map) return;
    if (this.source.empty?.()) {
      this.clear();
      return;
    }
    const canvas = this.spare ?? this.newCanvas();
    const [corner, drawing] = this.prepare(canvas);
    for (const step of this.source.draw(drawing)) {
      yield step;
      if (!this._map) return;
    }
    this.spare = this.sheet?.canvas ?? null;
    this.sheet = { canvas, corner, zoom: drawing.zoom };
    this.settle();
    this._map.getPanes()[this.source.pane]?.append(canvas);
    this.spare?.remove();
  }

  private clear(): void {
    this.sheet?.canvas.remove();
    this.spare ??= this.sheet?.canvas ?? null;
    this.sheet = null;
  }

  private newCanvas(): HTMLCanvasElement {
    const canvas = document.createElement("canvas");
    canvas.className = "leaflet-zoom-animated";
    canvas.style.zIndex = String(this.source.zIndex);
    canvas.setAttribute("aria-hidden", "true");
    this.spare = canvas;
    return canvas;
  }

  private prepare(canvas: HTMLCanvasElement): [corner: LatLng, drawing: Drawing] {
    const size = this._map.getSize();
    const offset = { x: -Math.round(size.x * MARGIN), y: -Math.round(size.y * MARGIN) };
    const width = size.x - 2 * offset.x;
    const height = size.y - 2 * offset.y;
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    canvas.width = width * ratio;
    canvas.height = height * ratio;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
    const context = canvas.getContext("2d") as CanvasRenderingContext2D;
    context.scale(ratio, ratio);
    const zoom = this._map.getZoom();
    const world = worldPx(zoom);
    const view = this._map.getPixelBounds().min ?? { x: 0, y: 0 };
    const origin = { x: -view.x - offset.x, y: -view.y - offset.y };
    const place = (at: UnitPoint) => ({ x: at.x * world + origin.x, y: at.y * world + origin.y });
    const corner = this._map.containerPointToLatLng([offset.x, offset.y]);
    const shown = { left: -offset.x, top: -offset.y, right: size.x - offset.x, bottom: size.y - offset.y };
    return [corner, { context, zoom, width, height, shown, origin, place }];
  }

  /** Lays the sheet where it belongs at the present zoom. */
  private settle(): void {
    if (!this.sheet || !this._map) return;
    const { canvas, corner, zoom } = this.sheet;
    const scale = this._map.getZoomScale(this._map.getZoom(), zoom);
    DomUtil.setTransform(canvas, this._map.latLngToLayerPoint(corner), scale);
  }

  /** Scales the sheet with the tiles while a zoom is animated. */
  private follow(event: ZoomAnimEvent): void {
    if (!this.sheet) return;
    const { canvas, corner, zoom } = this.sheet;
    // Leaflet keeps this method for its own renderers; there is no public one for the same place.
    const moved = this._map as unknown as {
      _latLngToNewLayerPoint: (at: LatLng, zoom: number, centre: unknown) => Point;
    };
    const at = moved._latLngToNewLayerPoint(corner, event.zoom, event.center);
    DomUtil.setTransform(canvas, at, this._map.getZoomScale(event.zoom, zoom));
  }
}
