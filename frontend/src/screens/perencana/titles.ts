import { number, words as shared } from "../../i18n";
import { words } from "../../i18n/perencana";
import { levelWord } from "../../panels/names";
import { place } from "./address";
import { chipsOf } from "./chips";
import type { PlannerStore, Side } from "./store";

/** Hectares of a hexagon with that side. */
const hectares = (edgeM: number) => (1.5 * Math.sqrt(3) * edgeM ** 2) / 10_000;

const listed = (...parts: string[]) => parts.filter(Boolean).join(", ");

/** A year as it is said: one that still runs says so; nothing while nobody knows which. */
export function yearWord(store: PlannerStore, year: number | null): string {
  if (year === null) return "";
  return store.years.isRunning(year) ? shared.value.runningYear(year) : String(year);
}

/** What an empty picture says: that no filter fits, or that nobody has asked for anything yet. */
export function nothingTitle(store: PlannerStore): string {
  const city = store.city.value;
  const silent = city !== null && city.years.length === 0 && chipsOf(store).length === 0;
  return silent ? words.value.silent(city.name) : words.value.nothingFits;
}

/** What a map shows and in which unit: with the bandwidth of a density, the level of a rate. */
export function titleOf(store: PlannerStore, side: Side): { title: string; body: string; unit: string } {
  const { weight, form, bandwidthM } = place.value;
  const all = words.value;
  const year = yearWord(store, store.year.value);
  if (side === "laju")
    return {
      title: all.rateTitle,
      unit: all.rateTitle,
      body: all.perLevel(levelWord(store.level.value), year),
    };
  if (form === "halus")
    return {
      title: all.densityTitle[weight],
      unit: all.densityUnit[weight],
      body: listed(all.densityUnit[weight], all.smoothed(bandwidthM), year),
    };
  const size = hectares(bandwidthM);
  return {
    title: all.hexagonTitle[weight],
    unit: all.hexagonUnit[weight],
    body: listed(all.hexagonUnit[weight], all.edge(bandwidthM, number(size, size < 10 ? 1 : 0)), year),
  };
}
