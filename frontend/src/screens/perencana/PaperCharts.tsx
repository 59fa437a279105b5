import type { ComponentChildren } from "preact";
import { number } from "../../i18n";
import { words } from "../../i18n/perencana";
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
import type { PlannerStore } from "./store";
import { yearWord } from "./titles";

interface StoreProps {
  store: PlannerStore;
}

const MOST_CATEGORIES = 10;
const WIDTH = 640;
const HEIGHT = 150;
/** Room for the values above the points and the years beneath. */
const TOP = 24;
const FOOT = 22;
const SIDE = 40;

interface FigureProps {
  title: string;
  body: string;
  notes: string[];
  children: ComponentChildren;
}

function Figure({ title, body, notes, children }: FigureProps) {
  return (
    <figure class="paper-chart">
      <figcaption>
        <h3 class="title-group">{title}</h3>
        <p class="secondary">{body}</p>
      </figcaption>
      {children}
      {notes.filter(Boolean).map((note) => (
        <p class="hint" key={note}>
          {note}
        </p>
      ))}
    </figure>
  );
}

interface LineProps {
  values: (number | null)[];
  place: (at: number, value: number) => [x: number, y: number];
  open?: boolean;
}

/** A line through the values that there are. */
function PaperLine({ values, place, open }: LineProps) {
  const points = values.flatMap((value, at) => (value === null ? [] : [place(at, value).join(",")]));
  return <polyline class={open ? "paper-line paper-open" : "paper-line"} points={points.join(" ")} />;
}

interface SeriesProps {
  series: Series;
  place: LineProps["place"];
  from: number;
}

function PaperSeries({ series: { values }, place, from }: SeriesProps) {
  const { complete, growing } = partedAt(values, from);
  return (
    <>
      <PaperLine values={complete} place={place} />
      <PaperLine values={growing} place={place} open />
      {values.map((value, at) => {
        if (value === null) return null;
        const [x, y] = place(at, value);
        return (
          <g key={x}>
            <circle cx={x} cy={y} r={3.5} class={at >= from ? "paper-point paper-hollow" : "paper-point"} />
            <text x={x} y={y - 8}>
              {rateWord(value)}
            </text>
          </g>
        );
      })}
    </>
  );
}

function PaperTrend({ store }: StoreProps) {
  const years = store.years.all.value;
  const series = trendSeries(store);
  const from = growingFrom(store);
  const running = years[from];
  const most = Math.max(1e-9, ...series.flatMap(({ values }) => values.map((value) => value ?? 0)));
  const step = years.length > 1 ? (WIDTH - 2 * SIDE) / (years.length - 1) : 0;
  const place: LineProps["place"] = (at, value) => [
    SIDE + at * step,
    HEIGHT - FOOT - (value / most) * (HEIGHT - TOP - FOOT),
  ];
  return (
    <Figure
      title={words.value.trend}
      body={words.value.trendBody(series.map(({ name }) => name).join(", "))}
      notes={[
        running === undefined ? "" : words.value.trendRunning(running),
        chartNote(store, store.side.city.value.value),
      ]}
    >
      <svg class="paper-trend" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
        <line class="paper-axis" x1="0" x2={WIDTH} y1={HEIGHT - FOOT} y2={HEIGHT - FOOT} />
        {years.map((year, at) => (
          <text key={year} x={SIDE + at * step} y={HEIGHT - 6}>
            {year}
          </text>
        ))}
        {series.map((one) => (
          <PaperSeries key={one.name} series={one} place={place} from={from} />
        ))}
      </svg>
    </Figure>
  );
}

function PaperCategories({ store }: StoreProps) {
  const rows = categorySums(store).slice(0, MOST_CATEGORIES);
  const most = Math.max(1, ...rows.map(({ value }) => value));
  return (
    <Figure
      title={words.value.categories}
      body={words.value.categoriesBody(chartPlace(store), yearWord(store, store.year.value))}
      notes={[chartNote(store, store.side.categories.value.value)]}
    >
      <table class="paper-bars num">
        <tbody>
          {rows.map(({ name, value }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>
                <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
                  <rect width={(100 * value) / most} height="10" />
                </svg>
              </td>
              <td>{number(value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Figure>
  );
}

/** On paper only: the charts as lines that a printer draws, whichever panel was open. */
export function PaperCharts({ store }: StoreProps) {
  const { city, categories } = store.side;
  const known = city.value.value && categories.value.value && !store.renewing.value;
  if (!known || store.matched.value === 0) return null;
  return (
    <section class="print-only paper-charts">
      <PaperTrend store={store} />
      <PaperCategories store={store} />
    </section>
  );
}
