import type { Stats } from "../api/contract";

export interface YearSum {
  year: number;
  /** Null while nobody has told: that is no zero. */
  value: number | null;
}

/** Sums of every year of a series, from the numbers of the whole city by year. */
export function yearSums(
  stats: Stats | null,
  years: readonly number[],
  weight: "count" | "cost" | "beneficiaries" | "supporters",
): YearSum[] {
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
