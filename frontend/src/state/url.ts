import type { Group, Position } from "../api/contract";

export type ColourMode = "petak" | "jumlah" | "laju";
export type Sort = "-created" | "updated" | "supporters" | "estimated_cost";

export interface MapPlace {
  centre: Position;
  zoom: number;
}

/** The set that a reader chose, on whichever page. */
export interface Filters {
  year: number | null;
  group: Group[];
  category: string[];
  status: string[];
  q: string;
}

/** Everything a reader chose on the map page; the address bar holds it and nothing else does. */
export interface PetaPlace extends Filters {
  city: string | null;
  /** Only usulan without a public position. */
  unlocated: boolean;
  area: string | null;
  usulan: string | null;
  mode: ColourMode;
  sort: Sort;
  map: MapPlace | null;
}

export const GROUPS: readonly Group[] = ["SP", "KP", "SB", "EK"];
export const MODES: readonly ColourMode[] = ["petak", "jumlah", "laju"];
export const SORTS: readonly Sort[] = ["-created", "updated", "supporters", "estimated_cost"];

export const EMPTY_PLACE: PetaPlace = {
  city: null,
  year: null,
  group: [],
  category: [],
  status: [],
  q: "",
  unlocated: false,
  area: null,
  usulan: null,
  mode: "petak",
  sort: "-created",
  map: null,
};

export const several = (value: string | null): string[] => (value ? value.split(",").filter(Boolean) : []);

export function oneOf<Choice extends string>(
  choices: readonly Choice[],
  value: string | null,
  otherwise: Choice,
): Choice {
  return choices.find((choice) => choice === value) ?? otherwise;
}

function readYear(value: string | null): number | null {
  return value && /^\d{4}$/.test(value) ? Number(value) : null;
}

/** `at=longitude,latitude,zoom`; anything else is no place. */
export function readMap(value: string | null): MapPlace | null {
  const numbers = several(value).map(Number);
  const [longitude = Number.NaN, latitude = Number.NaN, zoom = Number.NaN] = numbers;
  const sound = Math.abs(longitude) <= 180 && Math.abs(latitude) <= 85 && zoom >= 0 && zoom <= 22;
  return sound ? { centre: [longitude, latitude], zoom: Math.round(zoom) } : null;
}

export function readFilters(query: URLSearchParams): Filters {
  return {
    year: readYear(query.get("year")),
    group: several(query.get("group")).filter((group): group is Group =>
      GROUPS.some((known) => known === group),
    ),
    category: several(query.get("category")),
    status: several(query.get("status")),
    q: query.get("q") ?? "",
  };
}

/** The place of an address; what is not understood is left out, never an error. */
export function readPlace(search: string): PetaPlace {
  const query = new URLSearchParams(search);
  return {
    ...readFilters(query),
    city: query.get("city"),
    unlocated: query.get("lokasi") === "tanpa",
    area: query.get("area"),
    usulan: query.get("usulan"),
    mode: oneOf(MODES, query.get("warna"), EMPTY_PLACE.mode),
    sort: oneOf(SORTS, query.get("sort"), EMPTY_PLACE.sort),
    map: readMap(query.get("at")),
  };
}

export function mapText({ centre: [longitude, latitude], zoom }: MapPlace): string {
  return `${longitude.toFixed(5)},${latitude.toFixed(5)},${zoom}`;
}

/** What one member of an address says; null or nothing where it stands at its default. */
export type Entry = [name: string, value: string | null];

export function filterEntries({ year, group, category, status, q }: Filters): Entry[] {
  return [
    ["year", year === null ? null : String(year)],
    ["group", group.join(",")],
    ["category", category.join(",")],
    ["status", status.join(",")],
    ["q", q],
  ];
}

export function addressText(entries: readonly Entry[]): string {
  const query = new URLSearchParams(entries.filter((entry): entry is [string, string] => Boolean(entry[1])));
  const text = query.toString().replaceAll("%2C", ",");
  return text ? `?${text}` : "";
}

/** The address of a place; what stands at its default is left out. */
export function writePlace(place: PetaPlace): string {
  return addressText([
    ["city", place.city],
    ...filterEntries(place),
    ["lokasi", place.unlocated ? "tanpa" : null],
    ["area", place.area],
    ["usulan", place.usulan],
    ["warna", place.mode === EMPTY_PLACE.mode ? null : place.mode],
    ["sort", place.sort === EMPTY_PLACE.sort ? null : place.sort],
    ["at", place.map ? mapText(place.map) : null],
  ]);
}

/** The filters as the server's one parser reads them, sorted, so that equal filters are equal text. */
export function filterQuery(place: Filters, city: string): URLSearchParams {
  const query = new URLSearchParams({ city });
  if (place.year !== null) query.set("year", String(place.year));
  if (place.group.length > 0) query.set("group", [...place.group].sort().join(","));
  if (place.category.length > 0) query.set("category", [...place.category].sort().join(","));
  if (place.status.length > 0) query.set("status", [...place.status].sort().join(","));
  if (place.q) query.set("q", place.q);
  return query;
}

/** True when the reader narrowed the set; a chosen area is no filter of the map. */
export function isFiltered(place: PetaPlace): boolean {
  const { year, group, category, status, q } = place;
  return year !== null || group.length + category.length + status.length > 0 || q !== "";
}
