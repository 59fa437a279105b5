import { computed, effect, type ReadonlySignal } from "@preact/signals";
import type { City, Stats } from "../../api/contract";
import { readStats, statsQuery } from "../../api/endpoints";
import { place } from "../../state/place";
import { openingYear } from "../../state/planningYears";
import { Resource } from "../../state/resource";

/** The years by name: a usulan carried over is counted in each of its years. */
function questionOf({ code, years }: City): string {
  return statsQuery(new URLSearchParams({ city: code, year: years.join(",") }), "kota", {
    by: "year",
  }).toString();
}

/** The year that rates are of where none is chosen: the one with which the planner opens a city without filters. */
export class OpeningYear {
  private readonly sums = new Resource<Stats>();
  private readonly question = computed(() => {
    const city = this.city.value;
    const wanted = place.value.mode === "laju" && place.value.year === null;
    return wanted && city && city.years.length > 1 ? questionOf(city) : null;
  });

  constructor(private readonly city: ReadonlySignal<City | null>) {}

  /** Null in a city without any year; undefined while nobody knows. */
  readonly year = computed(() => {
    const years = this.city.value?.years ?? [];
    const latest = years.at(-1) ?? null;
    // Where the sums cannot be read, the page is not to wait for them.
    if (years.length < 2 || this.sums.error.value) return latest;
    const isAnswer = this.sums.answers.value === this.question.value;
    const sums = isAnswer ? this.sums.value.value : null;
    return sums ? (openingYear(sums, years) ?? latest) : undefined;
  });

  start(): () => void {
    return effect(() => {
      const question = this.question.value;
      if (question === null || question === this.sums.answers.peek()) return;
      void this.sums.load((signal) => readStats(new URLSearchParams(question), signal), question);
    });
  }
}
