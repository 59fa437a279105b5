import { statsAddress, tableQuery, trendAddress } from "../../api/endpoints";
import type { Line } from "../../charts/draw";
import { number, words as shared } from "../../i18n";
import { words } from "../../i18n/perencana";
import { Face, Failed, SkeletonRows } from "../../panels/faces";
import { levelWord } from "../../panels/names";
import { Chart } from "./Chart";
import {
  categorySums,
  chartNote,
  chartPlace,
  growingFrom,
  rateWord,
  type Series,
  trendSeries,
} from "./chartSeries";
import { partedAt } from "./numbers";
import { Provenance } from "./Provenance";
import type { PlannerStore } from "./store";
import { nothingTitle, yearWord } from "./titles";

interface StoreProps {
  store: PlannerStore;
}

const MOST_CATEGORIES = 10;

const asCsv = (question: string | null): URLSearchParams => tableQuery(new URLSearchParams(question ?? ""));

interface TrendTableProps extends StoreProps {
  series: Series[];
}

function TrendTable({ store, series }: TrendTableProps) {
  return (
    <table class="plain-table num">
      <thead>
        <tr>
          <th scope="col">{words.value.yearColumn}</th>
          {series.map(({ name }) => (
            <th scope="col" key={name}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {store.years.all.value.map((year, at) => (
          <tr key={year}>
            <th scope="row">{yearWord(store, year)}</th>
            {series.map(({ name, values }) => (
              <td key={name}>{rateWord(values[at] ?? null)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The line of a series, and from the running year on an open one: what is unfinished is no fall. */
function linesOf(series: Series[], from: number): Line[] {
  const looks = [{ token: "mark" }, { token: "plan", dash: [6, 4] }];
  return series.flatMap(({ name, values }, at) => {
    const { complete, growing } = partedAt(values, from);
    const look = looks[at] ?? looks[0];
    const lines = [{ name, values: complete, token: "mark", ...look }];
    return from < values.length
      ? [...lines, { name, values: growing, token: "mark", ...look, dash: [2, 4], open: true }]
      : lines;
  });
}

function TrendChart({ store }: StoreProps) {
  const { side } = store;
  const years = store.years.all.value;
  const series = trendSeries(store);
  const from = growingFrom(store);
  const running = years[from];
  const told = side.city.value.value;
  return (
    <Chart
      title={words.value.trend}
      body={words.value.trendBody(series.map(({ name }) => name).join(", "))}
      notes={[
        told && told.population === null ? shared.value.noPeople(told.edition ?? "", levelWord("kota")) : "",
        running === undefined ? "" : words.value.trendRunning(running),
        chartNote(store, told),
      ]}
      csv={trendAddress(asCsv(side.areaQuestion.value ?? side.cityQuestion.value))}
      busy={side.city.loading}
      drawn={JSON.stringify([years, series, from])}
      draw={(charts, container) =>
        charts.drawTrend(container, {
          steps: [...years],
          format: (value) => number(value, 1),
          lines: linesOf(series, from),
        })
      }
      table={<TrendTable store={store} series={series} />}
      origin={<Provenance store={store} figure="tren" />}
    />
  );
}

function CategoriesChart({ store }: StoreProps) {
  const { side } = store;
  const all = categorySums(store);
  const bars = all.slice(0, MOST_CATEGORIES);
  return (
    <Chart
      title={words.value.categories}
      body={words.value.categoriesBody(chartPlace(store), yearWord(store, store.year.value))}
      notes={[chartNote(store, side.categories.value.value)]}
      csv={statsAddress(asCsv(side.categoriesQuestion.value))}
      busy={side.categories.loading}
      drawn={JSON.stringify(bars)}
      draw={(charts, container) => charts.drawBars(container, { bars, format: (value) => number(value) })}
      table={
        <table class="plain-table num">
          <tbody>
            {all.map(({ name, value }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{number(value)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      }
      origin={<Provenance store={store} figure="kategori" />}
    />
  );
}

/** Charts of nothing would be empty axes. */
function NothingCharted({ store }: StoreProps) {
  const title = nothingTitle(store);
  const silent = title !== words.value.nothingFits;
  return (
    <Face icon={silent ? "map" : "search"} title={title}>
      <p>{silent ? words.value.silentBody : words.value.nothingCharted(chartPlace(store))}</p>
    </Face>
  );
}

export function Charts({ store }: StoreProps) {
  const { city, categories } = store.side;
  const failed = [city, categories].find(({ error, fresh }) => error.value && !fresh.value);
  const error = store.years.error.value ?? failed?.error.value;
  if (error) {
    const { numbersFailed, mapStillWorks } = words.value;
    return <Failed title={numbersFailed} still={mapStillWorks} error={error} retry={() => store.retry()} />;
  }
  if (!city.value.value || !categories.value.value) return <SkeletonRows rows={4} />;
  if (city.fresh.value?.numberMatched === 0) return <NothingCharted store={store} />;
  const stale = city.stale.value || categories.stale.value;
  return (
    <div class={stale ? "panel-scroll renewing" : "panel-scroll"}>
      <TrendChart store={store} />
      <CategoriesChart store={store} />
    </div>
  );
}
