import { computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import type { City, Stats } from "../../api/contract";
import { readStats, statsQuery } from "../../api/endpoints";
import { openingYear, runningYear, yearSums } from "../../state/planningYears";
import { Resource } from "../../state/resource";
import { filterQuery } from "../../state/url";
import { EMPTY_PLANNER, place, type Weight } from "./address";

/** What of the page the years follow. */
interface Sources {
  city: ReadonlySignal<City | null>;
  /** The filters of every year together. */
  seriesFilter: ReadonlySignal<string | null>;
  /** What the years are summed by. */
  weight: ReadonlySignal<Weight>;
  stats: Resource<Stats>;
}

/** With the years by name: a usulan carried over is counted in each of its years, as in a year alone. */
function questionOf(filter: string, years: readonly number[]): string {
  const parameters = new URLSearchParams(filter);
  if (years.length > 0) parameters.set("year", years.join(","));
  return statsQuery(parameters, "kota", { by: "year" }).toString();
}

function load(resource: Resource<Stats>, question: string): void {
  void resource.load((signal) => readStats(new URLSearchParams(question), signal), question);
}

/** The planning years of the city, and the one that every number of the page is of. */
export class PlannerYears {
  /** The whole city in each year, under the filters. */
  readonly sums = new Resource<Stats>();
  /** The same without filters; asked only where these leave no year to open the page with. */
  private readonly unfiltered = new Resource<Stats>();
  /** The year that a city is opened with, kept while its filters change. */
  private readonly opening = signal<{ city: string; year: number | null } | null>(null);

  constructor(private readonly store: Sources) {}

  readonly all = computed(() => this.store.city.value?.years ?? []);
  /** Null while nobody knows which; then no number is asked for, and none is shown. */
  readonly chosen = computed(() => {
    if (place.value.year !== null) return place.value.year;
    const opening = this.opening.value;
    return opening?.city === this.store.city.value?.code ? (opening?.year ?? null) : null;
  });
  readonly bars = computed(() => yearSums(this.sums.fresh.value, this.all.value, this.store.weight.value));
  /** Why the sums of the years are not there. */
  readonly sumsError = computed(() => (this.sums.fresh.value ? null : this.sums.error.value));
  /** Why nobody knows which year to open with, where that failed. */
  readonly error = computed(() =>
    this.chosen.value === null && this.all.value.length > 0
      ? (this.sumsError.value ?? this.unfiltered.error.value)
      : null,
  );
  /** The year that is not over: its numbers still grow. Null until the server has told its time. */
  private readonly running = computed(() => {
    const at = this.sums.value.value?.as_of ?? this.store.stats.value.value?.as_of;
    return at === undefined ? null : runningYear(at, this.store.city.value?.time_zone ?? "UTC");
  });

  isRunning(year: number | null): boolean {
    const running = this.running.value;
    return year !== null && running !== null && year >= running;
  }

  readonly question = computed(() =>
    this.store.seriesFilter.value === null ? null : questionOf(this.store.seriesFilter.value, this.all.value),
  );

  start(): () => void {
    const stops = [
      effect(() => {
        if (this.question.value !== null) load(this.sums, this.question.value);
      }),
      effect(() => this.choose()),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }

  /** Chooses once for each city. */
  private choose(): void {
    const city = this.store.city.value;
    const sums = this.sums.fresh.value;
    if (!city || !sums || this.opening.peek()?.city === city.code) return;
    const all = this.all.peek();
    const year = openingYear(sums, all);
    if (year !== null || all.length === 0) this.opening.value = { city: city.code, year };
    else this.chooseUnfiltered(city);
  }

  /** The filters match nothing: which year would it be without them? */
  private chooseUnfiltered(city: City): void {
    const question = questionOf(filterQuery(EMPTY_PLANNER, city.code).toString(), this.all.peek());
    const asked = this.unfiltered.answers.value === question ? this.unfiltered.value.value : null;
    if (asked) {
      const year = openingYear(asked, this.all.peek()) ?? this.all.peek().at(-1) ?? null;
      this.opening.value = { city: city.code, year };
    } else untracked(() => load(this.unfiltered, question));
  }

  /** After a new usulan. */
  renew(): void {
    this.sums.retry();
  }

  /** Asks again for what failed. */
  retry(): void {
    for (const resource of [this.sums, this.unfiltered]) if (resource.error.value) resource.retry();
  }
}
