import { batch, computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import type {
  AreaProperties,
  Category,
  City,
  Configuration,
  Group,
  HeatScale,
  HexagonCollection,
  Level,
  Ranking,
  RankingRow,
  Stats,
} from "../../api/contract";
import {
  classesQuery,
  readAreaNames,
  readCategories,
  readCities,
  readConfiguration,
  readHeatScale,
  readHexagons,
  readRanking,
  readStats,
} from "../../api/endpoints";
import { areaClasses, lackPeople } from "../../geo/choropleth";
import { levelOfCode, parentCode } from "../../geo/codes";
import { presentLevel } from "../../geo/levels";
import type { MapPart, PlannerMap } from "../../map/planner";
import { fullName } from "../../panels/names";
import { Again } from "../../state/again";
import { chosenCity } from "../../state/chosenCity";
import { language } from "../../state/language";
import { narrow } from "../../state/narrow";
import { online } from "../../state/online";
import { Resource } from "../../state/resource";
import { Revision } from "../../state/revision";
import { Standings } from "../../state/standings";
import { theme } from "../../state/theme";
import { timeZone } from "../../state/timeZone";
import { filterQuery } from "../../state/url";
import { place } from "./address";
import { classedHexagons } from "./numbers";
import { SideNumbers } from "./sideNumbers";
import { PlannerYears } from "./years";

/** So many rows of a ranking are asked for; the table has all of them. */
export const MOST_RANKED = 1_000;

/** The two maps of the page. */
export type Side = "kepadatan" | "laju";

/** What of the maps did not come. */
export interface MapFailure {
  error: unknown;
  part: MapPart;
}

/** Everything that the planner's page knows beyond its address; one per page. */
export class PlannerStore {
  readonly configuration = new Resource<Configuration>();
  readonly cities = new Resource<City[]>();
  readonly categories = new Resource<Category[]>();
  /** Numbers of every area of the level in the chosen year. */
  readonly stats = new Resource<Stats>();
  readonly ranking = new Resource<Ranking>();
  readonly density = new Resource<HeatScale>();
  readonly hexagons = new Resource<HexagonCollection>();
  /** Names of the areas above RT and RW, whose own are only numbers. */
  readonly kelurahan = new Resource<AreaProperties[]>();
  readonly missing = signal<ReadonlySet<Level>>(new Set());
  readonly pointedArea = signal<string | null>(null);
  readonly said = signal("");
  /** The maps that have come, from the left. */
  readonly maps = signal<readonly (PlannerMap | null)[]>([]);
  /** The map that the reader last took hold of; the other goes along. */
  leader = 0;
  /** Pictures of a density that are still to come, or to be replaced, and whether a failed one is missing. */
  readonly pictures = signal({ waiting: false, lacking: false });
  /** Maps, from the left, whose ground is still coming. */
  readonly groundsWaiting = signal<readonly boolean[]>([]);
  readonly mapFailure = signal<MapFailure | null>(null);
  private readonly mapAgain = new Again(() => this.retryMaps());

  readonly city = computed(() => {
    const cities = this.cities.value.value ?? [];
    const { value, loading } = this.configuration;
    if (!place.value.city && loading.value) return null;
    return chosenCity(cities, place.value, value.value?.default_city);
  });
  /** The code of the city, once it has areas: without any there is nothing to ask for. */
  private readonly placedCity = computed(() => (this.city.value?.edition ? this.city.value.code : null));
  readonly level = computed(() => presentLevel(place.value.level, this.missing.value));
  /** On a phone there is room for one map. */
  readonly sides = computed<Side[]>(() => {
    const { picture } = place.value;
    if (picture === "sanding") return narrow.value ? ["kepadatan"] : ["kepadatan", "laju"];
    return [picture];
  });
  readonly showsDensity = computed(() => this.sides.value.includes("kepadatan"));

  /** The filters of every year together. */
  readonly seriesFilter = computed(() => {
    const city = this.placedCity.value;
    return city === null ? null : filterQuery({ ...place.value, year: null }, city).toString();
  });
  /** What a density and the years are summed by; a rate is of usulan. */
  readonly weight = computed(() => (this.showsDensity.value ? place.value.weight : "count"));
  readonly years = new PlannerYears(this);
  /** Every number here is of one year, for a rate needs one; null while nobody knows which. */
  readonly year = this.years.chosen;
  /** The filters of every number of the chosen year, as the server reads them; null until the city is known. */
  readonly filter = computed(() => {
    const city = this.placedCity.value;
    const year = this.year.value;
    const known = city !== null && (year !== null || this.years.all.value.length === 0);
    return known ? filterQuery({ ...place.value, year }, city).toString() : null;
  });
  /** What the areas are asked: their numbers, and classes of their rates. */
  readonly statsQuestion = computed(() => {
    if (this.filter.value === null) return null;
    const { method } = place.value;
    const filter = new URLSearchParams(this.filter.value);
    return classesQuery(filter, this.level.value, { measure: "per_1000", method }).toString();
  });
  /** What is asked of the density; null where it is not drawn by a kernel. */
  readonly densityQuery = computed(() => {
    if (this.filter.value === null || !this.showsDensity.value || place.value.form !== "halus") return null;
    const query = new URLSearchParams(this.filter.value);
    query.set("weight", place.value.weight);
    query.set("bandwidth_m", String(place.value.bandwidthM));
    query.set("theme", theme.value);
    return query.toString();
  });
  readonly hexagonsQuery = computed(() => {
    if (this.filter.value === null || !this.showsDensity.value || place.value.form !== "heksagon")
      return null;
    const query = new URLSearchParams(this.filter.value);
    query.set("edge_m", String(place.value.bandwidthM));
    return query.toString();
  });

  /** True while numbers or pictures are on their way. */
  private readonly waiting: ReadonlySignal<boolean> = computed(() => {
    const { stats, ranking, density, hexagons } = this;
    const asked = [stats, ranking, density, hexagons, this.years.sums, ...this.side.all];
    return this.pictures.value.waiting || asked.some(({ loading }) => loading.value);
  });
  /** Counts up when a usulan of the chosen set was added, changed or taken away. */
  readonly revision = new Revision(
    computed(() =>
      this.seriesFilter.value === null ? null : `/tiles/usulan/0/0/0.mvt?${this.seriesFilter.value}`,
    ),
    this.waiting,
  );
  readonly standings = new Standings(this.city);
  /** Charts and comparison. */
  readonly side = new SideNumbers(this);

  /** True while the numbers on the page answer an earlier question: they must not pass for the present one's. */
  readonly renewing = computed(() => this.stats.stale.value);
  readonly classes = computed(() => {
    const stats = this.stats.value.value;
    const ofLevel = stats?.rows.every(({ level }) => level === this.level.value);
    return stats && ofLevel ? areaClasses(stats) : null;
  });
  readonly hexagonClasses = computed(() => {
    const found = this.hexagons.value.value;
    return found && classedHexagons(found, place.value.weight);
  });
  /** The edition of which nobody knows the inhabitants of any area of the level, which has no rates; else null. */
  readonly peopleless = computed(() => {
    const told = this.stats.fresh.value;
    return told && lackPeople(told.rows) ? told.edition : null;
  });
  /** How many usulan the chosen set has, from whichever answer came first; null while unknown. */
  readonly matched = computed(() => {
    const told = this.stats.fresh.value ?? this.ranking.fresh.value;
    return told ? told.numberMatched : null;
  });
  /** Why there are no hexagons. */
  readonly hexagonsError = computed(() => (this.hexagons.fresh.value ? null : this.hexagons.error.value));
  /** Why the numbers of the areas are not there. */
  readonly numbersError = computed(
    () => this.years.error.value ?? (this.stats.fresh.value ? null : this.stats.error.value),
  );
  private readonly rankRows = computed(
    () => new Map((this.ranking.value.value?.rows ?? []).map((row) => [row.area, row])),
  );
  rankOf(code: string): RankingRow | null {
    return this.rankRows.value.get(code) ?? null;
  }

  readonly groups = computed<Record<string, Group>>(() =>
    Object.fromEntries((this.categories.value.value ?? []).map(({ code, group }) => [code, group])),
  );
  private readonly kelurahanNames = computed(
    () => new Map((this.kelurahan.value.value ?? []).map(({ code, name }) => [code, name])),
  );
  /** Numbers and ranking come one after the other, and either tells the names. */
  private readonly rowNames = computed(() => {
    const told = [...(this.ranking.value.value?.rows ?? []), ...(this.stats.value.value?.rows ?? [])];
    return new Map(told.map(({ area, name }) => [area, name]));
  });

  /** "RW 007": the name of an area by itself. */
  areaName(code: string): string {
    const level = levelOfCode(code);
    const name = this.rowNames.value.get(code) ?? this.kelurahanNames.value.get(code) ?? "";
    return fullName({ level, name, code });
  }

  /** "RW 008, Purwodadi": the areas that an area of a few houses lies in, as far as the page knows them. */
  areaWithin(code: string): string {
    const above: string[] = [];
    for (let at = parentCode(code); at !== null; at = parentCode(at)) {
      const level = levelOfCode(at);
      if (level === "rw") above.push(`RW ${at.slice(at.lastIndexOf("-") + 1)}`);
      if (level === "kelurahan") above.push(this.kelurahanNames.value.get(at) ?? "");
    }
    return above.filter(Boolean).join(", ");
  }

  /** What the ranking is asked; it ranks no more areas than a reader can. */
  readonly rankingQuestion = computed(() => {
    if (this.filter.value === null) return null;
    const query = new URLSearchParams(this.filter.value);
    query.set("level", this.level.value);
    query.set("measure", "per_1000");
    query.set("limit", String(MOST_RANKED));
    return query.toString();
  });

  /** The map that leads, or the one there is. */
  get leading(): PlannerMap | null {
    const maps = this.maps.peek();
    return maps[this.leader] ?? maps.find((map) => map !== null) ?? null;
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
      effect(() => this.standings.want(this.level.value)),
      effect(() => this.loadNames()),
      effect(() => this.ask(this.stats, this.statsQuestion.value)),
      effect(() => this.loadRanking()),
      effect(() => this.loadDensity()),
      effect(() => this.loadHexagons()),
      effect(() => this.noteMissingLevel()),
      effect(() => this.takeRevision()),
      effect(() => this.resume()),
      this.years.start(),
      this.revision.start(),
      this.side.start(),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }

  private ask(resource: Resource<Stats>, question: string | null): void {
    if (question === null) return;
    const query = new URLSearchParams(question);
    void resource.load((signal) => readStats(query, signal), question);
  }

  private loadNames(): void {
    const city = this.placedCity.value;
    if (city) void this.kelurahan.load((signal) => readAreaNames({ city, level: "kelurahan" }, signal), city);
  }

  private loadRanking(): void {
    const question = this.rankingQuestion.value;
    if (question === null) return;
    void this.ranking.load((signal) => readRanking(new URLSearchParams(question), signal), question);
  }

  private loadDensity(): void {
    const query = this.densityQuery.value;
    if (query) void this.density.load((signal) => readHeatScale(query, signal), query);
  }

  private loadHexagons(): void {
    const query = this.hexagonsQuery.value;
    if (query) void this.hexagons.load((signal) => readHexagons(new URLSearchParams(query), signal), query);
  }

  /** A new usulan: every number and picture again, while those that are there stay. */
  private takeRevision(): void {
    if (this.revision.count.value === 0) return;
    untracked(() =>
      batch(() => {
        this.stats.retry();
        this.years.renew();
        this.ranking.retry();
        if (this.densityQuery.peek()) this.density.retry();
        if (this.hexagonsQuery.peek()) this.hexagons.retry();
        for (const map of this.maps.peek()) map?.renew();
      }),
    );
  }

  private wasOnline = true;

  /** Asks again for what failed once the network is back. */
  private resume(): void {
    const back = online.value && !this.wasOnline;
    this.wasOnline = online.value;
    if (back) untracked(() => this.retry());
  }

  retry(): void {
    const { configuration, cities, categories, kelurahan } = this;
    const { stats, ranking, density, hexagons } = this;
    for (const resource of [
      ...[configuration, cities, categories, kelurahan],
      ...[stats, ranking, density, hexagons],
    ])
      if (resource.error.value) resource.retry();
    this.years.retry();
    this.side.retry();
    this.retryMaps();
  }

  /** Notes that a part of a map did not come, and asks for it again by itself while that may help. */
  mapFailed(error: unknown, part: MapPart): void {
    // Missing ground leaves holes: that is what a reader must hear of.
    if (this.mapFailure.peek()?.part !== "ground") this.mapFailure.value = { error, part };
    this.mapAgain.later(error);
  }

  private retryMaps(): void {
    if (!this.mapFailure.peek()) return;
    this.mapFailure.value = null;
    for (const map of this.maps.peek()) map?.retry();
  }

  private noteMissingLevel(): void {
    const rows = this.stats.value.value?.rows;
    const level = this.level.peek();
    if (this.stats.loading.value || this.stats.stale.value || !rows || rows.length > 0 || level === "kota")
      return;
    this.missing.value = new Set([...this.missing.peek(), level]);
  }
}
