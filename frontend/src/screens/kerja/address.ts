import { Address } from "../../state/address";
import {
  addressText,
  type Filters,
  filterEntries,
  filterQuery,
  type MapPlace,
  mapText,
  oneOf,
  readFilters,
  readMap,
} from "../../state/url";

export const QUEUES = [
  "giliran_saya",
  "terlambat",
  "ragu",
  "ditahan",
  "menunggu_jawaban",
  "tanpa_posisi",
  "semua",
] as const;
export type Queue = (typeof QUEUES)[number];

export const SORTS = ["due", "-created", "updated", "supporters"] as const;
export type Sort = (typeof SORTS)[number];

/** Everything an officer chose on the page of work; the address bar holds it and nothing else does. */
export interface KerjaPlace extends Filters {
  city: string | null;
  queue: Queue;
  area: string | null;
  usulan: string | null;
  sort: Sort;
  map: MapPlace | null;
}

export const EMPTY_PLACE: KerjaPlace = {
  city: null,
  queue: "giliran_saya",
  year: null,
  group: [],
  category: [],
  status: [],
  q: "",
  area: null,
  usulan: null,
  sort: "due",
  map: null,
};

export function readKerjaPlace(search: string): KerjaPlace {
  const query = new URLSearchParams(search);
  return {
    ...readFilters(query),
    city: query.get("city"),
    queue: oneOf(QUEUES, query.get("queue"), EMPTY_PLACE.queue),
    area: query.get("area"),
    usulan: query.get("usulan"),
    sort: oneOf(SORTS, query.get("sort"), EMPTY_PLACE.sort),
    map: readMap(query.get("at")),
  };
}

export function writeKerjaPlace(place: KerjaPlace): string {
  return addressText([
    ["city", place.city],
    ["queue", place.queue === EMPTY_PLACE.queue ? null : place.queue],
    ...filterEntries(place),
    ["area", place.area],
    ["sort", place.sort === EMPTY_PLACE.sort ? null : place.sort],
    ["usulan", place.usulan],
    ["at", place.map ? mapText(place.map) : null],
  ]);
}

/** The question of the list, as the server reads it. */
export function workQuery(place: KerjaPlace, city: string): URLSearchParams {
  const query = filterQuery(place, city);
  query.set("queue", place.queue);
  query.set("sort", place.sort);
  if (place.area) query.set("area", place.area);
  return query;
}

/** True when the officer narrowed the queue. */
export function isNarrowed({ year, group, category, status, q, area }: KerjaPlace): boolean {
  return year !== null || group.length + category.length + status.length > 0 || q !== "" || area !== null;
}

const address = new Address({ empty: EMPTY_PLACE, read: readKerjaPlace, write: writeKerjaPlace });

export const { place, go, adjust, keepView } = address;

export const startPlace = (): void => address.start();
