import { useEffect, useState } from "preact/hooks";
import { number, shortRupiah } from "../../i18n";
import { words } from "../../i18n/perencana";
import { go, type Weight } from "./address";
import { stepYear } from "./keys";
import type { PlannerStore } from "./store";

interface StoreProps {
  store: PlannerStore;
}

const PLAY_MS = 1_500;

const short = (value: number, weight: Weight) => (weight === "cost" ? shortRupiah(value) : number(value));

/** Steps through the years until the last, or until the reader stops it. */
function Play({ store }: StoreProps) {
  const [playing, setPlaying] = useState(false);
  const atEnd = store.year.value === store.allYears.value.at(-1);
  useEffect(() => {
    if (!playing) return undefined;
    if (atEnd) {
      setPlaying(false);
      return undefined;
    }
    const timer = setTimeout(() => stepYear(store, 1), PLAY_MS);
    return () => clearTimeout(timer);
  }, [playing, store.year.value]);
  const press = () => {
    const first = store.allYears.value[0];
    if (!playing && atEnd && first !== undefined) go({ year: first });
    setPlaying(!playing);
  };
  const label = playing ? words.value.pause : words.value.play;
  return (
    <button type="button" class="btn btn-icon year-play" aria-label={label} title={label} onClick={press}>
      <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
        <path d={playing ? "M8 6v12M16 6v12" : "M8 5.5v13l10.5-6.5Z"} />
      </svg>
    </button>
  );
}

/** The years as bars that are also the slider: one range beneath, so that keys and screen readers know it. */
export function YearBars({ store }: StoreProps) {
  const bars = store.bars.value;
  const weight = store.weight.value;
  const chosen = store.year.value;
  const at = bars.findIndex(({ year }) => year === chosen);
  const most = Math.max(1, ...bars.map(({ value }) => value));
  if (bars.length === 0) return null;
  const told = bars[at] ? words.value.yearValue(bars[at].year, short(bars[at].value, weight)) : "";
  return (
    <section class="years" aria-label={words.value.yearTitle}>
      <Play store={store} />
      <p class="years-now">
        <span class="secondary">{words.value.yearTitle}</span>
        <strong class="num">{chosen}</strong>
      </p>
      <div class="years-bars" aria-busy={store.years.loading.value}>
        <div class="years-row" aria-hidden="true">
          {bars.map(({ year, value }) => (
            <div key={year} class="year" data-chosen={year === chosen}>
              <svg class="year-bar" viewBox="0 0 10 32" preserveAspectRatio="none" aria-hidden="true">
                <rect x="0" y={32 - (32 * value) / most} width="10" height={(32 * value) / most} />
              </svg>
              <span class="year-value num">{short(value, weight)}</span>
              <span class="year-name num">{year}</span>
            </div>
          ))}
        </div>
        <input
          class="years-range"
          type="range"
          min={0}
          max={bars.length - 1}
          step={1}
          value={at}
          aria-label={words.value.yearTitle}
          aria-valuetext={told}
          onInput={(event) => {
            const year = bars[Number(event.currentTarget.value)]?.year;
            if (year !== undefined) go({ year });
          }}
        />
      </div>
    </section>
  );
}
