import { computed, effect, signal, untracked } from "@preact/signals";
import type {
  AreaRead,
  Category,
  City,
  Configuration,
  Group,
  Level,
  Stats,
  UsulanFeature,
} from "../../api/contract";
import {
  classesQuery,
  readArea,
  readCategories,
  readCities,
  readConfiguration,
  readStats,
  statsQuery,
} from "../../api/endpoints";
import { isGone } from "../../api/problem";
import type { Located } from "../../geo/cells";
import { areaClasses } from "../../geo/choropleth";
import { levelOfCode } from "../../geo/codes";
import { levelOfZoom, presentLevel } from "../../geo/levels";
import type { BasemapState, MapPart, PetaMap } from "../../map";
import { fullName } from "../../panels/names";
import { Again } from "../../state/again";
import { chosenCity } from "../../state/chosenCity";
import { language } from "../../state/language";
import { online } from "../../state/online";
import { place } from "../../state/place";
import { Resource } from "../../state/resource";
import { Standings } from "../../state/standings";
import { timeZone } from "../../state/timeZone";
import { filterQuery, type PetaPlace } from "../../state/url";
import { UsulanChoice } from "./choice";
import { CircleSizes } from "./circles";
import { UsulanList } from "./list";
import { OpeningYear } from "./openingYear";
import { Otherwise } from "./otherwise";

export interface MapFailure {
  error: unknown;
  part: MapPart;
}

/** Everything that the map page knows beyond its address; one per page. */
export class PetaStore {
  readonly configuration = new Resource<Configuration>();
  readonly cities = new Resource<City[]>();
  readonly categories = new Resource<Category[]>();
  /** Numbers of every area of the level on the map, under the filter. */
  readonly stats = new Resource<Stats>();
  /** The same with a class for each area, and the limits that they come from. */
  readonly classed = new Resource<Stats>();
  readonly area = new Resource<AreaRead>();
  readonly areaStats = new Resource<Stats>();
  readonly areaStatuses = new Resource<Stats>();
  readonly zoom = signal(13);
  /** Levels that this city does not have; found when their numbers come back empty. */
  readonly missing = signal<ReadonlySet<Level>>(new Set());
  /** Area under the pointer or the keyboard, on the map. */
  readonly pointedArea = signal<string | null>(null);
  readonly pointedUsulan = signal<string | null>(null);
  /** What the live region says. */
  readonly said = signal("");

  readonly city = computed(() => {
    const cities = this.cities.value.value ?? [];
    const { value, loading } = this.configuration;
    // The default city is asked for in the same moment as the cities; neither waits for the other.
    if (!place.value.city && loading.value) return null;
    return chosenCity(cities, place.value, value.value?.default_city);
  });
  readonly level = computed(() => presentLevel(levelOfZoom(this.zoom.value), this.missing.value));
  private readonly opening = new OpeningYear(this.city);
  /** The year of every number on the page: the chosen one; for rates, which need one year, else the opening one. */
  readonly year = computed(() => this.yearOf(place.value) ?? null);
  /** The filters of list, tiles and numbers alike, as the server reads them; null until the city is known. */
  readonly filter = computed(() => this.filterOf(place.value)?.toString() ?? null);
  /** What the tiles of usulan hold: the set of the list, down to the chosen area. */
  readonly mapQuery = computed(() => {
    const { area } = place.value;
    if (this.filter.value === null || !area) return this.filter.value;
    return new URLSearchParams([...new URLSearchParams(this.filter.value), ["area", area]]).toString();
  });
  readonly categoryOf = computed(
    () => new Map((this.categories.value.value ?? []).map((item) => [item.code, item])),
  );
  readonly groups = computed<Record<string, Group>>(() =>
    Object.fromEntries((this.categories.value.value ?? []).map(({ code, group }) => [code, group])),
  );
  /** Classes of the areas on the map; null in the cell picture and until they answer the present question. */
  readonly values = computed(() => {
    const { answers, value } = this.classed;
    const told = answers.value === this.classesQuestion.value ? value.value : null;
    return told && areaClasses(told);
  });
  /** Names of areas as far as the page has met them. */
  readonly names = computed(
    () => new Map((this.stats.value.value?.rows ?? []).map((row) => [row.area, row.name])),
  );
  readonly list = new UsulanList(this.filter);
  readonly otherwise = new Otherwise(
    computed(() => (place.value.unlocated ? this.list.unlocated.value : this.list.matched.value)),
    (other) => this.filterOf(other),
  );
  readonly choice = new UsulanChoice();
  readonly circles = new CircleSizes({
    stats: this.stats,
    list: this.list,
    city: this.city,
    query: this.mapQuery,
  });
  /** The map once it has come. */
  readonly map = signal<PetaMap | null>(null);
  /** True while the map shows the usulan of an earlier filter, or none yet: they must not pass for the present ones. */
  readonly mapRenewing = signal(false);
  /** What of the map is missing. */
  readonly mapFailure = signal<MapFailure | null>(null);
  private readonly mapAgain = new Again(() => this.retryMap());

