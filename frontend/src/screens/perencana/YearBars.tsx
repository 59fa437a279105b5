import { useEffect, useState } from "preact/hooks";
import { number, words as shared, shortRupiah } from "../../i18n";
import { words } from "../../i18n/perencana";
import type { YearSum } from "../../state/planningYears";
import { go, type Weight } from "./address";
import { stepYear } from "./keys";
import type { PlannerStore } from "./store";
import { yearWord } from "./titles";

interface StoreProps {
  store: PlannerStore;
}

const PLAY_MS = 1_500;

/** A sum in few letters; what nobody has told is no zero. */
function short(value: number | null, weight: Weight): string {
  if (value === null) return "–";
  return weight === "cost" ? shortRupiah(value) : number(value);
}

/** Steps through the years until the last, or until the reader stops it. */
function Play({ store }: StoreProps) {
  const [playing, setPlaying] = useState(false);
  const atEnd = store.year.value === store.years.all.value.at(-1);
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
    const first = store.years.all.value[0];
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

interface BarProps extends StoreProps {
  sum: YearSum;
  most: number;
}

function Bar({ store, sum: { year, value }, most }: BarProps) {
  const height = (32 * (value ?? 0)) / most;
  return (
    <div class="year" data-chosen={year === store.year.value} data-running={store.years.isRunning(year)}>
      <svg class="year-bar" viewBox="0 0 10 32" preserveAspectRatio="none" aria-hidden="true">
        <rect x="0" y={32 - height} width="10" height={height} />
      </svg>
      <span class="year-value num">{short(value, store.weight.value)}</span>
      <span class="year-name num">{year}</span>
    </div>
  );
}

/** Beneath the bars: why there are none, or which of them still grows. */
function Told({ store }: StoreProps) {
  if (store.years.sumsError.value)
    return (
      <p class="years-told" role="alert">
        {store.year.value === null ? words.value.yearsUnreadPick : words.value.yearsUnread}{" "}
        <button type="button" class="link" onClick={() => store.years.retry()}>
          {shared.value.retry}
        </button>
      </p>
    );
  const running = store.years.all.value.find((year) => store.years.isRunning(year));
  return running === undefined ? null : <p class="years-told hint">{words.value.stillRunning(running)}</p>;
}

/** What a screen reader says of the chosen year. */
function toldOf(store: PlannerStore, sum: YearSum | undefined): string {
  if (!sum) return words.value.noYear;
  const value = sum.value === null ? words.value.valueUnread : short(sum.value, store.weight.value);
  return words.value.yearValue(yearWord(store, sum.year), value);
}

/** The years as bars that are also the slider: one range beneath, so that keys and screen readers know it. */
export function YearBars({ store }: StoreProps) {
  const bars = store.years.bars.value;
  const chosen = store.year.value;
  const at = bars.findIndex(({ year }) => year === chosen);
  const most = Math.max(1, ...bars.map(({ value }) => value ?? 0));
  if (bars.length === 0) return null;
  const choose = (event: { currentTarget: HTMLInputElement }) => {
    const year = bars[Number(event.currentTarget.value)]?.year;
    if (year !== undefined && year !== store.year.peek()) go({ year });
  };
  return (
    <section class="years" aria-label={words.value.yearTitle}>
      <Play store={store} />
      <p class="years-now">
        <span class="secondary">{words.value.yearTitle}</span>
        <strong class="num">{chosen ?? "–"}</strong>
        <span class="hint">{words.value.yearsOf[store.weight.value]}</span>
      </p>
      <div class="years-bars" aria-busy={store.years.sums.loading.value}>
        <div class="years-row" aria-hidden="true">
          {bars.map((sum) => (
            <Bar key={sum.year} store={store} sum={sum} most={most} />
          ))}
        </div>
        <input
          class="years-range"
          type="range"
          min={0}
          max={bars.length - 1}
          step={1}
          value={Math.max(0, at)}
          aria-label={words.value.yearTitle}
          aria-valuetext={toldOf(store, bars[at])}
          onInput={choose}
          // Where no year is known the first one is pressed without a change.
          onClick={choose}
        />
      </div>
      <Told store={store} />
    </section>
  );
}
