import type { Map as Leaflet } from "leaflet";
import type { Level } from "../api/contract";
import { tileFrame, type UnitPoint, worldPx } from "../geo/mercator";
import { EXTENT } from "../geo/mvt";
import type { AreaPiece } from "./tiles/pieces";
import type { GroundTile } from "./tiles/tile";

/** An area as far as the loaded tiles hold it. */
export interface VisibleArea extends UnitPoint {
  code: string;
  name: string;
  level: Level;
  /** Width on the unit square of what is loaded. */
  width: number;
}

/** Where the label of an area stands: the middle of its pieces, or of the largest when that is more inside. */
function labelPoint(pieces: AreaPiece[]): UnitPoint {
  const total = pieces.reduce((sum, piece) => sum + piece.weight, 0) || 1;
  const largest = pieces.reduce((best, piece) => (piece.weight > best.weight ? piece : best));
  if (pieces.length === 1 || largest.weight > 0.8 * total) return { x: largest.x, y: largest.y };
  return {
    x: pieces.reduce((sum, piece) => sum + piece.x * piece.weight, 0) / total,
    y: pieces.reduce((sum, piece) => sum + piece.y * piece.weight, 0) / total,
  };
}

/** The areas of a level in the loaded tiles, each once, with the place of its label. */
export function visibleAreas(tiles: Iterable<GroundTile>, level: Level): VisibleArea[] {
  const found = new Map<string, AreaPiece[]>();
  for (const tile of tiles) {
    for (const pieces of tile.pieces.values()) {
      for (const piece of pieces) {
        if (piece.level !== level) continue;
        const known = found.get(piece.code);
        if (known) known.push(piece);
        else found.set(piece.code, [piece]);
      }
    }
  }
  return [...found].map(([code, pieces]) => ({
    ...labelPoint(pieces),
    code,
    name: pieces[0]?.name ?? "",
    level,
    width: Math.max(...pieces.map(({ east }) => east)) - Math.min(...pieces.map(({ west }) => west)),
  }));
}

/** The areas to name: of the first of the levels that is known here, for many cities have no RT. */
export function namedAreas(tiles: readonly GroundTile[], [level, ...wider]: readonly Level[]): VisibleArea[] {
  if (!level) return [];
  const areas = visibleAreas(tiles, level);
  return areas.length > 0 ? areas : namedAreas(tiles, wider);
}

/** The area of a level at a place, or null outside the loaded tiles. */
export function areaAt(tiles: Iterable<GroundTile>, level: Level, at: UnitPoint): AreaPiece | null {
  for (const tile of tiles) {
    const { west, north, side } = tileFrame({ ...tile.coords, z: tile.coords.z - 1 });
    const x = ((at.x - west) / side) * EXTENT;
    const y = ((at.y - north) / side) * EXTENT;
    if (x < 0 || y < 0 || x >= EXTENT || y >= EXTENT) continue;
    for (const pieces of tile.pieces.values()) {
      const hit = pieces.find((piece) => piece.level === level && piece.holds(x, y));
      if (hit) return hit;
    }
  }
  return null;
}

/** The area of the filled level at a place; where that level has none, as beneath a kelurahan without RT, of the next above. */
export function areaUnder(
  tiles: Iterable<GroundTile>,
  at: UnitPoint,
  { levels, fill }: { levels: readonly Level[]; fill: Level },
): AreaPiece | null {
  const known = [...tiles];
  const outward = levels.slice(0, levels.indexOf(fill) + 1).reverse();
  const found = outward.map((level) => areaAt(known, level, at));
  return found.find((area) => area !== null && area.level !== "kota") ?? null;
}

/** Codes of the areas of a level whose middle stands in the window of a map. */
export function areasWithin(map: Leaflet, tiles: Iterable<GroundTile>, level: Level): string[] {
  const size = worldPx(map.getZoom());
  const corner = map.getPixelBounds().min ?? { x: 0, y: 0 };
  const { x: width, y: height } = map.getSize();
  return visibleAreas(tiles, level)
    .filter(({ x, y }) => {
      const [left, top] = [x * size - corner.x, y * size - corner.y];
      return left > 0 && top > 0 && left < width && top < height;
    })
    .map(({ code }) => code);
}

/** The pieces of one area: whatever level it has, in whichever tiles. */
export function piecesOf(
  tiles: Iterable<GroundTile>,
  code: string,
): { tile: GroundTile; piece: AreaPiece }[] {
  return [...tiles].flatMap((tile) => (tile.pieces.get(code) ?? []).map((piece) => ({ tile, piece })));
}
