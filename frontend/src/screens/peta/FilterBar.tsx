import { useEffect, useState } from "preact/hooks";
import type { Group } from "../../api/contract";
import { readPlaces } from "../../api/endpoints";
import { named, number, words as shared } from "../../i18n";
import { words } from "../../i18n/peta";
import { Bidang } from "../../panels/Bidang";
import { Choice } from "../../panels/Choice";
import { Icon } from "../../panels/Icon";
import { PlaceSearch } from "../../panels/PlaceSearch";
import { ofCity } from "../../panels/TopBar";
import { adjust, go, place } from "../../state/place";
import { GROUPS } from "../../state/url";
import { CsvLink } from "./CsvLink";
import { filtersOpen, narrow } from "./layout";
import { showPlace } from "./showPlace";
import type { PetaStore } from "./store";

interface StoreProps {
  store: PetaStore;
}

function YearChoice({ store }: StoreProps) {
  const years = [...(store.city.value?.years ?? [])].reverse();
  return (
    <Choice
      label={words.value.year}
      all={words.value.allYears}
      value={String(store.year.value ?? "")}
      options={years.map((year) => [String(year), String(year)])}
      choose={(value) => go({ year: value ? Number(value) : null })}
    />
  );
}

function CategoryChoice({ store }: StoreProps) {
  const { group } = place.value;
  const categories = (store.categories.value.value ?? []).filter(
    (category) => group.length === 0 || group.includes(category.group),
  );
  return (
    <Choice
      label={words.value.category}
      all={words.value.allCategories}
      value={place.value.category.join(",")}
      options={categories.map(({ code, name }) => [code, name])}
      choose={(value) => go({ category: value ? value.split(",") : [] })}
    />
  );
}

function StatusChoice() {
  const statuses = Object.entries(shared.value.statuses).filter(([code]) => code !== "draf");
  return (
    <Choice
      label={words.value.status}
      all={words.value.allStatuses}
      value={place.value.status.join(",")}
      options={statuses}
      choose={(value) => go({ status: value ? value.split(",") : [] })}
    />
  );
}

function toggleGroup(group: Group, store: PetaStore): void {
  const chosen = place.value.group;
  const next = chosen.includes(group) ? chosen.filter((code) => code !== group) : [...chosen, group];
  const fits = (code: string) => {
    const own = store.groups.value[code];
    return next.length === 0 || own === undefined || next.includes(own);
  };
  go({ group: next, category: place.value.category.filter(fits) });
}

function GroupChoice({ store }: StoreProps) {
  return (
    <fieldset class="segments filter-groups">
      <legend class="visually-hidden">{words.value.group}</legend>
      {GROUPS.map((group) => (
        <button
          key={group}
          type="button"
          aria-pressed={place.value.group.includes(group)}
          onClick={() => toggleGroup(group, store)}
        >
          <Bidang group={group} />
          {named(shared.value.groups, group)}
        </button>
      ))}
    </fieldset>
  );
}

const TYPING_PAUSE_MS = 300;

export function SearchField({ store }: StoreProps) {
  const [text, setText] = useState(place.value.q);
  useEffect(() => setText(place.value.q), [place.value.q]);
  useEffect(() => {
    if (text.trim() === place.value.q) return;
    const timer = setTimeout(() => adjust({ q: text.trim() }), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <PlaceSearch
      class="filter-search"
      label={words.value.search}
      hint={words.value.search}
      text={text}
      type={setText}
      find={(typed, signal) => readPlaces(typed, store.city.peek()?.code ?? null, signal)}
      choose={(found) => {
        setText("");
        showPlace(store, found);
      }}
    />
  );
}

export function FilterBar({ store }: StoreProps) {
  const open = filtersOpen.value;
  const setOpen = (next: boolean) => {
    filtersOpen.value = next;
  };
  const { group, category, status, year } = place.value;
  const count = group.length + category.length + status.length + (year === null ? 0 : 1);
  const { value, error, stale } = store.totals.value;
  const total = error.value || stale.value ? null : (value.value?.numberMatched ?? null);
  const fields = (
    <>
      <YearChoice store={store} />
      <GroupChoice store={store} />
      <CategoryChoice store={store} />
      <StatusChoice />
    </>
  );
  if (!narrow.value) {
    return (
      <search class="filters" aria-label={words.value.filters}>
        {fields}
        <p class="filters-total" aria-busy={store.totals.value.loading.value}>
          {total === null ? <Waiting store={store} /> : <Total count={total} />}
        </p>
        <CsvLink store={store} />
      </search>
    );
  }
  return (
    <search class="filters" aria-label={words.value.filters}>
      <SearchField store={store} />
      <button type="button" class="btn" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon name="filter" />
        {words.value.filterButton(count)}
      </button>
      {open ? (
        <div class="filters-more">
          {fields}
          <a href={ofCity("/perencana", place.value.city)}>{words.value.toPlanner}</a>
          <a href="/lacak">{words.value.toTrack}</a>
          <button type="button" class="btn btn-main btn-wide" onClick={() => setOpen(false)}>
            {total === null ? words.value.showList : words.value.showResults(total)}
          </button>
        </div>
      ) : null}
    </search>
  );
}

/** Where the sum will stand: nothing once the asking has failed, which the list tells in full. */
function Waiting({ store }: StoreProps) {
  if (store.totals.value.error.value) return null;
  return <span class="secondary">{shared.value.renewing}</span>;
}

function Total({ count }: { count: number }) {
  return (
    <>
      <strong class="num">{number(count)}</strong> {words.value.usulanWord}
    </>
  );
}
