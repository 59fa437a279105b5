import type { AreaFeature, Position } from "../api/contract";
import { tileFrame, toUnit, worldPx } from "../geo/mercator";
import { EXTENT } from "../geo/mvt";
import { distanceToPath, nearestEdge } from "../geo/nearest";
import type { GroundTile } from "./tiles/tile";

const EQUATOR_M = 40_075_017;

/** True where a street, river, rail or landmark of the tiles lies within so many pixels of a position. */
export function isNearFeature(
  tiles: readonly GroundTile[],
  position: Position,
  reachPx: number,
  zoom: number,
): boolean {
  const at = toUnit(position);
  return tiles.some(({ coords, base }) => {
    const { west, north, side } = tileFrame({ ...coords, z: coords.z - 1 });
    const unitsPerPx = EXTENT / (side * worldPx(zoom));
    const here = { x: ((at.x - west) / side) * EXTENT, y: ((at.y - north) / side) * EXTENT };
    return Object.values(base)
      .flat()
      .flatMap(({ parts }) => parts)
      .some((path) => distanceToPath(here, path) <= reachPx * unitsPerPx);
  });
}

/** The closest whole zoom at which the area's edge is within so many pixels of the position. */
export function zoomToEdge(position: Position, area: AreaFeature, reachPx: number): number {
  const edge = nearestEdge(position, area.geometry);
  if (!edge) return Number.POSITIVE_INFINITY;
  const aroundM = EQUATOR_M * Math.cos((position[1] * Math.PI) / 180);
  return Math.floor(Math.log2((reachPx * aroundM) / (Math.max(edge.distance_m, 1) * worldPx(0))));
}
