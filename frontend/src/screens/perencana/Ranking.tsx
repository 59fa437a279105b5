import { useEffect, useRef, useState } from "preact/hooks";
import type { RankingRow } from "../../api/contract";
import { rankingAddress } from "../../api/endpoints";
import { number } from "../../i18n";
import { words } from "../../i18n/perencana";
import { Face, Failed, SkeletonRows } from "../../panels/faces";
import { levelWord } from "../../panels/names";
import { useRoving } from "../../panels/roving";
import { useSlow } from "../../panels/useSlow";
import { go, place } from "./address";
import { chipsOf, NO_FILTERS } from "./chips";
import { Interval } from "./Interval";
import { chooseArea } from "./maps";
import { Provenance } from "./Provenance";
import type { PlannerStore } from "./store";
import { yearWord } from "./titles";

const PAGE_ROWS = 50;

interface StoreProps {
  store: PlannerStore;
}

interface RowProps extends StoreProps {
  row: RankingRow;
  /** The greatest value of the ranking, to which intervals are drawn. */
  most: number;
  stop: boolean;
  focused: () => void;
}

function Shift({ shift }: { shift: number | null }) {
  if (shift === null) return <>–</>;
  if (shift === 0) return <abbr title={words.value.shiftNone}>0</abbr>;
  const places = Math.abs(shift);
  const told = shift > 0 ? words.value.shiftUp(places) : words.value.shiftDown(places);
  return (
    <>
      <span aria-hidden="true">
        <span class="shift-sign">{shift > 0 ? "▲" : "▼"}</span> {number(places)}
      </span>
      <span class="visually-hidden">{told}</span>
    </>
  );
}

function Value({ row, most }: { row: RankingRow; most: number }) {
  if (row.thin || row.value === null) return <td class="rank-value secondary">{words.value.thinRow}</td>;
  return (
    <td class="rank-value num">
      {row.low === null || row.high === null ? null : (
        <Interval value={row.value} low={row.low} high={row.high} most={most} />
      )}
      <strong>{number(row.value, 1)}</strong>
    </td>
  );
}

function Row({ store, row, most, stop, focused }: RowProps) {
  const chosen = place.value.area === row.area;
  const line = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    if (chosen) line.current?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  const point = (code: string | null) => {
    store.pointedArea.value = code;
  };
  return (
    <tr
      ref={line}
      data-chosen={chosen}
      data-pointed={store.pointedArea.value === row.area}
      data-thin={row.thin}
      data-area={row.area}
      onPointerEnter={() => point(row.area)}
      onPointerLeave={() => point(null)}
    >
      <td class="num rank-number">{row.rank ?? <span class="thin-sample" />}</td>
      <th scope="row">
        <button
          type="button"
          class="rank-button"
          data-roving
          tabIndex={stop ? 0 : -1}
          aria-pressed={chosen}
          onClick={() => chooseArea(store, row.area)}
          onFocus={() => {
            focused();
            point(row.area);
          }}
          onBlur={() => point(null)}
        >
          <span>{store.areaName(row.area)}</span>
          <span class="secondary">{store.areaWithin(row.area)}</span>
        </button>
      </th>
      <Value row={row} most={most} />
      <td class="num">{number(row.count)}</td>
      <td class="num rank-shift">
        <Shift shift={row.shift} />
      </td>
    </tr>
  );
}

function HeadRow() {
  const all = words.value;
  return (
    <thead>
      <tr>
        <th scope="col">
          <abbr title={all.rankColumnLong}>{all.rankColumn}</abbr>
        </th>
        <th scope="col">{all.areaColumn}</th>
        <th scope="col">
          {all.valueColumn} {all.intervalColumn}
        </th>
        <th scope="col">{all.countColumn}</th>
        <th scope="col">{all.shiftColumn}</th>
      </tr>
    </thead>
  );
}

