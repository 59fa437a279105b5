import type { Box } from "../../geo/boxes";
import { TILE_PX } from "../../geo/mercator";

const SQUARE_PX = 4;
const PER_SIDE = TILE_PX / SQUARE_PX;
const clamp = (square: number) => Math.max(0, Math.min(PER_SIDE - 1, square));

/** Where in a tile places are taken, to squares of a few pixels: the same effort for one symbol and for thousands. */
export class Ground {
  private readonly squares = new Uint8Array(PER_SIDE * PER_SIDE);
  private empty = true;

  /** A place in shares of the tile's side. */
  add(x: number, y: number): void {
    this.empty = false;
    this.squares[clamp(Math.floor(y * PER_SIDE)) * PER_SIDE + clamp(Math.floor(x * PER_SIDE))] = 1;
  }

  /** True when a taken place is in the box or within `reach` of it; the tile begins at `left`, `top`. */
  meets(box: Box, { left, top, reach }: { left: number; top: number; reach: number }): boolean {
    if (this.empty) return false;
    const first = (edge: number) => Math.max(0, Math.floor((edge - reach) / SQUARE_PX));
    const last = (edge: number) => Math.min(PER_SIDE - 1, Math.floor((edge + reach) / SQUARE_PX));
    for (let row = first(box.top - top); row <= last(box.bottom - top); row++) {
      for (let column = first(box.left - left); column <= last(box.right - left); column++) {
        if (this.squares[row * PER_SIDE + column]) return true;
      }
    }
    return false;
  }
}
