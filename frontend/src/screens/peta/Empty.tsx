import { words } from "../../i18n/peta";
import { Face } from "../../panels/faces";
import { go, place } from "../../state/place";
import { chipsOf } from "./FilterChips";
import { isNarrowed, WITHOUT_FILTERS } from "./otherwise";
import type { PetaStore } from "./store";

interface StoreProps {
  store: PetaStore;
}

/** The filters found nothing: which they were, what there is without them, and the way there. */
function NothingFits({ store }: StoreProps) {
  const filters = chipsOf(store).map(({ name }) => name);
  const count = store.otherwise.count.value.value;
  return (
    <Face icon="search" title={words.value.nothingFits}>
      <p>
        {words.value.nothingFitsBody(filters.join(", "))}
        {count === null ? null : ` ${words.value.withoutFilters(count)}`}
      </p>
      <button type="button" class="btn" onClick={() => go(WITHOUT_FILTERS)}>
        {words.value.removeAll}
      </button>
    </Face>
  );
}

/** Nobody asked for anything here yet, which is no proof that nothing is needed. */
function Silent({ store }: StoreProps) {
  const city = store.city.value?.name ?? "";
  const name = place.value.area ? store.areaName(place.value.area) : city;
  const elsewhere = place.value.area ? (store.stats.value.value?.numberMatched ?? 0) : 0;
  return (
    <Face icon="map" title={words.value.silent(name)}>
      <p>
        {words.value.silentBody}
        {elsewhere > 0 ? ` ${words.value.wholeCityHas(city, elsewhere)}` : null}
      </p>
      <a class="btn" href={store.laporAddress.value}>
        {words.value.firstUsulan}
      </a>
    </Face>
  );
}

/** What was looked for, what there is otherwise, one way out. */
export function Empty({ store }: StoreProps) {
  // Where the set is empty without filters too, taking them away would lead nowhere.
  const silent = !isNarrowed(place.value) || store.otherwise.count.value.value === 0;
  return silent ? <Silent store={store} /> : <NothingFits store={store} />;
}
