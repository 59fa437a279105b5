import type { Map as Leaflet } from "leaflet";
import type { Bounds } from "../../api/contract";
import type { Box } from "../../geo/boxes";
import { toLatLng } from "../frame";

/** Of what lies around the city, this much is kept on each side. */
const AROUND_PX = 20;

export interface Copied {
  /** What is worth paper: the rest of the window is left out. */
  bounds: Bounds;
  ground: string;
}

/** The part of the window that the bounds take; all of it where they lie elsewhere. */
function partOf(map: Leaflet, [west, south, east, north]: Bounds): Box {
  // The size that the map was last laid out for: on paper its box has none.
  const { x: width, y: height } = map.getSize();
  const corner = map.latLngToContainerPoint(toLatLng([west, north]));
  const opposite = map.latLngToContainerPoint(toLatLng([east, south]));
  const part = {
    left: Math.max(0, corner.x - AROUND_PX),
    top: Math.max(0, corner.y - AROUND_PX),
    right: Math.min(width, opposite.x + AROUND_PX),
    bottom: Math.min(height, opposite.y + AROUND_PX),
  };
  const seen = part.left < part.right && part.top < part.bottom;
  return seen ? part : { left: 0, top: 0, right: width, bottom: height };
}

/** Draws on a canvas what the window of a map shows, piece by piece where each stands now. */
export function copyWindow(map: Leaflet, target: HTMLCanvasElement, { bounds, ground }: Copied): void {
  const { left, top, right, bottom } = partOf(map, bounds);
  const own = map.getContainer().getBoundingClientRect();
  const ratio = Math.max(1, window.devicePixelRatio);
  target.width = (right - left) * ratio;
  target.height = (bottom - top) * ratio;
  const context = target.getContext("2d") as CanvasRenderingContext2D;
  context.scale(ratio, ratio);
  context.fillStyle = ground;
  context.fillRect(0, 0, right - left, bottom - top);
  for (const piece of map.getContainer().querySelectorAll("canvas")) {
    const box = piece.getBoundingClientRect();
    if (piece.width === 0 || box.width === 0) continue;
    context.drawImage(piece, box.left - own.left - left, box.top - own.top - top, box.width, box.height);
  }
}
