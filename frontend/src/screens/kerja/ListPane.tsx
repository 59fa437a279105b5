import { useEffect } from "preact/hooks";
import type { DeskItem } from "../../api/contract";
import { named, number, words as shared } from "../../i18n";
import { words } from "../../i18n/kerja";
import { CategoryIcon } from "../../icons/CategoryIcon";
import { Face, Failed, SkeletonRows } from "../../panels/faces";
import { Icon } from "../../panels/Icon";
import { fullName } from "../../panels/names";
import { useRoving } from "../../panels/roving";
import { useSlow } from "../../panels/useSlow";
import { go, isNarrowed, place } from "./address";
import { DueChip } from "./DueChip";
import { clearFilters } from "./FilterBar";
import { ManyBar } from "./ManyBar";
import type { KerjaStore } from "./store";

interface StoreProps {
  store: KerjaStore;
}

export const LIST_ID = "daftar";

/** "RT 004 · RW 008 · Kelurahan Kauman": the innermost three levels. */
export function whereOf({ areas }: Pick<DeskItem, "areas">): string {
  const names = [...areas].filter(({ level }) => level !== "kota" && level !== "kecamatan").reverse();
  return names.map(fullName).join(" · ") || areas.map(fullName).at(-1) || "";
}

function Marks({ item }: { item: DeskItem }) {
  const said = words.value;
  return (
    <>
      {item.published ? null : <span class="chip">{said.unpublished}</span>}
      {item.doubts.length > 0 ? <span class="chip chip-warn">{said.doubts}</span> : null}
      {item.geometry === null ? <span class="chip">{said.noPlace}</span> : null}
    </>
  );
}

interface RowProps extends StoreProps {
  item: DeskItem;
  /** True for the one row that Tab reaches. */
  stop: boolean;
  focused: () => void;
}

function Row({ store, item, stop, focused }: RowProps) {
  const chosen = place.value.usulan === item.number;
  const name = store.categoryOf.value.get(item.category)?.name ?? item.category;
  const point = (code: string | null) => {
    store.pointed.value = code;
  };
  return (
    <li class="row" data-chosen={chosen} data-pointed={store.pointed.value === item.number}>
      <label class="row-tick">
        <input
          type="checkbox"
          tabIndex={stop ? 0 : -1}
          aria-label={words.value.tick(item.title)}
          checked={store.ticks.numbers.value.has(item.number)}
          onChange={() => store.ticks.toggle(item.number)}
          onFocus={focused}
        />
      </label>
      <button
        type="button"
        class="row-button"
        data-roving
        data-number={item.number}
        tabIndex={stop ? 0 : -1}
        aria-current={chosen ? "true" : undefined}
        onClick={() => store.choose(item)}
        onPointerEnter={() => point(item.number)}
        onPointerLeave={() => point(null)}
        onFocus={() => {
          focused();
          point(item.number);
        }}
        onBlur={() => point(null)}
      >
        <span class={`row-icon tone-${item.group}`} title={name}>
          <CategoryIcon code={item.category} />
        </span>
        <span class="row-title">{item.title}</span>
        <span class="row-meta secondary">{whereOf(item)}</span>
        <span class="row-state">
          <DueChip item={item} />
          <span class="secondary">{named(shared.value.statuses, item.status)}</span>
          <Marks item={item} />
          {item.supporters > 0 ? (
            <span class="row-supporters secondary num" title={words.value.supporters(item.supporters)}>
              <Icon name="people" small />
              {number(item.supporters)}
            </span>
          ) : null}
        </span>
      </button>
    </li>
  );
}

/** What there is otherwise; the counts of the queues follow the filters. */
function elsewhere(all: number, narrowed: boolean): string | null {
  if (narrowed) return all > 0 ? words.value.emptyNarrowedBody(all) : null;
  return all > 0 ? words.value.emptyBody(all) : words.value.emptyAreaBody;
}

