import { words } from "../../i18n/perencana";
import { Icon } from "../../panels/Icon";
import { go } from "./address";
import { chipsOf, NO_FILTERS } from "./chips";
import type { PlannerStore } from "./store";

export function FilterChips({ store }: { store: PlannerStore }) {
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
          <button type="button" class="link hint-link" onClick={() => go(NO_FILTERS)}>
            {words.value.removeAll}
          </button>
        </li>
      ) : null}
    </ul>
  );
}
