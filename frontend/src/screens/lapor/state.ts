import { computed, type Signal, signal } from "@preact/signals";
import { request } from "../../api/client";
import type { Bounds, Category, City, Position } from "../../api/contract";
import { readCities, readConfiguration } from "../../api/endpoints";
import { Problem } from "../../api/problem";
import type { PinMap } from "../../map/pin";
import { timeZone } from "../../state/timeZone";
import { AreaDirectory } from "./areaNames";
import { type Fault, faultsOf, faultsOfProblem, stepOf } from "./check";
import {
  type Draft,
  type DraftStorage,
  discardDraft,
  draftName,
  emptyDraft,
  hasContent,
  keepDraft,
  keptDraft,
} from "./draft";
import { Locator, type Query } from "./located";
import { bodyOf, postTo, type SentOnce, sendOnce } from "./send";

export interface Sent extends SentOnce {
  draft: Draft;
  at: Date;
}

export interface PlacedCity extends City {
  bounds: Bounds;
}

/** Everything the reporting page knows; one per page. */
export class Lapor {
  readonly draft: Signal<Draft>;
  /** False once the device refused to keep the draft. */
  readonly kept = signal(true);
  readonly resumed: Signal<boolean>;
  readonly faults = signal<Fault[]>([]);
  readonly failure = signal<Problem | null>(null);
  readonly sending = signal(false);
  readonly sent = signal<Sent | null>(null);
  readonly categories = signal<Category[] | null>(null);
  readonly categoriesFailure = signal<unknown>(null);
  /** Counts moments at which the heading, or the list of faults, takes the focus. */
  readonly arrivals = signal(0);
  readonly category = computed(
    () => this.categories.value?.find(({ code }) => code === this.draft.value.category) ?? null,
  );
  readonly locator: Locator;
  readonly directory: AreaDirectory;
  /** True when the place is chosen from lists instead of on the map. */
  readonly byList: Signal<boolean>;
  readonly tilesFailed = signal(false);
  /** True while there is no map at all to put a pin on. */
  readonly mapFailed = signal(false);
  /** The city where it is known to have no areas yet: nothing can be sent there. */
  readonly unmapped = signal<City | null>(null);
  /** True once it is known that the city of the address is not here. */
  readonly unknown = signal(false);
  /** The cities that have areas. */
  readonly cities = signal<City[]>([]);
  /** The city once it has come. */
  readonly here = signal<PlacedCity | null>(null);
  /** The map once it has come. */
  map: PinMap | null = null;

  constructor(
    readonly city: string | null,
    private readonly storage: DraftStorage,
    private readonly newKey: () => string,
    { fresh = false }: { fresh?: boolean } = {},
  ) {
    const draft = fresh ? null : keptDraft(storage, draftName(city));
    this.draft = signal(draft ?? emptyDraft(newKey()));
    this.resumed = signal(draft !== null && hasContent(draft));
    this.byList = signal(draft?.place?.kind === "area");
    this.locator = new Locator(this.query);
    this.directory = new AreaDirectory(this.query);
    this.followPlace();
  }

  /** A path of our server with the city of this page. */
  readonly query: Query = (path, members) => {
    const all = Object.entries(members).map(([name, value]): [string, string] => [name, String(value)]);
    const search = new URLSearchParams(this.city ? [["city", this.city], ...all] : all);
    return search.size > 0 ? `${path}?${search}` : path;
  };

  change(part: Partial<Draft>): void {
    const draft = { ...this.draft.value, ...part };
    this.draft.value = draft;
    this.kept.value = keepDraft(this.storage, draftName(this.city), draft);
    const touched = new Set(Object.keys(part));
    if (this.faults.value.some(({ field }) => touched.has(field))) {
      this.faults.value = this.faults.value.filter(({ field }) => !touched.has(field));
    }
    if ("place" in part) this.followPlace();
  }

  private followPlace(): void {
    const { place } = this.draft.value;
    if (place?.kind === "pin") void this.locator.follow(place.position, place.accuracy_m);
    else this.locator.forget();
  }