function Empty({ store }: StoreProps) {
  const narrowed = isNarrowed(place.value);
  const { queue } = place.value;
  const all = store.list.queues.value.semua ?? 0;
  const body = elsewhere(all, narrowed);
  const none = all === 0 ? words.value.emptyQueue.semua : words.value.emptyQueue[queue];
  return (
    <Face icon={narrowed ? "filter" : "check"} title={narrowed ? words.value.emptyNarrowed : none}>
      {body === null ? null : <p>{body}</p>}
      {narrowed ? (
        <button type="button" class="btn" onClick={clearFilters}>
          {words.value.clearFilters}
        </button>
      ) : null}
      {queue !== "semua" && all > 0 ? (
        <button type="button" class="btn" onClick={() => go({ queue: "semua" })}>
          {words.value.showAllQueue}
        </button>
      ) : null}
    </Face>
  );
}

function More({ store }: StoreProps) {
  const { items, matched, next, loading } = store.list;
  if (next.value === null) return null;
  return (
    <div class="list-more">
      <p class="hint num">{words.value.shown(items.value.length, matched.value ?? 0)}</p>
      <button type="button" class="btn" aria-disabled={loading.value} onClick={() => void store.list.more()}>
        {loading.value ? shared.value.renewing : words.value.more}
      </button>
    </div>
  );
}

/** The order of rows for keys that step from whichever part of the page has the focus. */
export function stepTo(rows: readonly string[], from: string | null, step: 1 | -1): string | null {
  if (rows.length === 0) return null;
  const at = from === null ? -1 : rows.indexOf(from);
  if (at < 0) return rows[step > 0 ? 0 : rows.length - 1] ?? null;
  return rows[Math.max(0, Math.min(rows.length - 1, at + step))] ?? null;
}

function Rows({ store }: StoreProps) {
  const { items, loading, outdated } = store.list;
  const numbers = items.value.map((item) => item.number);
  const { press, focused, stop } = useRoving(numbers, numbers.indexOf(place.value.usulan ?? ""));
  useEffect(() => {
    document.querySelector('.row[data-chosen="true"]')?.scrollIntoView({ block: "nearest" });
  }, [place.value.usulan, loading.value]);
  return (
    <ol
      class={outdated.value ? "rows renewing" : "rows"}
      aria-busy={loading.value}
      aria-label={words.value.list}
      onKeyDown={press}
    >
      {items.value.map((item, index) => (
        <Row
          key={item.number}
          store={store}
          item={item}
          stop={index === stop}
          focused={() => focused(index)}
        />
      ))}
    </ol>
  );
}

function TickAll({ store }: StoreProps) {
  const count = store.list.items.value.length;
  if (count === 0) return null;
  return (
    <label class="tick-all">
      <input
        type="checkbox"
        aria-label={words.value.tickAll(count)}
        checked={store.ticks.all.value}
        ref={(box) => {
          if (box) box.indeterminate = store.ticks.items.value.length > 0 && !store.ticks.all.value;
        }}
        onChange={() => store.ticks.toggleAll()}
      />
    </label>
  );
}

export function ListPane({ store }: StoreProps) {
  const { items, loading, error, matched, outdated } = store.list;
  const unknown = matched.value === null || outdated.value;
  const slow = useSlow(loading.value && unknown);
  return (
    <section class="list-column list-pane" id={LIST_ID} tabIndex={-1} aria-label={words.value.list}>
      <header class="list-head list-line">
        <TickAll store={store} />
        <p class="title-group num" role="status">
          {unknown ? (error.value ? "" : shared.value.renewing) : words.value.listCount(matched.value ?? 0)}
        </p>
      </header>
      <div class="list-scroll">
        {error.value ? (
          <Failed
            title={words.value.listFailed}
            still=""
            error={error.value}
            retry={() => void store.list.load()}
          />
        ) : null}
        {slow && items.value.length === 0 && !error.value ? <SkeletonRows rows={6} /> : null}
        {store.list.empty.value ? <Empty store={store} /> : null}
        {error.value && outdated.value ? null : <Rows store={store} />}
        <More store={store} />
      </div>
      <ManyBar store={store} />
    </section>
  );
}
