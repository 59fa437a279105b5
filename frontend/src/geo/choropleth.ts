import type { Stats, StatsRow } from "../api/contract";
import type { ColourMode } from "../state/url";
import { type Breaks, classOf, fiveBreaks } from "./classes";

export interface ChoroplethValues {
  classes: ReadonlyMap<string, number>;
  breaks: Breaks;
  /** Areas with a class. */
  classed: number;
  /** Areas with too little data for one. */
  thin: number;
}

const SMALLEST = { jumlah: 1, laju: 0.1 };

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
 * The number that colours an area; null where there is too little data for it.
 *
 * A count is known even where nobody knows the households, as in real boundaries without statistics; only an
 * area known to be too small is left out of the comparison of counts too.
 */
export function colouringValue(mode: "jumlah" | "laju", row: StatsRow): number | null {
  if (mode === "laju") return isThinRate(row) ? null : row.per_1000;
  return (row.households ?? FEWEST_HOUSEHOLDS) < FEWEST_HOUSEHOLDS ? null : row.count;
}

function seriesValues(mode: "jumlah" | "laju", stats: Stats | null): number[] {
  return (stats?.rows ?? [])
    .map((row) => colouringValue(mode, row))
    .filter((value): value is number => value !== null);
}

/** What the colours of the areas are made from. */
export interface ChoroplethNumbers {
  mode: ColourMode;
  year: number | null;
  /** Of the areas on the map; null until they are those of the present question. */
  stats: Stats | null;
  /** Of every year of the series. */
  series: Stats | null;
}

/** Classes of the areas on the map; null in the cell picture and until the numbers are there. */
export function choropleth({ mode, year, stats, series }: ChoroplethNumbers): ChoroplethValues | null {
  if (mode === "petak" || !stats) return null;
  // A rate is of one year: without one the city has no usulan, which is not too little data.
  if (mode === "laju" && year === null)
    return { classes: new Map(), breaks: fiveBreaks([], SMALLEST.laju), classed: 0, thin: 0 };
  // Counts of all years together share no scale with those of one year.
  const scale = mode === "jumlah" && year === null ? stats : series;
  const breaks = fiveBreaks(seriesValues(mode, scale), SMALLEST[mode]);
  const classes = new Map<string, number>();
  for (const row of stats.rows) {
    const value = colouringValue(mode, row);
    classes.set(row.area, value === null ? -1 : classOf(value, breaks));
  }
  const thin = [...classes.values()].filter((step) => step < 0).length;
  return { classes, breaks, classed: classes.size - thin, thin };
}
