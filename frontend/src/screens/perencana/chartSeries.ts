import type { Trend } from "../../api/contract";
import { instant, number, rateText } from "../../i18n";
import { words } from "../../i18n/perencana";
import { place } from "./address";
import { chipsOf } from "./chips";
import type { PlannerStore } from "./store";

export interface Series {
  name: string;
  values: (number | null)[];
}

/** Rates by year; null for a year without one. */
function ratesOf(trend: Trend | null, years: readonly number[]): (number | null)[] {
  const rates = new Map((trend?.points ?? []).map(({ period, per_1000 }) => [period, per_1000]));
  return years.map((year) => rates.get(String(year)) ?? null);
}

/** The rate of the city through the years, and that of the chosen area beside it. */
export function trendSeries(store: PlannerStore): Series[] {
  const years = store.years.all.value;
  const { area } = place.value;
  const city = {
    name: store.city.value?.name ?? "",
    values: ratesOf(store.side.city.value.value, years),
  };
  if (!area) return [city];
  return [city, { name: store.areaName(area), values: ratesOf(store.side.area.value.value, years) }];
}

/** A rate in few letters, or that there is none. */
export const rateWord = (value: number | null, count = 0): string =>
  value === null ? "–" : rateText(value, count);

/** The first year whose numbers still grow, by its place in the series; past its end where all are complete. */
export function growingFrom(store: PlannerStore): number {
  const years = store.years.all.value;
  const at = years.findIndex((year) => store.years.isRunning(year));
  return at < 0 ? years.length : at;
}

/** Categories of the chosen area, or of the city, the most frequent first. */
export function categorySums(store: PlannerStore): { name: string; value: number }[] {
  const names = new Map((store.categories.value.value ?? []).map(({ code, name }) => [code, name]));
  const sums = new Map<string, number>();
  for (const row of store.side.categories.value.value?.rows ?? [])
    if (row.category) sums.set(row.category, (sums.get(row.category) ?? 0) + row.count);
  return [...sums]
    .map(([code, value]) => ({ name: names.get(code) ?? code, value }))
    .sort((a, b) => b.value - a.value || a.name.localeCompare(b.name));
}

/** "Kota Contoh", or the area that is chosen. */
export function chartPlace(store: PlannerStore): string {
  const { area } = place.value;
  return area ? store.areaName(area) : (store.city.value?.name ?? "");
}

/** How many usulan a chart is made from, of which filters, and as of when. */
export function chartNote(
  store: PlannerStore,
  told: { numberMatched: number; as_of: string } | null,
): string {
  if (!told) return "";
  const filters = chipsOf(store)
    .map(({ name }) => name)
    .join(", ");
  return words.value.chartNote(number(told.numberMatched), filters, instant(told.as_of));
}
