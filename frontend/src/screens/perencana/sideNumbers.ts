import { computed, effect, type ReadonlySignal, untracked } from "@preact/signals";
import type { Comparison, Ranking, Stats, Trend } from "../../api/contract";
import { readComparison, readStats, readTrend, statsQuery } from "../../api/endpoints";
import { Resource } from "../../state/resource";
import { place } from "./address";

const isYear = (code: string) => /^\d{4}$/.test(code);

/** What of the page these numbers follow. */
interface Sources {
  /** The filters of the chosen year, and those of all years together. */
  filter: ReadonlySignal<string | null>;
  seriesFilter: ReadonlySignal<string | null>;
  ranking: Resource<Ranking>;
  revision: { count: ReadonlySignal<number> };
}

/** The numbers of charts and comparison: those of charts once the page has its own, for paper has them all. */
export class SideNumbers {
  /** Years of the whole city, and of the chosen area. */
  readonly city = new Resource<Trend>();
  readonly area = new Resource<Trend>();
  readonly categories = new Resource<Stats>();
  readonly comparison = new Resource<Comparison>();
  readonly all = [this.city, this.area, this.categories, this.comparison] as const;

  constructor(private readonly store: Sources) {}

  private readonly charted = computed(
    () => place.value.panel === "grafik" || this.store.ranking.fresh.value !== null,
  );
  private readonly chosen = computed(() => place.value.area);
  readonly cityQuestion = computed(() => (this.charted.value ? this.store.seriesFilter.value : null));
  readonly areaQuestion = computed(() =>
    this.cityQuestion.value !== null && this.chosen.value
      ? withArea(this.cityQuestion.value, this.chosen.value).toString()
      : null,
  );
  readonly categoriesQuestion = computed(() => {
    const filter = this.store.filter.value;
    if (filter === null || !this.charted.value) return null;
    const area = this.chosen.value ?? undefined;
    return statsQuery(new URLSearchParams(filter), "kota", {
      by: "category",
      ...(area ? { area } : {}),
    }).toString();
  });
  /** True where two years are compared, else two areas. */
  readonly comparesYears = computed(() => place.value.compared.some(isYear));
  /** The two sides: those of the address, else the chosen or highest area and the next, or the last two years. */
  readonly sides = computed<[string, string] | null>(() => {
    const [left, right] = place.value.compared;
    if (left && right) return [left, right];
    const ranked = (this.store.ranking.value.value?.rows ?? []).map(({ area }) => area);
    const [first, second] = [...new Set([this.chosen.value, ...ranked])].filter((code) => code !== null);
    return first && second ? [first, second] : null;
  });
  readonly comparisonQuestion = computed(() => {
    const years = this.comparesYears.value;
    const filter = years ? this.store.seriesFilter.value : this.store.filter.value;
    if (place.value.panel !== "banding" || filter === null || !this.sides.value) return null;
    const query = new URLSearchParams(filter);
    query.set(years ? "years" : "areas", this.sides.value.join(","));
    query.set("by", "category");
    return query.toString();
  });

  start(): () => void {
    const stops = [
      effect(() => load(this.city, this.cityQuestion.value, readTrend)),
      effect(() => load(this.area, this.areaQuestion.value, readTrend)),
      effect(() => load(this.categories, this.categoriesQuestion.value, readStats)),
      effect(() => load(this.comparison, this.comparisonQuestion.value, readComparison)),
      effect(() => {
        if (this.store.revision.count.value > 0) untracked(() => this.again());
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }

  /** Asks again for what failed. */
  retry(): void {
    for (const resource of this.all) if (resource.error.value) resource.retry();
  }

  /** Asks again what an open panel shows, as after a new usulan. */
  again(): void {
    if (this.cityQuestion.value) this.city.retry();
    if (this.areaQuestion.value) this.area.retry();
    if (this.categoriesQuestion.value) this.categories.retry();
    if (this.comparisonQuestion.value) this.comparison.retry();
  }
}

function withArea(filter: string, area: string): URLSearchParams {
  const query = new URLSearchParams(filter);
  query.set("area", area);
  return query;
}

function load<Answer>(
  resource: Resource<Answer>,
  question: string | null,
  read: (query: URLSearchParams, signal: AbortSignal) => Promise<Answer>,
): void {
  if (question === null) return;
  void resource.load((signal) => read(new URLSearchParams(question), signal), question);
}