/** The first rows, and the chosen one wherever it stands. */
function rowsShown(rows: readonly RankingRow[], most: number): RankingRow[] {
  const chosen = rows.findIndex(({ area }) => area === place.value.area);
  const first = rows.slice(0, most);
  const late = chosen >= most ? rows[chosen] : undefined;
  return late ? [...first, late] : first;
}

function Rows({ store, rows }: StoreProps & { rows: readonly RankingRow[] }) {
  const [most, setMost] = useState(PAGE_ROWS);
  useEffect(() => setMost(PAGE_ROWS), [store.rankingQuestion.value]);
  const shown = rowsShown(rows, most);
  const codes = shown.map(({ area }) => area);
  const { press, focused, stop } = useRoving(codes, codes.indexOf(place.value.area ?? ""));
  const top = Math.max(0, ...rows.slice(0, PAGE_ROWS).map(({ value, high }) => high ?? value ?? 0));
  const left = rows.length - most;
  return (
    <>
      <table class="ranking" onKeyDown={press}>
        <HeadRow />
        <tbody>
          {shown.map((row, index) => (
            <Row
              key={row.area}
              store={store}
              row={row}
              most={top}
              stop={index === stop}
              focused={() => focused(index)}
            />
          ))}
        </tbody>
      </table>
      {left > 0 ? (
        <button type="button" class="btn rank-more" onClick={() => setMost(most + 4 * PAGE_ROWS)}>
          {words.value.showMore(Math.min(left, 4 * PAGE_ROWS))}
        </button>
      ) : null}
    </>
  );
}

function Nothing({ store }: StoreProps) {
  const filters = chipsOf(store)
    .map(({ name }) => name)
    .join(", ");
  return (
    <Face icon="search" title={words.value.nothingFits}>
      <p>{words.value.nothingFitsBody(yearWord(store, store.year.value), filters)}</p>
      {chipsOf(store).length > 0 ? (
        <button type="button" class="btn" onClick={() => go(NO_FILTERS)}>
          {words.value.removeAll}
        </button>
      ) : null}
    </Face>
  );
}

function Head({ store }: StoreProps) {
  const question = store.rankingQuestion.value;
  const csv = new URLSearchParams(question ?? "");
  csv.delete("limit");
  csv.set("format", "csv");
  return (
    <header class="panel-top">
      <h2 class="title-section">{words.value.ranking(levelWord(store.level.value))}</h2>
      {question === null ? null : (
        <a href={rankingAddress(csv)} download>
          {words.value.csv}
        </a>
      )}
      <p class="secondary">{words.value.rankingBody}</p>
    </header>
  );
}

/** The table, or what stands in its place. */
function Body({ store }: StoreProps) {
  const { fresh, value } = store.ranking;
  const error = store.years.error.value ?? (fresh.value ? null : store.ranking.error.value);
  // Before the years have come nothing is asked for, and that is waiting too.
  const slow = useSlow(!value.value && !error);
  if (error) {
    const { numbersFailed, mapStillWorks, yearStillWorks } = words.value;
    const still = store.years.error.value ? yearStillWorks : mapStillWorks;
    return <Failed title={numbersFailed} still={still} error={error} retry={() => store.retry()} />;
  }
  if (!value.value) return slow ? <SkeletonRows rows={6} /> : null;
  if (fresh.value?.numberMatched === 0) return <Nothing store={store} />;
  return <Rows store={store} rows={value.value.rows} />;
}

export function Ranking({ store }: StoreProps) {
  const { loading, stale, value } = store.ranking;
  const thin = value.value?.numberMatched && !store.years.error.value ? value.value.thin : 0;
  return (
    <section class={stale.value ? "rank-pane renewing" : "rank-pane"} aria-busy={loading.value}>
      <Head store={store} />
      <div class="panel-scroll">
        <Body store={store} />
      </div>
      {thin > 0 ? (
        <footer class="panel-foot secondary">
          {words.value.thinRows(thin, levelWord(store.level.value))}
        </footer>
      ) : null}
      <div class="panel-origin">
        <Provenance store={store} figure="peringkat" />
      </div>
    </section>
  );
}
