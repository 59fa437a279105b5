import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Group } from "../../api/contract";
import { words as shared } from "../../i18n";
import { words } from "../../i18n/kerja";
import { Choice } from "../../panels/Choice";
import { Icon } from "../../panels/Icon";
import { narrow } from "../../state/narrow";
import { GROUPS, several } from "../../state/url";
import { adjust, EMPTY_PLACE, go, isNarrowed, place, SORTS, type Sort } from "./address";
import { Queues } from "./Queues";
import { SavedViews } from "./SavedViews";
import type { KerjaStore } from "./store";

interface StoreProps {
  store: KerjaStore;
}

export const SEARCH_ID = "cari-kerja";
const TYPING_PAUSE_MS = 300;

function Search() {
  const text = useSignal(place.value.q);
  useEffect(() => {
    text.value = place.value.q;
  }, [place.value.q]);
  useEffect(() => {
    if (text.value.trim() === place.value.q) return;
    const timer = setTimeout(() => adjust({ q: text.value.trim() }), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text.value]);
  return (
    <label class="kerja-search">
      <span class="visually-hidden">{words.value.search}</span>
      <Icon name="search" />
      <input
        id={SEARCH_ID}
        class="input"
        type="search"
        placeholder={words.value.search}
        value={text.value}
        onInput={(event) => {
          text.value = event.currentTarget.value;
        }}
      />
    </label>
  );
}

function Fields({ store }: StoreProps) {
  const { year, group, category, status, sort } = place.value;
  const years = [...(store.city.value?.years ?? [])].reverse();
  const said = words.value;
  const categories = (store.categories.value.value ?? []).filter(
    (each) => group.length === 0 || group.includes(each.group),
  );
  return (
    <>
      <Choice
        label={said.year}
        all={said.allYears}
        value={String(year ?? "")}
        options={years.map((each) => [String(each), String(each)])}
        choose={(value) => go({ year: value ? Number(value) : null })}
      />
      <Choice
        label={said.group}
        all={said.allGroups}
        value={group.join(",")}
        options={GROUPS.map((code) => [code, shared.value.groups[code]])}
        choose={(value) => go({ group: several(value) as Group[], category: [] })}
      />
      <Choice
        label={said.category}
        all={said.allCategories}
        value={category.join(",")}
        options={categories.map(({ code, name }) => [code, name])}
        choose={(value) => go({ category: several(value) })}
      />
      <Choice
        label={said.status}
        all={said.allStatuses}
        value={status.join(",")}
        options={Object.entries(shared.value.statuses).filter(([code]) => code !== "draf")}
        choose={(value) => go({ status: several(value) })}
      />
      <Choice
        label={said.sort}
        value={sort}
        options={SORTS.map((each) => [each, said.sorts[each]])}
        choose={(value) => go({ sort: value as Sort })}
      />
    </>
  );
}

/** Everything narrowed away again, in the same queue. */
export function clearFilters(): void {
  const { year, group, category, status, q, area } = EMPTY_PLACE;
  go({ year, group, category, status, q, area });
}

function Clear() {
  if (!isNarrowed(place.value)) return null;
  return (
    <button type="button" class="link" onClick={clearFilters}>
      {words.value.clearFilters}
    </button>
  );
}

export function FilterBar({ store, showKeys }: StoreProps & { showKeys: () => void }) {
  const open = useSignal(false);
  if (!narrow.value) {
    return (
      <>
        <div class="queues">
          <Queues store={store} />
          <SavedViews store={store} />
          {store.saved.naming.value ? null : (
            <button type="button" class="btn kerja-keys" onClick={showKeys}>
              <Icon name="keyboard" />
              {words.value.keysButton}
            </button>
          )}
        </div>
        <search class="filters" aria-label={words.value.filters}>
          <Fields store={store} />
          <Clear />
          <Search />
        </search>
      </>
    );
  }
  const { year, group, category, status } = place.value;
  const count = group.length + category.length + status.length + (year === null ? 0 : 1);
  return (
    <search class="filters kerja-filters" aria-label={words.value.filters}>
      <Queues store={store} />
      <button
        type="button"
        class="btn"
        aria-expanded={open.value}
        onClick={() => {
          open.value = !open.value;
        }}
      >
        <Icon name="filter" />
        {words.value.filterButton(count)}
      </button>
      {open.value ? (
        <div class="kerja-more">
          <Search />
          <Fields store={store} />
          <SavedViews store={store} />
          <Clear />
        </div>
      ) : null}
    </search>
  );
}