  go(step: Draft["step"]): void {
    this.change({ step });
    this.failure.value = null;
    this.arrivals.value += 1;
  }

  /** The city of this page: the one asked for, else the one that the server takes for granted. */
  async cityHere(): Promise<PlacedCity> {
    const { signal } = new AbortController();
    const [cities, { default_city }] = await Promise.all([readCities(signal), readConfiguration(signal)]);
    const here = cities.find(({ code }) => code === (this.city ?? default_city));
    this.cities.value = cities.filter(({ bounds }) => bounds !== null);
    this.unmapped.value = here && !here.bounds ? here : null;
    this.unknown.value = this.city !== null && !here;
    if (!here?.bounds) throw new Problem({ status: 404, code: "TIDAK_DITEMUKAN", title: "", detail: "" });
    timeZone.value = here.time_zone;
    this.here.value = { ...here, bounds: here.bounds };
    return this.here.value;
  }

  /** The pin was put somewhere, which is an answer in place of the lists. */
  pinAt(position: Position, accuracy_m: number | null): void {
    this.byList.value = false;
    this.change({ place: { kind: "pin", position, accuracy_m }, declared: null });
  }

  chooseByList(byList: boolean): void {
    this.byList.value = byList;
    this.change({ place: null, declared: null });
  }

  /** The faults that keep the person on this step. A place known to be outside is one. */
  private faultsNow(): Fault[] {
    const { step } = this.draft.value;
    const outside = step === 1 && this.locator.located.value.state === "outside";
    return outside ? [{ field: "place", code: "missing", detail: "" }] : faultsOf(this.draft.value, step);
  }

  /** True when the step may be left. Otherwise its faults are shown and take the focus. */
  mayLeave(): boolean {
    this.faults.value = this.faultsNow();
    if (this.faults.value.length === 0) return true;
    this.arrivals.value += 1;
    return false;
  }

  chooseCategory(category: Category): void {
    const { unit } = this.draft.value;
    this.change({
      category: category.code,
      unit: category.units.includes(unit) ? unit : (category.units[0] ?? ""),
    });
  }

  async loadCategories(): Promise<void> {
    this.categoriesFailure.value = null;
    try {
      const path = this.query("/api/v1/categories", {});
      this.categories.value = (await request<{ categories: Category[] }>(path)).categories;
    } catch (error) {
      this.categoriesFailure.value = error;
    }
  }

  async send(now: () => Date): Promise<void> {
    // A second tap while the first is under way would only repeat it.
    if (this.sending.value) return;
    this.sending.value = true;
    this.failure.value = null;
    const draft = this.draft.value;
    try {
      const once = await sendOnce(draft, postTo(this.query("/api/v1/usulan", {})));
      this.sent.value = { ...once, draft, at: now() };
      discardDraft(this.storage, draftName(this.city));
      this.arrivals.value += 1;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.refused(error, draft);
    } finally {
      this.sending.value = false;
    }
  }

  private refused(problem: Problem, draft: Draft): void {
    const body = JSON.stringify(bodyOf(draft));
    if (problem.unanswered) this.change({ unanswered: [...new Set([...draft.unanswered, body])] });
    // The key belongs to another text, sent from another tab: this one is an usulan of its own.
    if (problem.code === "KONFLIK") this.change({ key: this.newKey(), unanswered: [] });
    this.faults.value = faultsOfProblem(problem);
    const [first] = this.faults.value;
    if (first) this.change({ step: stepOf(first.field) });
    this.failure.value = first ? null : problem;
    this.arrivals.value += 1;
  }

  startOver(): void {
    discardDraft(this.storage, draftName(this.city));
    this.draft.value = emptyDraft(this.newKey());
    this.resumed.value = false;
    this.faults.value = [];
    this.failure.value = null;
    this.sent.value = null;
    this.locator.forget();
    this.arrivals.value += 1;
  }
}
