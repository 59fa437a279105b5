import { number, rateText } from "../../i18n";
import { words } from "../../i18n/perencana";
import type { PlannerStore } from "./store";

/** The sentence for an area under the pointer or the keyboard: name, count, rate and rank. */
export function sentenceFor(store: PlannerStore, code: string): string {
  const name = [store.areaName(code), store.areaWithin(code)].filter(Boolean).join(", ");
  const row = store.rankOf(code);
  if (!row) return name;
  const rate = row.value === null || row.thin ? null : rateText(row.value, row.count);
  return words.value.saidArea(name, number(row.count), rate, row.rank);
}
