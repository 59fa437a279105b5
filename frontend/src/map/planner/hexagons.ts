import { tileFrame, toUnit } from "../../geo/mercator";
import { EXTENT } from "../../geo/mvt";
import { DREW, type Steps } from "../../geo/steps";
import type { Palette } from "../palette";
import type { GroundTile } from "../tiles/tile";
import type { ClassedHexagon } from "./scene";

const STEP_HEXAGONS = 60;

/** A hexagon on the unit square. */
export interface PlacedHexagon {
  corners: Float64Array;
  west: number;
  east: number;
  north: number;
  south: number;
  step: number;
}

export function placeHexagon({ ring, step }: ClassedHexagon): PlacedHexagon {
  const corners = new Float64Array(ring.length * 2);
  const units = ring.map(toUnit);
  for (const [index, { x, y }] of units.entries()) corners.set([x, y], 2 * index);
  const xs = units.map(({ x }) => x);
  const ys = units.map(({ y }) => y);
  const [west, east, north, south] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  return { corners, west, east, north, south, step };
}

/** The hexagons that meet a ground tile, each in the colour of its class with a thin line of the land around it. */
export function* drawHexagons(
  context: CanvasRenderingContext2D,
  tile: GroundTile,
  hexagons: readonly PlacedHexagon[],
  palette: Palette,
): Steps<void> {
  const { west, north, side } = tileFrame({ ...tile.coords, z: tile.coords.z - 1 });
  context.lineWidth = EXTENT / 512;
  context.strokeStyle = palette.land;
  for (const [index, hexagon] of hexagons.entries()) {
    if (index % STEP_HEXAGONS === STEP_HEXAGONS - 1) yield DREW;
    const beside = hexagon.east < west || hexagon.west > west + side;
    if (beside || hexagon.south < north || hexagon.north > north + side) continue;
    context.beginPath();
    for (let at = 0; at + 1 < hexagon.corners.length; at += 2) {
      const x = (((hexagon.corners[at] ?? 0) - west) / side) * EXTENT;
      const y = (((hexagon.corners[at + 1] ?? 0) - north) / side) * EXTENT;
      context[at === 0 ? "moveTo" : "lineTo"](x, y);
    }
    context.closePath();
    context.fillStyle = palette.need[hexagon.step] ?? palette.land;
    context.fill();
    context.stroke();
  }
}
