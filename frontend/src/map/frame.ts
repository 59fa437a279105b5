import type { LatLngTuple, Map as Leaflet } from "leaflet";
import type { Bounds, Position } from "../api/contract";
import { NEAR_SHARE } from "../geo/bounds";
import type { Box } from "../geo/boxes";
import { centre, toPosition, toUnit, worldPx, zoomToFit } from "../geo/mercator";
import { roomFor } from "../geo/room";
import { DomUtil, LeafletMap } from "./leaflet";

export const MIN_ZOOM = 9;
export const MAX_ZOOM = 19;
const PAN_PX = 100;

export interface View {
  centre: Position;
  zoom: number;
}

// The one crossing: longitude first everywhere else, latitude first in Leaflet.
export const toLatLng = ([longitude, latitude]: Position): LatLngTuple => [latitude, longitude];
export const fromLatLng = ({ lng, lat }: { lng: number; lat: number }): Position => [lng, lat];

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** A bare map in the container; it moves without animation for readers who asked for that. */
export function createFrame(container: HTMLElement, view: View): Leaflet {
  const map = new LeafletMap(container, {
    zoomControl: false,
    attributionControl: false,
    // Each page watches the box itself; a window that is printed is no new size.
    trackResize: false,
    minZoom: MIN_ZOOM,
    maxZoom: MAX_ZOOM,
    zoomAnimation: !calm(),
    fadeAnimation: !calm(),
    inertia: !calm(),
    maxBoundsViscosity: 0.6,
  });
  map.setView(toLatLng(view.centre), view.zoom, { animate: false });
  return map;
}

/** Nothing is drawn into less, however much stands over the map. */
const LEAST_PX = 80;
/** This share of the width and height may lie under what stands there: zooms are whole, and the next is half as large. */
const SPILL_SHARE = 0.1;

const sizeOf = (container: HTMLElement) => ({ width: container.clientWidth, height: container.clientHeight });

/** The centre at which a position stands in the middle of a box of the window. */
export function centreFor(position: Position, container: HTMLElement, free: Box, zoom: number): Position {
  const { width, height } = sizeOf(container);
  const at = toUnit(position);
  return toPosition({
    x: at.x + (width / 2 - (free.left + free.right) / 2) / worldPx(zoom),
    y: at.y + (height / 2 - (free.top + free.bottom) / 2) / worldPx(zoom),
  });
}

/** The view that shows the bounds, all but a tenth, in the part of a container that nothing stands on. */
export function fittingView(bounds: Bounds, container: HTMLElement, standing: readonly Box[] = []): View {
  const [west, south, east, north] = bounds;
  const [a, b] = [toUnit([west, north]), toUnit([east, south])];
  const shape = { width: Math.max(b.x - a.x, 1e-12), height: Math.max(b.y - a.y, 1e-12) };
  const free = roomFor(shape, sizeOf(container), standing);
  const width = Math.max(LEAST_PX, free.right - free.left) / (1 - SPILL_SHARE);
  const height = Math.max(LEAST_PX, free.bottom - free.top) / (1 - SPILL_SHARE);
  const zoom = Math.max(MIN_ZOOM, zoomToFit(bounds, width, height, MAX_ZOOM));
  return { centre: centreFor(centre(bounds), container, free, zoom), zoom };
}

/**
 * Keeps the window near the city, so that nobody is lost at sea: within a share of its width and height around it.
 *
 * Where the window itself is wider than that, Leaflet puts the city in its middle, whatever stands there.
 */
export function keepNear(map: Leaflet, [west, south, east, north]: Bounds, share = NEAR_SHARE): void {
  const marginX = (east - west) * share;
  const marginY = (north - south) * share;
  map.setMaxBounds([
    [south - marginY, west - marginX],
    [north + marginY, east + marginX],
  ]);
}

const PANS: Record<string, [number, number]> = {
  ArrowLeft: [-PAN_PX, 0],
  ArrowRight: [PAN_PX, 0],
  ArrowUp: [0, -PAN_PX],
  ArrowDown: [0, PAN_PX],
};
const ZOOMS: Record<string, number> = { "+": 1, "=": 1, "-": -1, _: -1 };

/** Moves the map for one of its own keys; false when the key is none of them. */
export function moveByKey(map: Leaflet, key: string): boolean {
  const pan = PANS[key];
  if (pan) map.panBy(pan, { animate: !calm(), duration: 0.15 });
  const step = ZOOMS[key];
  if (step) map.setZoom(map.getZoom() + step);
  return Boolean(pan || step);
}

/** Moves at once. */
export function placeAt(map: Leaflet, position: Position, zoom: number): void {
  map.setView(toLatLng(position), zoom, { animate: false });
}

/** Flies where the reader did not ask for calm; at most 0.6 s. Says whether the map is still on its way. */
export function moveTo(map: Leaflet, position: Position, zoom: number): boolean {
  const flies = !calm();
  if (flies) map.flyTo(toLatLng(position), zoom, { duration: 0.5 });
  else placeAt(map, position, zoom);
  return flies;
}

export { DomUtil };
