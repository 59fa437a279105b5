import type { Trend } from "../../api/contract";
import { statsAddress, trendAddress } from "../../api/endpoints";
import { number } from "../../i18n";
import { words } from "../../i18n/perencana";
import { Failed, SkeletonRows } from "../../panels/faces";
import { place } from "./address";
import { Chart } from "./Chart";
import type { PlannerStore } from "./store";

interface StoreProps {
  store: PlannerStore;
}

const MOST_CATEGORIES = 10;

const asCsv = (question: string | null): URLSearchParams => {
  const query = new URLSearchParams(question ?? "");
  query.set("format", "csv");
  return query;
};

/** Rates by year; null for a year without one. */
function ratesOf(trend: Trend | null, years: readonly number[]): (number | null)[] {
  const rates = new Map((trend?.points ?? []).map(({ period, per_1000 }) => [period, per_1000]));
  return years.map((year) => rates.get(String(year)) ?? null);
}

const rate = (value: number | null) => (value === null ? "–" : number(value, 1));

interface Series {
  name: string;
  values: (number | null)[];
}

function TrendTable({ years, series }: { years: readonly number[]; series: Series[] }) {
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
        {years.map((year, at) => (
          <tr key={year}>
            <th scope="row">{year}</th>
            {series.map(({ name, values }) => (
              <td key={name}>{rate(values[at] ?? null)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The rate of the city through the years, and that of the chosen area beside it. */
function TrendChart({ store }: StoreProps) {
  const { side } = store;
  const years = store.allYears.value;
  const { area } = place.value;
  const city = { name: store.city.value?.name ?? "", values: ratesOf(side.city.value.value, years) };
  const chosen = area ? { name: store.areaName(area), values: ratesOf(side.area.value.value, years) } : null;
  const series = chosen ? [city, chosen] : [city];
  return (
    <Chart
      title={words.value.trend}
      body={words.value.trendBody(series.map(({ name }) => name).join(", "))}
      csv={trendAddress(asCsv(side.areaQuestion.value ?? side.cityQuestion.value))}
      busy={side.city.loading}
      drawn={JSON.stringify([years, series])}
      draw={(charts, container) =>
        charts.drawTrend(container, {
          steps: [...years],
          format: (value) => number(value, 1),
          lines: [
            { ...city, token: "mark" },
            ...(chosen ? [{ ...chosen, token: "plan", dash: [6, 4] }] : []),
          ],
        })
      }
      table={<TrendTable years={years} series={series} />}
    />
  );
}

function CategoriesChart({ store }: StoreProps) {
  const { side } = store;
  const names = new Map((store.categories.value.value ?? []).map(({ code, name }) => [code, name]));
  const sums = new Map<string, number>();
  for (const row of side.categories.value.value?.rows ?? [])
    if (row.category) sums.set(row.category, (sums.get(row.category) ?? 0) + row.count);
  const all = [...sums]
    .map(([code, value]) => ({ name: names.get(code) ?? code, value }))
    .sort((a, b) => b.value - a.value || a.name.localeCompare(b.name));
  const bars = all.slice(0, MOST_CATEGORIES);
  const { area } = place.value;
  const where = area ? store.areaName(area) : (store.city.value?.name ?? "");
  return (
    <Chart
      title={words.value.categories}
      body={words.value.categoriesBody(where, String(store.year.value ?? ""))}
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
    />
  );
}

export function Charts({ store }: StoreProps) {
  const { city, categories } = store.side;
  const error = city.error.value ?? categories.error.value;
  if (error) {
    const { numbersFailed, mapStillWorks } = words.value;
    return (
      <Failed title={numbersFailed} still={mapStillWorks} error={error} retry={() => store.side.again()} />
    );
  }
  if (!city.value.value || !categories.value.value) return <SkeletonRows rows={4} />;
  const stale = city.stale.value || categories.stale.value;
  return (
    <div class={stale ? "panel-scroll renewing" : "panel-scroll"}>
      <TrendChart store={store} />
      <CategoriesChart store={store} />
    </div>
  );
}
