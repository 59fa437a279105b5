import { EXTENT } from "../../geo/mvt";

/** A ground tile is twice as wide as those of the pyramid, so it holds four of their pictures. */
const QUARTERS = [
  [0, 0],
  [1, 0],
  [0, 1],
  [1, 1],
] as const;
/** Zooms at which the server draws densities. */
export const PICTURE_ZOOMS = { least: 8, most: 18 };

/** A picture, and where it lies in a ground tile. */
export interface Piece {
  address: string;
  left: number;
  top: number;
  side: number;
}

/** The pictures that fill a ground tile; one zoom closer than they are drawn, one fills it stretched. */
export function piecesOf({ z, x, y }: { z: number; x: number; y: number }): readonly Piece[] {
  if (z < PICTURE_ZOOMS.least || z > PICTURE_ZOOMS.most + 1) return [];
  if (z > PICTURE_ZOOMS.most) {
    return [{ address: `${PICTURE_ZOOMS.most}/${x}/${y}`, left: 0, top: 0, side: EXTENT }];
  }
  const side = EXTENT / 2;
  return QUARTERS.map(([column, row]) => ({
    address: `${z}/${2 * x + column}/${2 * y + row}`,
    left: column * side,
    top: row * side,
    side,
  }));
}
