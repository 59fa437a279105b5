import { computed, effect, signal } from "@preact/signals";
import type { AreaRead, Category, City, Group, Level, Stats, UsulanFeature } from "../../api/contract";
import { readArea, readCategories, readCities, readStats, statsQuery } from "../../api/endpoints";
import { levelOfZoom, presentLevel } from "../../geo/levels";
import { words as shared } from "../../i18n";
import type { PetaMap } from "../../map";
import { language } from "../../state/language";
import { place } from "../../state/place";
import { Resource } from "../../state/resource";
import { filterQuery } from "../../state/url";
import { UsulanChoice } from "./choice";
import { type ChoroplethValues, choropleth } from "./choropleth";
import { UsulanList } from "./list";

/** Everything that the map page knows beyond its address; one per page. */
export class PetaStore {
  readonly cities = new Resource<City[]>();
  readonly categories = new Resource<Category[]>();
  /** Numbers of every area of the level on the map, under the filter. */
  readonly stats = new Resource<Stats>();
  /** The same for each year of the series, from which the classes get their limits. */
  readonly series = new Resource<Stats>();
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
    return cities.find(({ code }) => code === place.value.city) ?? cities[0] ?? null;
  });
  readonly filter = computed(() =>
    this.city.value ? filterQuery(place.value, this.city.value.code).toString() : null,
  );
  readonly level = computed(() => presentLevel(levelOfZoom(this.zoom.value), this.missing.value));
  /** The year whose rates are shown: the chosen one, or the latest, because a rate needs one year. */
  readonly rateYear = computed(() => place.value.year ?? this.city.value?.years.at(-1) ?? null);
  readonly categoryOf = computed(
    () => new Map((this.categories.value.value ?? []).map((item) => [item.code, item])),
  );
  readonly groups = computed<Record<string, Group>>(() =>
    Object.fromEntries((this.categories.value.value ?? []).map(({ code, group }) => [code, group])),
  );
  readonly values = computed<ChoroplethValues | null>(() => choropleth(this));
  /** Names of areas as far as the page has met them. */
  readonly names = computed(
    () => new Map((this.stats.value.value?.rows ?? []).map((row) => [row.area, row.name])),
  );
  readonly list = new UsulanList(this.filter);
  readonly choice = new UsulanChoice();
  /** The map once it has come. */
  readonly map = signal<PetaMap | null>(null);
  readonly mapFailure = signal<unknown>(null);

  /** Standing of the boundaries (resmi, indikatif, partisipatif) as the shown area has it; null while unknown. */
  readonly boundaryStatus = computed(() => this.area.value.value?.status ?? null);

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
    void this.cities.load(readCities);
    const stops = [
      effect(() => {
        // The server names the categories in the reader's language.
        if (language.value) void this.categories.load(readCategories);
      }),
      effect(() => this.loadStats()),
      effect(() => this.loadSeries()),
      effect(() => this.loadArea()),
      effect(() => this.noteMissingLevel()),
      this.list.start(),
      this.choice.start(),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }

  /** The filter with the year that a rate needs. */
  private ratedFilter(): URLSearchParams | null {
    if (this.filter.value === null) return null;
    const query = new URLSearchParams(this.filter.value);
    if (place.value.mode === "laju" && this.rateYear.value !== null)
      query.set("year", String(this.rateYear.value));
    return query;
  }

  private loadStats(): void {
    const filter = this.ratedFilter();
    if (!filter) return;
    const query = statsQuery(filter, this.level.value);
    void this.stats.load((signal) => readStats(query, signal));
  }

  private loadSeries(): void {
    if (place.value.mode === "petak" || this.filter.value === null) return;
    const filter = new URLSearchParams(this.filter.value);
    filter.delete("year");
    const query = statsQuery(filter, this.level.value, { by: "year" });
    void this.series.load((signal) => readStats(query, signal));
  }

  /** The area of the panel: the chosen one, or the whole city. */
  readonly areaCode = computed(() => place.value.area ?? this.city.value?.code ?? null);

  private loadArea(): void {
    const code = this.areaCode.value;
    if (!code || this.filter.value === null) return;
    const filter = new URLSearchParams(this.filter.value);
    const level = levelOfCode(code);
    void this.area.load((signal) => readArea(code, filter, signal));
    void this.areaStats.load((signal) => readStats(statsQuery(filter, level, { area: code }), signal));
    const byStatus = statsQuery(filter, level, { area: code, by: "status" });
    void this.areaStatuses.load((signal) => readStats(byStatus, signal));
  }

  private noteMissingLevel(): void {
    const rows = this.stats.value.value?.rows;
    const level = this.level.peek();
    if (this.stats.loading.value || !rows || rows.length > 0 || level === "kota") return;
    this.missing.value = new Set([...this.missing.peek(), level]);
  }
}

/** "Kelurahan Kauman", "RW 004": the name with its level in front, unless it already says so. */
export function fullName({ level, name }: { level: Level; name: string }): string {
  const title = shared.value.levels[level];
  return name.toLowerCase().startsWith(title.toLowerCase()) ? name : `${title} ${name}`;
}

const DEPTHS: Level[] = ["kota", "kecamatan", "kelurahan"];

/** The level of an area code by its form: `33.72`, `33.72.05`, `33.72.05.1015`, `…-012`, `…-012-003`. */
export function levelOfCode(code: string): Level {
  const [above = "", ...below] = code.split("-");
  if (below.length > 0) return below.length === 1 ? "rw" : "rt";
  return DEPTHS[above.split(".").length - 2] ?? "kota";
}