  /** Standing of the boundaries of each level that the page shows. */
  readonly standings = new Standings(this.city);
  /** What has become of the outside map, where there is one. */
  readonly basemap = signal<BasemapState>("waiting");

  /** Where an usulan for this city is made; one city needs no name in the address. */
  readonly laporAddress = computed(() => {
    const city = this.city.value;
    return city && (this.cities.value.value ?? []).length > 1 ? `/lapor?city=${city.code}` : "/lapor";
  });

  /** Undefined while nobody knows which year the rates are of. */
  private yearOf({ year, mode }: PetaPlace): number | null | undefined {
    return year ?? (mode === "laju" ? this.opening.year.value : null);
  }

  /** The filters that a place stands for, as the server reads them; null until city and year are known. */
  private filterOf(other: PetaPlace): URLSearchParams | null {
    const city = this.city.value;
    const year = this.yearOf(other);
    if (!city?.edition || year === undefined) return null;
    return filterQuery({ ...other, year }, city.code);
  }

  /** The name of an area as far as the page has met it, else its code. */
  areaName(code: string): string {
    const area = this.area.value.value;
    if (area?.code === code) return fullName(area);
    return this.names.value.get(code) ?? code;
  }

  pointUsulan(feature: UsulanFeature | null): void {
    this.pointedUsulan.value = feature?.properties.number ?? null;
  }

