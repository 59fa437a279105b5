import type { Map as Leaflet } from "leaflet";
import type { Bounds } from "../../api/contract";
import type { Box } from "../../geo/boxes";
import { toLatLng } from "../frame";

/** At most this share of the window's width and height is taken from beyond its edges, where names are drawn too. */
const SPILL_SHARE = 0.2;
/** Of what lies around the city, this much is kept on each side. */
const AROUND_PX = 20;

export interface Copied {
  /** What is worth paper: the rest of the window is left out. */
  bounds: Bounds;
  ground: string;
}

/** A piece of the map in pixels of its box. */
interface Piece {
  canvas: HTMLCanvasElement;
  box: Box;
}

function piecesOf(map: Leaflet): Piece[] {
  const own = map.getContainer().getBoundingClientRect();
  return [...map.getContainer().querySelectorAll("canvas")].map((canvas) => {
    const { left, top, right, bottom } = canvas.getBoundingClientRect();
    return {
      canvas,
      box: {
        left: left - own.left,
        top: top - own.top,
        right: right - own.left,
        bottom: bottom - own.top,
      },
    };
  });
}

/** The window, and so much around it as the ground reaches beyond: a city may spill a little over the edge. */
function drawnPart(map: Leaflet, pieces: readonly Piece[]): Box {
  // The size that the map was last laid out for: on paper its box has none.
  const { x: width, y: height } = map.getSize();
  const ground = pieces.filter(({ canvas }) => canvas.parentElement?.classList.contains("ground-tile"));
  const reach = (side: keyof Box, pick: (...values: number[]) => number, edge: number) =>
    pick(edge, ...ground.map(({ box }) => box[side]));
  return {
    left: Math.max(-width * SPILL_SHARE, reach("left", Math.min, 0)),
    top: Math.max(-height * SPILL_SHARE, reach("top", Math.min, 0)),
    right: Math.min(width * (1 + SPILL_SHARE), reach("right", Math.max, width)),
    bottom: Math.min(height * (1 + SPILL_SHARE), reach("bottom", Math.max, height)),
  };
}

/** The part of what is drawn that the bounds take; all of it where they lie elsewhere. */
function partOf(map: Leaflet, [west, south, east, north]: Bounds, drawn: Box): Box {
  const corner = map.latLngToContainerPoint(toLatLng([west, north]));
  const opposite = map.latLngToContainerPoint(toLatLng([east, south]));
  const part = {
    left: Math.max(drawn.left, corner.x - AROUND_PX),
    top: Math.max(drawn.top, corner.y - AROUND_PX),
    right: Math.min(drawn.right, opposite.x + AROUND_PX),
    bottom: Math.min(drawn.bottom, opposite.y + AROUND_PX),
  };
  return part.left < part.right && part.top < part.bottom ? part : drawn;
}

/** Draws on a canvas what the window of a map shows, piece by piece where each stands now. */
export function copyWindow(map: Leaflet, target: HTMLCanvasElement, { bounds, ground }: Copied): void {
  const pieces = piecesOf(map);
  const { left, top, right, bottom } = partOf(map, bounds, drawnPart(map, pieces));
  const ratio = Math.max(1, window.devicePixelRatio);
  target.width = (right - left) * ratio;
  target.height = (bottom - top) * ratio;
  const context = target.getContext("2d") as CanvasRenderingContext2D;
  context.scale(ratio, ratio);
  context.fillStyle = ground;
  context.fillRect(0, 0, right - left, bottom - top);
  for (const { canvas, box } of pieces) {
    if (canvas.width === 0 || box.left === box.right) continue;
    context.drawImage(canvas, box.left - left, box.top - top, box.right - box.left, box.bottom - box.top);
  }
}
