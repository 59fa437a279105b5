import { language } from "../state/language";
import { request } from "./client";
import type {
  AreaCollection,
  AreaNames,
  AreaProperties,
  AreaRead,
  Bounds,
  Categories,
  Category,
  Cities,
  City,
  Comparison,
  Configuration,
  HeatScale,
  HexagonCollection,
  History,
  Level,
  Place,
  Ranking,
  Stats,
  Trend,
  UsulanFeature,
  UsulanPage,
} from "./contract";

const at = (path: string, query?: URLSearchParams) => (query ? `/api/v1${path}?${query}` : `/api/v1${path}`);

const withEntries = (query: URLSearchParams, entries: Record<string, string | null>): URLSearchParams => {
  const result = new URLSearchParams(query);
  for (const [name, value] of Object.entries(entries)) if (value) result.set(name, value);
  return result;
};

export async function readCities(signal: AbortSignal): Promise<City[]> {
  return (await request<Cities>(at("/cities"), { signal })).cities;
}

export function readConfiguration(signal: AbortSignal): Promise<Configuration> {
  return request(at("/config"), { signal });
}

export async function readCategories(signal: AbortSignal): Promise<Category[]> {
  return (await request<Categories>(at("/categories"), { signal })).categories;
}

export interface PageRequest {
  filter: URLSearchParams;
  area: string | null;
  sort: string;
  limit: number;
  cursor: string | null;
}

/** The cursor in the address of a next page: the address itself may name the server as others reach it. */
export function cursorOf(next: string | null): string | null {
  return next === null ? null : new URL(next, "http://here").searchParams.get("cursor");
}

export function readUsulanPage(page: PageRequest, signal: AbortSignal): Promise<UsulanPage> {
  const { area, sort, limit, cursor } = page;
  const query = withEntries(page.filter, { area, sort, limit: String(limit), cursor });
  return request(at("/usulan", query), { signal });
}

export function readUsulan(number: string, signal: AbortSignal): Promise<UsulanFeature> {
  return request(at(`/usulan/${encodeURIComponent(number)}`), { signal });
}

export function readHistory(number: string, signal: AbortSignal): Promise<History> {
  return request(at(`/usulan/${encodeURIComponent(number)}/history`), { signal });
}

export function statsQuery(
  filter: URLSearchParams,
  level: Level,
  more: { by?: string; area?: string } = {},
): URLSearchParams {
  return withEntries(filter, {
    level,
    by: more.by ?? null,
    area: more.area ?? null,
  });
}

/** Five classes of the areas of a level by one measure, with their rows. */
export function classesQuery(
  filter: URLSearchParams,
  level: Level,
  { measure, method }: { measure: "per_1000" | "count"; method: string },
): URLSearchParams {
  return withEntries(statsQuery(filter, level), { measure, classes: "5", method });
}

/** The same question for the table of its numbers, its headings in the reader's language. */
export function tableQuery(question: URLSearchParams): URLSearchParams {
  return withEntries(question, { format: "csv", headings: language.value });
}

export const statsAddress = (query: URLSearchParams): string => at("/stats", query);

export function readStats(query: URLSearchParams, signal: AbortSignal): Promise<Stats> {
  return request(statsAddress(query), { signal });
}

export const rankingAddress = (query: URLSearchParams): string => at("/stats/ranking", query);

export function readRanking(query: URLSearchParams, signal: AbortSignal): Promise<Ranking> {
  return request(rankingAddress(query), { signal });
}

export const trendAddress = (query: URLSearchParams): string => at("/stats/trend", query);

export function readTrend(query: URLSearchParams, signal: AbortSignal): Promise<Trend> {
  return request(trendAddress(query), { signal });
}

export const comparisonAddress = (query: URLSearchParams): string => at("/stats/compare", query);

export function readComparison(query: URLSearchParams, signal: AbortSignal): Promise<Comparison> {
  return request(comparisonAddress(query), { signal });
}

/** The areas of a level beneath a parent, with their shapes. */
export function readShapes(
  of: { city: string; level: Level; parent: string | null },
  signal: AbortSignal,
): Promise<AreaCollection> {
  return request(
    at(
      "/areas",
      withEntries(new URLSearchParams({ city: of.city }), {
        level: of.level,
        parent: of.parent,
      }),
    ),
    {
      signal,
    },
  );
}

/** Every area of a level that touches the bounds; the shapes are coarse, for readers of their properties. */
export function readAreasWithin(
  of: { city: string; level: Level; bounds: Bounds },
  signal: AbortSignal,
): Promise<AreaCollection> {
  const { city, level, bounds } = of;
  const query = new URLSearchParams({ city, level, bbox: bounds.join(","), simplify: "9" });
  return request(at("/areas", query), { signal });
}

export function readArea(code: string, filter: URLSearchParams, signal: AbortSignal): Promise<AreaRead> {
  return request(at(`/areas/${encodeURIComponent(code)}`, filter), { signal });
}

const MOST_PLACES = 5;

/** Areas, streets and landmarks whose names hold the words; of the server's own city when none is named. */
export async function readPlaces(q: string, city: string | null, signal: AbortSignal): Promise<Place[]> {
  const query = withEntries(new URLSearchParams({ q }), { city, limit: String(MOST_PLACES) });
  return (await request<{ places: Place[] }>(at("/places", query), { signal })).places;
}

/** Names of every area of a level. */
export async function readAreaNames(
  of: { city: string; level: Level },
  signal: AbortSignal,
): Promise<AreaProperties[]> {
  const query = new URLSearchParams({ ...of, shapes: "none" });
  return (await request<AreaNames>(at("/areas", query), { signal })).features.map(
    ({ properties }) => properties,
  );
}

/** What is asked of a density: one query for its tiles and its scale. */
export const heatScaleAddress = (query: string): string => `/tiles/heat.json?${query}`;

export function readHeatScale(query: string, signal: AbortSignal): Promise<HeatScale> {
  return request(heatScaleAddress(query), { signal });
}

export const hexagonsAddress = (query: URLSearchParams): string => at("/hexagons", query);

export function readHexagons(query: URLSearchParams, signal: AbortSignal): Promise<HexagonCollection> {
  return request(hexagonsAddress(query), { signal });
}
