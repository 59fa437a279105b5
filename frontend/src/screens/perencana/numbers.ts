import type { HexagonCollection, Stats, StatsRow } from "../../api/contract";
import { type Breaks, classOf, fiveBreaks } from "../../geo/classes";
import type { ClassedHexagon } from "../../map/planner/scene";
import type { Weight } from "./address";

/** What of a row the weight counts, per 1,000 inhabitants; null where nobody knows how many live there. */
function weightedRate(row: StatsRow, weight: Weight): number | null {
  if (weight === "count") return row.per_1000;
  return row.population ? (1000 * row[weight]) / row.population : null;
}

/** The same numbers with the rate of a weight in place of that of the count. */
export function weighted(stats: Stats, weight: Weight): Stats {
  if (weight === "count") return stats;
  return { ...stats, rows: stats.rows.map((row) => ({ ...row, per_1000: weightedRate(row, weight) })) };
}

export interface HexagonClasses {
  hexagons: ClassedHexagon[];
  breaks: Breaks;
  /** Hexagons with something in them. */
  occupied: number;
  most: number;
}

/** Five classes of about as many hexagons each. */
export function classedHexagons({ features }: HexagonCollection, weight: Weight): HexagonClasses {
  const values = features.map(({ properties }) => properties[weight]);
  const breaks = fiveBreaks(values, 1);
  const hexagons = features.flatMap(({ geometry, properties }) => {
    const ring = geometry.coordinates[0];
    return ring ? [{ ring, step: classOf(properties[weight], breaks) }] : [];
  });
  return { hexagons, breaks, occupied: features.length, most: Math.max(0, ...values) };
}

/** Sums of every year of a series, from the numbers of the whole city by year. */
export function yearSums(
  stats: Stats | null,
  years: readonly number[],
  weight: Weight,
): { year: number; value: number }[] {
  const sums = new Map((stats?.rows ?? []).map((row) => [row.year, row[weight]]));
  return years.map((year) => ({ year, value: sums.get(year) ?? 0 }));
}
