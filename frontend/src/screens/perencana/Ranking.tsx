import { useEffect, useRef, useState } from "preact/hooks";
import type { Ranking as Ranked, RankingRow } from "../../api/contract";
import { rankingAddress, tableQuery } from "../../api/endpoints";
import { fixed, number, rateText, words as shared } from "../../i18n";
import { words } from "../../i18n/perencana";
import { isAdministrator } from "../../panels/administrators";
import { Face, Failed, SkeletonRows } from "../../panels/faces";
import { levelWord } from "../../panels/names";
import { useRoving } from "../../panels/roving";
import { usePrinting } from "../../panels/usePrinting";
import { useSlow } from "../../panels/useSlow";
import { me } from "../../state/session";
import { go, place } from "./address";
import { chipsOf, NO_FILTERS } from "./chips";
import { Interval } from "./Interval";
import { chooseArea } from "./maps";
import { Provenance } from "./Provenance";
import { MOST_RANKED, type PlannerStore } from "./store";
import { nothingTitle, yearWord } from "./titles";

const PAGE_ROWS = 50;
const MORE_ROWS = 4 * PAGE_ROWS;

interface StoreProps {
  store: PlannerStore;
}

interface RowProps extends StoreProps {
  row: RankingRow;
  /** False where nothing is ranked: then only the counts are told. */
  ranked: boolean;
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
      <strong>{rateText(row.value, row.count, fixed)}</strong>
    </td>
  );
}

function Row({ store, row, ranked, most, stop, focused }: RowProps) {
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
      {ranked ? <td class="num rank-number">{row.rank ?? <span class="thin-sample" />}</td> : null}
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
      {ranked ? <Value row={row} most={most} /> : null}
      <td class="num">{number(row.count)}</td>
      {ranked ? (
        <td class="num rank-shift">
          <Shift shift={row.shift} />
        </td>
      ) : null}
    </tr>
  );
}

function HeadRow({ ranked }: { ranked: boolean }) {
  const all = words.value;
  if (!ranked)
    return (
      <thead>
        <tr>
          <th scope="col">{all.areaColumn}</th>
          <th scope="col">{all.countColumn}</th>
        </tr>
      </thead>
    );
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

/** Why there is a list and no ranking. */
function NoneRanked({ store }: StoreProps) {
  const { peopleless, city, level } = store;
  if (!peopleless.value)
    return <p class="rank-none secondary">{words.value.noneRanked(levelWord(level.value))}</p>;
  return (
    <p class="rank-none secondary">
      {shared.value.noPeople(peopleless.value, levelWord(level.value))}{" "}
      {isAdministrator(me.value) ? (
        <>
          {shared.value.howPeople}{" "}
          <code class="command">{`peta population load ${shared.value.fileWord} --city ${city.value?.code} --edition ${peopleless.value}`}</code>
        </>
      ) : (
        shared.value.whoLoadsPeople
      )}
    </p>
  );
}

const isRanked = (rows: readonly RankingRow[]): boolean => rows.some(({ rank }) => rank !== null);

/** How many rows are shown: a screen is given more when asked for, paper has all at once. */
function useMost(store: PlannerStore): [most: number, showMore: () => void] {
  const printing = usePrinting();
  const [most, setMost] = useState(PAGE_ROWS);
  useEffect(() => setMost(PAGE_ROWS), [store.rankingQuestion.value]);
  return [printing ? MOST_RANKED : most, () => setMost(most + MORE_ROWS)];
}

/** What of the ranking is not here: in further rows, or only in the table of all. */
function Left({ told, shown, showMore }: { told: Ranked; shown: number; showMore: () => void }) {
  const left = told.rows.length - shown;
  const all = told.rows.length + told.rest.areas;
  if (shown >= all) return null;
  return (
    <p class="rank-left secondary num">
      {words.value.rowsShown(Math.min(shown, told.rows.length), all)}
      {left > 0 ? (
        <button type="button" class="btn rank-more" onClick={showMore}>
          {words.value.showMore(Math.min(left, MORE_ROWS))}
        </button>
      ) : (
        ` ${words.value.restInTable}`
      )}
    </p>
  );
}

function Rows({ store, told }: StoreProps & { told: Ranked }) {
  const found = told.rows;
  const ranked = isRanked(found);
  const rows = ranked ? found : [...found].sort((a, b) => b.count - a.count);
  const [most, showMore] = useMost(store);
  const shown = rowsShown(rows, most);
  const codes = shown.map(({ area }) => area);
  const { press, focused, stop } = useRoving(codes, codes.indexOf(place.value.area ?? ""));
  const top = Math.max(0, ...rows.slice(0, PAGE_ROWS).map(({ value, high }) => high ?? value ?? 0));
  return (
    <>
      {ranked ? null : <NoneRanked store={store} />}
      <table class={ranked ? "ranking" : "ranking ranking-counts"} onKeyDown={press}>
        <HeadRow ranked={ranked} />
        <tbody>
          {shown.map((row, index) => (
            <Row
              key={row.area}
              store={store}
              row={row}
              ranked={ranked}
              most={top}
              stop={index === stop}
              focused={() => focused(index)}
            />
          ))}
        </tbody>
      </table>
      <Left told={told} shown={most} showMore={showMore} />
    </>
  );
}

function Nothing({ store }: StoreProps) {
  const filters = chipsOf(store)
    .map(({ name }) => name)
    .join(", ");
  const title = nothingTitle(store);
  if (title !== words.value.nothingFits)
    return (
      <Face icon="map" title={title}>
        <p>{words.value.silentBody}</p>
      </Face>
    );
  return (
    <Face icon="search" title={title}>
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
  const csv = tableQuery(new URLSearchParams(question ?? ""));
  csv.delete("limit");
  const rows = store.ranking.value.value?.rows ?? [];
  const unranked = rows.length > 0 && !isRanked(rows);
  return (
    <header class="panel-top">
      <h2 class="title-section">{words.value.ranking(levelWord(store.level.value))}</h2>
      {question === null ? null : (
        <a href={rankingAddress(csv)} download>
          {words.value.csv}
        </a>
      )}
      <p class="secondary">{unranked ? words.value.byCount : words.value.rankingBody}</p>
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
  return <Rows store={store} told={value.value} />;
}

export function Ranking({ store }: StoreProps) {
  const { error, fresh, loading, stale, value } = store.ranking;
  // What failed is told in full ink, and nothing of the question before beside it.
  const failed = store.years.error.value !== null || (error.value !== null && !fresh.value);
  const told = value.value?.numberMatched && !failed ? value.value : null;
  // Where nothing is ranked that is said above the table.
  const thin = told && isRanked(told.rows) ? told.thin : 0;
  return (
    <section class={stale.value && !failed ? "rank-pane renewing" : "rank-pane"} aria-busy={loading.value}>
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
