import type { Stats, StatsRow } from "../api/contract";

/** Classes of the areas of one answer, and the limits that they were found by. */
export interface AreaClasses {
  /** Class 0 to 4 of each area, -1 for too little data. */
  classes: ReadonlyMap<string, number>;
  /** Limits between the classes; a value on one is in the class above. */
  breaks: readonly number[];
  /** Where the last class ends. */
  top: number;
  /** Areas with a class. */
  classed: number;
  /** Areas with too little data for one. */
  thin: number;
}

/** Fewer households than this make no rate and no rank (`data_kurang`). */
export const FEWEST_HOUSEHOLDS = 30;

/** True where there is too little data to compare an area by its rate: few or unknown households, or no rate. */
export function isThinRate({ households, per_1000 }: StatsRow): boolean {
  return per_1000 === null || households === null || households < FEWEST_HOUSEHOLDS;
}

/** True where nobody knows how many people live in any of the areas, all of one level. */
export function lackPeople(rows: readonly Pick<StatsRow, "population">[]): boolean {
  return rows.length > 0 && rows.every(({ population }) => population === null);
}

/**
 * The classes that the server found, whose limits all years of the series share; null where none were asked for.
 *
 * Limits and colours are of one answer on every map, so that no page judges by other numbers than it colours.
 */
export function areaClasses({ rows, classes: found }: Stats): AreaClasses | null {
  if (!found) return null;
  return {
    classes: new Map(rows.map((row) => [row.area, (row.class ?? 0) - 1])),
    breaks: found.breaks.slice(1, -1),
    top: found.breaks.at(-1) ?? 0,
    classed: found.n,
    thin: found.thin,
  };
}
