import type { ComparedRow, Comparison } from "../../api/contract";
import { comparisonAddress, tableQuery } from "../../api/endpoints";
import { number, rateText } from "../../i18n";
import { words } from "../../i18n/perencana";
import { Choice } from "../../panels/Choice";
import { Failed, SkeletonRows } from "../../panels/faces";
import { go } from "./address";
import { rateWord } from "./chartSeries";
import type { PlannerStore } from "./store";

interface StoreProps {
  store: PlannerStore;
}

const signOf = (value: number) => (value > 0 ? "+" : value < 0 ? "−" : "");
const signed = (value: number) => `${signOf(value)}${number(Math.abs(value), 1)}`;

/** How much more of a rate the right side has; less than can be written has no sign either. */
function rateDifference({ left, right }: Comparison["total"]): string {
  if (left.per_1000 === null || right.per_1000 === null) return "–";
  // Of numbers with two decimals: what is left beyond them is the machine's own.
  const more = Math.round(100 * (right.per_1000 - left.per_1000)) / 100;
  const told = rateText(Math.abs(more));
  return told.startsWith("<") ? told : `${signOf(more)}${told}`;
}

/** Whether two areas or two years stand side by side. */
function KindChoice({ store }: StoreProps) {
  const years = store.side.comparesYears.value;
  const lastTwo = store.years.all.value.filter((year) => year <= (store.year.value ?? 0)).slice(-2);
  return (
    <fieldset class="segments">
      <legend class="visually-hidden">{words.value.compareWhat}</legend>
      <button type="button" aria-pressed={!years} onClick={() => go({ compared: [] })}>
        {words.value.compareAreas}
      </button>
      <button type="button" aria-pressed={years} onClick={() => go({ compared: lastTwo.map(String) })}>
        {words.value.compareYears}
      </button>
    </fieldset>
  );
}

function SideChoices({ store }: StoreProps) {
  const { comparesYears, sides } = store.side;
  if (!sides.value) return null;
  const [left, right] = sides.value;
  const known = comparesYears.value
    ? store.years.all.value.map(String)
    : (store.ranking.value.value?.rows ?? []).map(({ area }) => area);
  const name = (code: string) =>
    comparesYears.value ? code : [store.areaName(code), store.areaWithin(code)].filter(Boolean).join(", ");
  const options = [...new Set([left, right, ...known])]
    .map((code): [string, string] => [code, name(code)])
    .sort((a, b) => a[0].localeCompare(b[0]));
  return (
    <div class="compare-sides">
      <Choice
        label={words.value.leftSide}
        value={left}
        options={options}
        choose={(code) => go({ compared: [code, right] })}
      />
      <Choice
        label={words.value.rightSide}
        value={right}
        options={options}
        choose={(code) => go({ compared: [left, code] })}
      />
    </div>
  );
}

function CompareRow({
  name,
  row,
}: {
  name: string;
  row: Pick<ComparedRow, "left" | "right" | "difference">;
}) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{number(row.left.count)}</td>
      <td>{number(row.right.count)}</td>
      <td>{row.difference === null ? "–" : signed(row.difference)}</td>
    </tr>
  );
}

function Table({ store, found }: StoreProps & { found: Comparison }) {
  const names = new Map((store.categories.value.value ?? []).map(({ code, name }) => [code, name]));
  const size = ({ difference }: ComparedRow) => Math.abs(difference ?? 0);
  const rows = [...found.rows].sort((a, b) => size(b) - size(a));
  const head = ({ name, year }: Comparison["left"]) => (year ? String(year) : (name ?? ""));
  return (
    <table class="plain-table compare-table num">
      <thead>
        <tr>
          <th scope="col">{words.value.category}</th>
          <th scope="col">{head(found.left)}</th>
          <th scope="col">{head(found.right)}</th>
          <th scope="col">{words.value.difference}</th>
        </tr>
      </thead>
      <tbody>
        <CompareRow name={words.value.allTogether} row={found.total} />
        <tr>
          <th scope="row">{words.value.rateTitle}</th>
          <td>{rateWord(found.total.left.per_1000, found.total.left.count)}</td>
          <td>{rateWord(found.total.right.per_1000, found.total.right.count)}</td>
          <td>{rateDifference(found.total)}</td>
        </tr>
        {rows.map((row) => (
          <CompareRow key={row.value} name={names.get(row.value ?? "") ?? row.value ?? "–"} row={row} />
        ))}
      </tbody>
    </table>
  );
}

/** Two areas or two years, category by category, the greatest difference first. */
export function Compare({ store }: StoreProps) {
  const { comparison, comparisonQuestion } = store.side;
  const { value, error, stale } = comparison;
  const csv = tableQuery(new URLSearchParams(comparisonQuestion.value ?? ""));
  return (
    <section
      class={stale.value && !error.value ? "rank-pane renewing" : "rank-pane"}
      aria-busy={comparison.loading.value}
    >
      <header class="panel-top">
        <h2 class="title-section">{words.value.compareTitle}</h2>
        {comparisonQuestion.value ? (
          <a href={comparisonAddress(csv)} download>
            {words.value.csv}
          </a>
        ) : null}
        <p class="secondary">{words.value.compareBody}</p>
      </header>
      <div class="compare-controls">
        <KindChoice store={store} />
        <SideChoices store={store} />
      </div>
      <div class="panel-scroll">
        {error.value ? (
          <Failed
            title={words.value.numbersFailed}
            still={words.value.mapStillWorks}
            error={error.value}
            retry={() => comparison.retry()}
          />
        ) : null}
        {!value.value && !error.value ? <SkeletonRows rows={4} /> : null}
        {value.value && !error.value ? <Table store={store} found={value.value} /> : null}
      </div>
    </section>
  );
}
