import type { Level } from "../api/contract";
import { tileFrame, type UnitPoint } from "../geo/mercator";
import { EXTENT, type Shape } from "../geo/mvt";
import { centroid, isInside } from "../geo/rings";
import type { GroundTile } from "./tiles/ground";

/** An area as far as the loaded tiles hold it. */
export interface VisibleArea extends UnitPoint {
  code: string;
  name: string;
  level: Level;
  /** Width on the unit square of what is loaded. */
  width: number;
}

interface Piece extends UnitPoint {
  weight: number;
  west: number;
  east: number;
  inside: boolean;
}

const frameOf = (tile: GroundTile) => tileFrame({ ...tile.coords, z: tile.coords.z - 1 });

function pieceOf(tile: GroundTile, shape: Shape): Piece {
  const { west, north, side } = frameOf(tile);
  const middle = centroid(shape.parts);
  let least = EXTENT;
  let most = 0;
  for (const part of shape.parts) {
    for (let index = 0; index < part.length; index += 2) {
      least = Math.min(least, part[index] ?? 0);
      most = Math.max(most, part[index] ?? 0);
    }
  }
  const scale = side / EXTENT;
  return {
    x: west + middle.x * scale,
    y: north + middle.y * scale,
    weight: middle.weight,
    west: west + least * scale,
    east: west + most * scale,
    inside: isInside(shape.parts, middle.x, middle.y),
  };
}

/** Where the label of an area stands: the middle of its pieces, or of the largest when that is more inside. */
function labelPoint(pieces: Piece[]): UnitPoint {
  const total = pieces.reduce((sum, piece) => sum + piece.weight, 0) || 1;
  const largest = pieces.reduce((best, piece) => (piece.weight > best.weight ? piece : best));
  if (pieces.length === 1 || largest.weight > 0.8 * total) return largest;
  return {
    x: pieces.reduce((sum, piece) => sum + piece.x * piece.weight, 0) / total,
    y: pieces.reduce((sum, piece) => sum + piece.y * piece.weight, 0) / total,
  };
}

/** The areas of a level in the loaded tiles, each once, with the place of its label. */
export function visibleAreas(tiles: Iterable<GroundTile>, level: Level): VisibleArea[] {
  const found = new Map<string, { name: string; pieces: Piece[] }>();
  for (const tile of tiles) {
    for (const shape of tile.areas[level] ?? []) {
      const code = String(shape.tags.code);
      const entry = found.get(code) ?? { name: String(shape.tags.name ?? ""), pieces: [] };
      entry.pieces.push(pieceOf(tile, shape));
      found.set(code, entry);
    }
  }
  return [...found].map(([code, { name, pieces }]) => ({
    ...labelPoint(pieces),
    code,
    name,
    level,
    width: Math.max(...pieces.map((piece) => piece.east)) - Math.min(...pieces.map((piece) => piece.west)),
  }));
}

/** The area of a level at a place, or null outside the loaded tiles. */
export function areaAt(tiles: Iterable<GroundTile>, level: Level, at: UnitPoint): Shape | null {
  for (const tile of tiles) {
    const { west, north, side } = frameOf(tile);
    const x = ((at.x - west) / side) * EXTENT;
    const y = ((at.y - north) / side) * EXTENT;
    if (x < 0 || y < 0 || x >= EXTENT || y >= EXTENT) continue;
    const hit = (tile.areas[level] ?? []).find((shape) => isInside(shape.parts, x, y));
    if (hit) return hit;
  }
  return null;
}

/** The pieces of one area: whatever level it has, in whichever tiles. */
export function piecesOf(tiles: Iterable<GroundTile>, code: string): { tile: GroundTile; shape: Shape }[] {
  const pieces: { tile: GroundTile; shape: Shape }[] = [];
  for (const tile of tiles) {
    for (const shapes of Object.values(tile.areas)) {
      for (const shape of shapes) if (shape.tags.code === code) pieces.push({ tile, shape });
    }
  }
  return pieces;
}
