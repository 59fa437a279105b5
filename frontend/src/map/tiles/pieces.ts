import type { Coords } from "leaflet";
import type { Level } from "../../api/contract";
import { borderLines } from "../../geo/edges";
import { tileFrame, type UnitPoint } from "../../geo/mercator";
import { EXTENT, type Shape } from "../../geo/mvt";
import { centroid, isInside, reach } from "../../geo/rings";

/** What one ground tile holds of one area, measured once when the tile comes. */
export class AreaPiece implements UnitPoint {
  readonly code: string;
  readonly name: string;
  /** Centre of mass, on the unit square. */
  readonly x: number;
  readonly y: number;
  readonly weight: number;
  /** Whether that centre is inside the piece. */
  readonly inside: boolean;
  readonly west: number;
  readonly east: number;
  private readonly box: ReturnType<typeof reach>;
  private lines: number[][] | null = null;

  constructor(
    coords: Coords,
    readonly level: Level,
    readonly shape: Shape,
  ) {
    const { west, north, side } = tileFrame({ ...coords, z: coords.z - 1 });
    const scale = side / EXTENT;
    const middle = centroid(shape.parts);
    this.box = reach(shape.parts);
    this.code = String(shape.tags.code);
    this.name = String(shape.tags.name ?? "");
    this.x = west + middle.x * scale;
    this.y = north + middle.y * scale;
    this.weight = middle.weight;
    this.inside = isInside(shape.parts, middle.x, middle.y);
    this.west = west + this.box.left * scale;
    this.east = west + this.box.right * scale;
  }

  /** True when a place in tile units is in the piece. */
  holds(x: number, y: number): boolean {
    const { left, right, top, bottom } = this.box;
    return x >= left && x <= right && y >= top && y <= bottom && isInside(this.shape.parts, x, y);
  }

  /** Its outline without the cuts of the tile; most pieces are never outlined. */
  get border(): number[][] {
    this.lines ??= borderLines(this.shape.parts);
    return this.lines;
  }
}
