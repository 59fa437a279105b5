import type { HexagonCollection, Stats } from "../../api/contract";
import { type Breaks, classOf, fiveBreaks } from "../../geo/classes";
import type { ClassedHexagon } from "../../map/planner/scene";
import type { Weight } from "./address";

export interface RateClasses {
  /** Class 0 to 4 of each area, -1 for thin data. */
  classes: ReadonlyMap<string, number>;
  /** Limits between the classes. */
  breaks: number[];
  /** Where the last class ends. */
  top: number;
  classed: number;
  thin: number;
}

/** The classes that the server found, whose limits all years of the series share. */
export function rateClasses({ rows, classes: found }: Stats): RateClasses | null {
  if (!found) return null;
  return {
    classes: new Map(rows.map((row) => [row.area, (row.class ?? 0) - 1])),
    breaks: found.breaks.slice(1, -1),
    top: found.breaks.at(-1) ?? 0,
    classed: found.n,
    thin: found.thin,
  };
}

export interface HexagonClasses {
  hexagons: ClassedHexagon[];
  breaks: Breaks;
  /** Hexagons with something in them. */
  occupied: number;
  most: number;
}

/** Five classes of about as many hexagons each. */
export function classedHexagons(
  { features }: Pick<HexagonCollection, "features">,
  weight: Weight,
): HexagonClasses {
  const values = features.map(({ properties }) => properties[weight]);
  const breaks = fiveBreaks(values, 1);
  const hexagons = features.flatMap(({ geometry, properties }) => {
    const ring = geometry.coordinates[0];
    return ring ? [{ ring, step: classOf(properties[weight], breaks) }] : [];
  });
  return { hexagons, breaks, occupied: features.length, most: Math.max(0, ...values) };
}

export interface YearSum {
  year: number;
  /** Null while nobody has told: that is no zero. */
  value: number | null;
}

/** Sums of every year of a series, from the numbers of the whole city by year. */
export function yearSums(stats: Stats | null, years: readonly number[], weight: Weight): YearSum[] {
  const sums = new Map((stats?.rows ?? []).map((row) => [row.year, row[weight]]));
  return years.map((year) => ({ year, value: stats ? (sums.get(year) ?? 0) : null }));
}

/** This share of the year with most usulan makes a year worth opening the page with. */
const OPENING_SHARE = 0.1;
/** So many are worth it whatever other years have: rates of a city can be told from them. */
const OPENING_ENOUGH = 100;

/** The latest year that has more than a few usulan of the next round; null where none has any. */
export function openingYear(stats: Stats, years: readonly number[]): number | null {
  const sums = yearSums(stats, years, "count").map(({ year, value }) => ({ year, value: value ?? 0 }));
  const most = Math.max(0, ...sums.map(({ value }) => value));
  const full = sums.filter(
    ({ value }) => value > 0 && value >= Math.min(OPENING_SHARE * most, OPENING_ENOUGH),
  );
  return full.at(-1)?.year ?? null;
}

/**
 * The planning year for which usulan are still coming in at an instant, by the clock of the city.
 *
 * Without a calendar it is the year after the one they are sent in; the server numbers them so.
 */
export function runningYear(at: string, timeZone: string): number {
  return Number(new Intl.DateTimeFormat("en", { year: "numeric", timeZone }).format(new Date(at))) + 1;
}

/** A line in two: what is complete, and from its last point on what is still growing. */
export function partedAt(
  values: readonly (number | null)[],
  from: number,
): { complete: (number | null)[]; growing: (number | null)[] } {
  return {
    complete: values.map((value, at) => (at < from ? value : null)),
    growing: values.map((value, at) => (at >= from - 1 && from < values.length ? value : null)),
  };
}
