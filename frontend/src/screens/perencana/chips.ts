import { named, words as shared } from "../../i18n";
import { words } from "../../i18n/perencana";
import { type PlannerPlace, place } from "./address";
import type { PlannerStore } from "./store";

export interface Chip {
  key: string;
  name: string;
  without: Partial<PlannerPlace>;
}

/** Every filter in use with the change that removes it; the year is shown by its own bars. */
export function chipsOf(store: PlannerStore): Chip[] {
  const { group, category, status, q } = place.value;
  const categories = new Map((store.categories.value.value ?? []).map(({ code, name }) => [code, name]));
  const without = (list: string[], code: string) => list.filter((other) => other !== code);
  const chips: Chip[] = [
    ...group.map((code) => ({
      key: code,
      name: named(shared.value.groups, code),
      without: { group: group.filter((other) => other !== code) },
    })),
    ...category.map((code) => ({
      key: code,
      name: categories.get(code) ?? code,
      without: { category: without(category, code) },
    })),
    ...status.map((code) => ({
      key: code,
      name: named(shared.value.statuses, code),
      without: { status: without(status, code) },
    })),
  ];
  if (q) chips.push({ key: "q", name: words.value.searchChip(q), without: { q: "" } });
  return chips;
}

export const NO_FILTERS: Partial<PlannerPlace> = { group: [], category: [], status: [], q: "" };
