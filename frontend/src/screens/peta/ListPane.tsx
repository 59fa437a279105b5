import { useEffect, useRef } from "preact/hooks";
import type { UsulanFeature } from "../../api/contract";
import { day, number, words as shared } from "../../i18n";
import { words } from "../../i18n/peta";
import { CategoryIcon } from "../../icons/CategoryIcon";
import { Bidang } from "../../panels/Bidang";
import { Failed, SkeletonRows } from "../../panels/faces";
import { Icon } from "../../panels/Icon";
import { useRoving } from "../../panels/roving";
import { StatusChip } from "../../panels/StatusChip";
import { useSlow } from "../../panels/useSlow";
import { go, place } from "../../state/place";
import { SORTS, type Sort } from "../../state/url";
import { Empty } from "./Empty";
import { GoneArea } from "./Gone";
import type { PetaStore } from "./store";
import { whereOf } from "./where";

interface StoreProps {
  store: PetaStore;
}

interface RowProps extends StoreProps {
  feature: UsulanFeature;
  /** True for the one row that Tab reaches. */
  stop: boolean;
  focused: () => void;
}

function Row({ store, feature, stop, focused }: RowProps) {
  const { number: code, title, category, group, status, supporters, precision, created } = feature.properties;
  const chosen = place.value.usulan === code;
  const name = store.categoryOf.value.get(category)?.name ?? category;
  const where = whereOf(feature);
  return (
    <li class="row" data-chosen={chosen} data-pointed={store.pointedUsulan.value === code}>
      <button
        type="button"
        class="row-button"
        data-roving
        tabIndex={stop ? 0 : -1}
        aria-current={chosen ? "true" : undefined}
        onClick={() => go({ usulan: code })}
        onPointerEnter={() => store.pointUsulan(feature)}
        onPointerLeave={() => store.pointUsulan(null)}
        onFocus={() => {
          focused();
          store.pointUsulan(feature);
        }}
        onBlur={() => store.pointUsulan(null)}
      >
        <span class={`row-icon tone-${group}`} title={name}>
          <CategoryIcon code={category} />
        </span>
        <span class="row-title">{title}</span>
        <span class="row-meta secondary">
          <Bidang group={group} />
          <span>
            {where ? `${where} · ` : ""}
            {day(created)}
          </span>
          {precision === "exact" ? null : (
            <span class="row-hidden">
              <Icon name="lock" small />
              {words.value.hidden}
            </span>
          )}
          {feature.geometry === null && precision === "exact" ? (
            <span>{` · ${words.value.noPlace}`}</span>
          ) : null}
        </span>
        <span class="row-state">
          <StatusChip status={status} />
          {supporters > 0 ? (
            <span class="row-supporters secondary num" title={words.value.supporters(supporters)}>
              <Icon name="people" small />
              {number(supporters)}
            </span>
          ) : null}
        </span>
      </button>
    </li>
  );
}

function SortChoice() {
  return (
    <label class="sort">
      <span class="visually-hidden">{words.value.sort}</span>
      <select value={place.value.sort} onChange={(event) => go({ sort: event.currentTarget.value as Sort })}>
        {SORTS.map((sort) => (
          <option key={sort} value={sort}>
            {words.value.sorts[sort]}
          </option>
        ))}
      </select>
      <Icon name="down" small />
    </label>
  );
}

function Heading({ store }: StoreProps) {
  const { matched, unlocated, error, outdated, loading } = store.list;
  // The count of another filter would pass for that of this one.
  const unknown = matched.value === null || outdated.value;
  const waiting = loading.value && error.value === null ? shared.value.renewing : " ";
  const area = place.value.area ? store.areaName(place.value.area) : null;
  return (
    <header class="list-head">
      <h2 class="title-group">
        {words.value.list} <span class="secondary">{words.value.listSame}</span>
      </h2>
      <div class="list-line">
        <p class="secondary num" role="status">
          {unknown ? waiting : words.value.listCount(matched.value ?? 0, area)}
        </p>
        <SortChoice />
      </div>
      {place.value.unlocated && !unknown ? (
        <p class="secondary">{words.value.onlyUnlocated(unlocated.value)}</p>
      ) : null}
    </header>
  );
}

function More({ store }: StoreProps) {
  const { list } = store;
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = end.current;
    if (!element) return;
    const watcher = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting && list.next.peek() && !list.loading.peek() && !list.error.peek())
        void list.load(false);
    });
    watcher.observe(element);
    return () => watcher.disconnect();
  }, [list.items.value.length]);
  const { items, matched, next, loading, unlocated } = list;
  const all = place.value.unlocated ? unlocated.value : (matched.value ?? 0);
  return (
    <div class="list-more" ref={end}>
      <p class="hint num">
        {words.value.listShown(items.value.length, all)}
        {next.value ? null : ` · ${words.value.endOfList}`}
      </p>
      {next.value ? (
        <button type="button" class="btn" aria-disabled={loading.value} onClick={() => void list.load(false)}>
          {loading.value ? words.value.loadingMore : words.value.more}
        </button>
      ) : null}
    </div>
  );
}

function Unlocated({ store }: StoreProps) {
  const count = store.list.unlocated.value;
  if (count === 0 || store.list.error.value || store.list.outdated.value) return null;
  const only = place.value.unlocated;
  return (
    <footer class="list-foot secondary">
      <span>
        <strong>{words.value.unlocatedNote(count)}</strong> {words.value.unlocatedCounted}{" "}
        <button type="button" class="link" onClick={() => go({ unlocated: !only })}>
          {only ? words.value.showAll : words.value.showUnlocated}
        </button>
      </span>
    </footer>
  );
}

function Rows({ store, shown }: StoreProps & { shown: UsulanFeature[] }) {
  const { loading, outdated } = store.list;
  const numbers = shown.map(({ properties }) => properties.number);
  const { press, focused, stop } = useRoving(numbers, numbers.indexOf(place.value.usulan ?? ""));
  return (
    <ol
      class={outdated.value ? "rows renewing" : "rows"}
      aria-busy={loading.value}
      aria-label={words.value.list}
      onKeyDown={press}
    >
      {shown.map((feature, index) => (
        <Row
          key={feature.id}
          store={store}
          feature={feature}
          stop={index === stop}
          focused={() => focused(index)}
        />
      ))}
    </ol>
  );
}

export function ListPane({ store }: StoreProps) {
  const { items, loading, error, matched, outdated } = store.list;
  const shown = error.value && outdated.value ? [] : items.value;
  const slow = useSlow(loading.value && !error.value && shown.length === 0);
  const empty = shown.length === 0 && matched.value !== null && !loading.value && !error.value;
  return (
    <div class="list-pane">
      <Heading store={store} />
      <div class="list-scroll">
        {slow ? <SkeletonRows rows={6} /> : null}
        {store.areaGone.value ? <GoneArea /> : null}
        {error.value && !store.areaGone.value ? (
          <Failed
            title={words.value.listFailed}
            still={store.mapWorks.value ? words.value.mapStillWorks : ""}
            error={error.value}
            retry={() => store.list.retry()}
          />
        ) : null}
        {empty ? <Empty store={store} /> : null}
        <Rows store={store} shown={shown} />
        {shown.length > 0 && !error.value && !outdated.value ? <More store={store} /> : null}
      </div>
      <Unlocated store={store} />
    </div>
  );
}
