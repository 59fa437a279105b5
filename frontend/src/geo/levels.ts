import type { Level } from "../api/contract";

/** From the outermost in. */
export const LEVELS: readonly Level[] = ["kota", "kecamatan", "kelurahan", "rw", "rt"];

/** The level whose areas a zoom is about: kecamatan to 12, kelurahan to 14, RW at 15, RT from 16. */
export function levelOfZoom(zoom: number): Level {
  if (zoom <= 12) return "kecamatan";
  if (zoom <= 14) return "kelurahan";
  return zoom === 15 ? "rw" : "rt";
}

/** That level, or the nearest one above it that the city has; everything below kelurahan may be missing. */
export function presentLevel(wanted: Level, missing: ReadonlySet<Level>): Level {
  const upward = LEVELS.slice(0, LEVELS.indexOf(wanted) + 1).reverse();
  return upward.find((level) => !missing.has(level)) ?? "kota";
}

/** From this zoom each usulan is drawn by itself; below it they are counted in cells. */
export const SINGLE_ZOOM = 15;

/** The levels whose boundaries are drawn at a zoom, the outermost first. */
export function levelsAtZoom(zoom: number): Level[] {
  return LEVELS.slice(0, LEVELS.indexOf(levelOfZoom(zoom)) + 1);
}
