import { named, words as shared } from "../../i18n";
import { words } from "../../i18n/peta";
import { Icon } from "../../panels/Icon";
import { go, place } from "../../state/place";
import type { PetaPlace } from "../../state/url";
import type { PetaStore } from "./store";

interface Chip {
  key: string;
  name: string;
  without: Partial<PetaPlace>;
}

/** Every filter in use with the change that removes it. */
export function chipsOf(store: PetaStore): Chip[] {
  const { year, group, category, status, q, area, unlocated } = place.value;
  const chips: Chip[] = [];
  if (year !== null)
    chips.push({ key: "year", name: `${words.value.year} ${year}`, without: { year: null } });
  for (const code of group) {
    const name = named(shared.value.groups, code);
    chips.push({ key: code, name, without: { group: group.filter((other) => other !== code) } });
  }
  for (const code of category) {
    const name = store.categoryOf.value.get(code)?.name ?? code;
    chips.push({ key: code, name, without: { category: category.filter((other) => other !== code) } });
  }
  for (const code of status) {
    const name = named(shared.value.statuses, code);
    chips.push({ key: code, name, without: { status: status.filter((other) => other !== code) } });
  }
  if (q) chips.push({ key: "q", name: words.value.searchChip(q), without: { q: "" } });
  if (area)
    chips.push({ key: area, name: words.value.areaChip(store.areaName(area)), without: { area: null } });
  if (unlocated)
    chips.push({ key: "lokasi", name: words.value.unlocatedChip, without: { unlocated: false } });
  return chips;
}

const NOTHING: Partial<PetaPlace> = {
  year: null,
  group: [],
  category: [],
  status: [],
  q: "",
  area: null,
  unlocated: false,
};

export function FilterChips({ store }: { store: PetaStore }) {
  const chips = chipsOf(store);
  if (chips.length === 0) return null;
  return (
    <ul class="filter-chips" aria-label={words.value.chosenFilters}>
      {chips.map(({ key, name, without }) => (
        <li key={key}>
          <button
            type="button"
            class="chip chip-remove"
            aria-label={words.value.removeFilter(name)}
            onClick={() => go(without)}
          >
            {name}
            <Icon name="close" small />
          </button>
        </li>
      ))}
      {chips.length > 1 ? (
        <li>
          <button type="button" class="link hint-link" onClick={() => go(NOTHING)}>
            {words.value.removeAll}
          </button>
        </li>
      ) : null}
    </ul>
  );
}