  /** Starts to follow the address; the result stops it. */
  start(): () => void {
    void this.configuration.load(readConfiguration);
    void this.cities.load(readCities);
    const stops = [
      effect(() => {
        // The server names the categories in the reader's language.
        if (language.value) void this.categories.load(readCategories);
      }),
      effect(() => {
        if (this.city.value) timeZone.value = this.city.value.time_zone;
      }),
      effect(() => {
        this.standings.want(this.level.value);
        if (this.area.value.value) this.standings.want(this.area.value.value.level);
      }),
      effect(() => this.loadStats()),
      effect(() => this.loadClasses()),
      effect(() => this.loadArea()),
      effect(() => {
        if (this.mapQuery.value) untracked(() => this.beginMapAgain());
      }),
      effect(() => this.noteMissingLevel()),
      effect(() => this.resume()),
      this.opening.start(),
      this.list.start(),
      this.otherwise.start(),
      this.choice.start(),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }

  /** Asks again for what failed once the network is back. */
  private resume(): void {
    const back = online.value && !this.wasOnline;
    this.wasOnline = online.value;
    if (!back) return;
    untracked(() => this.retry());
  }

  private wasOnline = true;

  /** Every request that failed, once more. */
  retry(): void {
    const resources = [
      this.configuration,
      this.cities,
      this.stats,
      this.classed,
      this.area,
      this.areaStats,
      this.areaStatuses,
      this.categories,
    ];
    for (const resource of [...resources, this.choice.feature, this.choice.history]) {
      if (resource.error.value) resource.retry();
    }
    if (this.list.error.value) this.list.retry();
    this.retryMap();
  }

  /** Notes that a part of the map did not come, and asks for it again by itself while that may help. */
  mapFailed(error: unknown, part: MapPart): void {
    // Missing circles look like "nobody asked for anything", so they are told before missing ground.
    if (this.mapFailure.peek()?.part !== "usulan") this.mapFailure.value = { error, part };
    this.mapAgain.later(error);
  }

  /** Another filter or area is another question: what failed for the one before says nothing of it. */
  private beginMapAgain(): void {
    this.mapAgain.reset();
    this.retryMap();
  }

  /** Learns from the usulan on the map how many there are; those of an earlier filter say nothing. */
  mapCounted(located: Located): void {
    if (!this.mapRenewing.peek()) this.circles.take(located);
  }

  private retryMap(): void {
    if (!this.mapFailure.peek()) return;
    this.mapFailure.value = null;
    this.map.peek()?.retry();
  }

  /** What the numbers on the map must answer; an older answer must not be coloured under a new legend. */
  readonly statsQuestion = computed(() =>
    this.filter.value === null
      ? null
      : statsQuery(new URLSearchParams(this.filter.value), this.level.value).toString(),
  );

  private loadStats(): void {
    if (this.statsQuestion.value === null) return;
    const query = new URLSearchParams(this.statsQuestion.value);
    void this.stats.load((signal) => readStats(query, signal), query.toString());
  }

  /** What colours the areas must answer; null where none are coloured: a rate is of one year. */
  private readonly classesQuestion = computed(() => {
    const { mode } = place.value;
    if (mode === "petak" || this.filter.value === null) return null;
    if (mode === "laju" && this.year.value === null) return null;
    const filter = new URLSearchParams(this.filter.value);
    const measure = mode === "laju" ? "per_1000" : "count";
    return classesQuery(filter, this.level.value, { measure, method: "quantile" }).toString();
  });

  private loadClasses(): void {
    const question = this.classesQuestion.value;
    if (question === null) return;
    void this.classed.load((signal) => readStats(new URLSearchParams(question), signal), question);
  }

  /** Sums of what list and map show: of the chosen area, else of the whole city. */
  readonly totals = computed(() => (place.value.area ? this.areaStats : this.stats));
  /** True while circles are still to come, or to get their sizes: a map without them says that nobody asked. */
  readonly mapWaiting = computed(() => {
    const { mode } = place.value;
    const sized = this.circles.unitAt.value(this.zoom.value) !== null;
    const unsized = mode === "petak" && !sized && this.mapFailure.value === null;
    return this.mapRenewing.value || unsized;
  });
  /** True where the address names an area that is not here: nothing of the page can be of it. */
  readonly areaGone = computed(() => place.value.area !== null && isGone(this.area.error.value));
  /** True where the map shows what it is asked for, so that another part that failed can point to it. */
  readonly mapWorks = computed(
    () => this.map.value !== null && this.mapFailure.value === null && !this.mapWaiting.value,
  );
  /** The same of the list. */
  readonly listWorks = computed(() => this.list.error.value === null && !this.list.outdated.value);

  /** The area of the panel: the chosen one, or the whole city. */
  readonly areaCode = computed(() => place.value.area ?? this.city.value?.code ?? null);

  private loadArea(): void {
    const code = this.areaCode.value;
    if (!code || this.filter.value === null) return;
    const filter = new URLSearchParams(this.filter.value);
    const level = levelOfCode(code);
    const question = `${code} ${filter}`;
    void this.area.load((signal) => readArea(code, filter, signal), question);
    void this.areaStats.load(
      (signal) => readStats(statsQuery(filter, level, { area: code }), signal),
      question,
    );
    const byStatus = statsQuery(filter, level, { area: code, by: "status" });
    void this.areaStatuses.load((signal) => readStats(byStatus, signal), question);
  }

  private noteMissingLevel(): void {
    const rows = this.stats.value.value?.rows;
    const level = this.level.peek();
    if (this.stats.loading.value || !rows || rows.length > 0 || level === "kota") return;
    this.missing.value = new Set([...this.missing.peek(), level]);
  }
}
