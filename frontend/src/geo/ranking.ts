import type { Level, Stats, StatsRow } from "../api/contract";
import { isThinRate } from "./choropleth";

/** One area of a ranking by rate. */
export interface RankRow {
  area: string;
  name: string;
  level: Level;
  /** Null where there is too little data for a rank. */
  rank: number | null;
  value: number | null;
  /** 95 percent interval of the value; null where none is known. */
  low: number | null;
  high: number | null;
  count: number;
  thin: boolean;
  /** Places that the area rises (over 0) or falls against a ranking by count among the same areas. */
  shift: number | null;
}

const Z_95 = 1.96;

/** Byar's approximation of the 95 percent interval of a Poisson count. Source: Breslow and Day (1987), chapter 2. */
export function poissonInterval(count: number): [low: number, high: number] {
  const above = count + 1;
  const low = count === 0 ? 0 : count * (1 - 1 / (9 * count) - Z_95 / (3 * Math.sqrt(count))) ** 3;
  const high = above * (1 - 1 / (9 * above) + Z_95 / (3 * Math.sqrt(above))) ** 3;
  return [low, high];
}

function interval(row: StatsRow, counted: boolean): [low: number | null, high: number | null] {
  if (!counted || !row.population) return [null, null];
  const [low, high] = poissonInterval(row.count);
  return [(1000 * low) / row.population, (1000 * high) / row.population];
}

/** The areas with a rank, the highest rate first, then those with too little data; equals by code. */
export function rankingOf(stats: Stats, { counted }: { counted: boolean }): RankRow[] {
  const byCode = (a: StatsRow, b: StatsRow) => a.area.localeCompare(b.area);
  const known = stats.rows.filter((row) => !isThinRate(row));
  const byCount = new Map(
    [...known].sort((a, b) => b.count - a.count || byCode(a, b)).map(({ area }, at) => [area, at + 1]),
  );
  const byRate = [...known].sort((a, b) => (b.per_1000 ?? 0) - (a.per_1000 ?? 0) || byCode(a, b));
  const ranked = byRate.map((row, at): RankRow => {
    const { area, name, level, count, per_1000: value } = row;
    const [low, high] = interval(row, counted);
    const rank = at + 1;
    return {
      area,
      name,
      level,
      rank,
      value,
      low,
      high,
      count,
      thin: false,
      shift: (byCount.get(area) ?? rank) - rank,
    };
  });
  const thin = stats.rows
    .filter(isThinRate)
    .sort(byCode)
    .map(({ area, name, level, count }): RankRow => {
      const none = { rank: null, value: null, low: null, high: null, shift: null };
      return { area, name, level, count, thin: true, ...none };
    });
  return [...ranked, ...thin];
}
