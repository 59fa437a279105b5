import type { Level } from "../../api/contract";
import { LEVELS } from "../../geo/levels";
import { Address } from "../../state/address";
import {
  addressText,
  type Filters,
  filterEntries,
  type MapPlace,
  mapText,
  oneOf,
  readFilters,
  readMap,
  several,
} from "../../state/url";

/** Which of the two truths is shown: where need is dense, where it is much for those who live there, or both. */
export type Picture = "sanding" | "kepadatan" | "laju";
/** How a density is drawn: by a kernel, or counted in hexagons. */
export type Form = "halus" | "heksagon";
export type Weight = "count" | "cost" | "beneficiaries" | "supporters";
/** How the values of areas are parted into five classes. */
export type Method = "quantile" | "equal" | "natural";
export type Panel = "peringkat" | "grafik" | "banding";

export const PICTURES: readonly Picture[] = ["sanding", "kepadatan", "laju"];
export const FORMS: readonly Form[] = ["halus", "heksagon"];
export const WEIGHTS: readonly Weight[] = ["count", "cost", "beneficiaries", "supporters"];
export const METHODS: readonly Method[] = ["quantile", "equal", "natural"];
export const PANELS: readonly Panel[] = ["peringkat", "grafik", "banding"];
/** Metres offered; an address may name any between the first and the last. */
export const BANDWIDTHS: readonly number[] = [50, 100, 200, 400, 800, 1200, 2000];
/** Levels that can be counted by; the whole city is no comparison. */
export const COUNTED: readonly Level[] = LEVELS.slice(1);

/** Everything a planner chose; the address bar holds it and nothing else does. */
export interface PlannerPlace extends Filters {
  city: string | null;
  area: string | null;
  picture: Picture;
  form: Form;
  weight: Weight;
  bandwidthM: number;
  level: Level;
  method: Method;
  panel: Panel;
  /** What is compared: two areas or two years; empty without a comparison. */
  compared: string[];
  map: MapPlace | null;
}

export const EMPTY_PLANNER: PlannerPlace = {
  city: null,
  year: null,
  group: [],
  category: [],
  status: [],
  q: "",
  area: null,
  picture: "sanding",
  form: "halus",
  weight: "count",
  bandwidthM: 200,
  level: "rw",
  method: "quantile",
  panel: "peringkat",
  compared: [],
  map: null,
};

const [NARROWEST = 0] = BANDWIDTHS;
const WIDEST = BANDWIDTHS.at(-1) ?? 0;

function readBandwidth(value: string | null): number {
  const metres = Number(value);
  return value && metres >= NARROWEST && metres <= WIDEST ? Math.round(metres) : EMPTY_PLANNER.bandwidthM;
}

/** The place of an address; what is not understood is left out, never an error. */
export function readPlanner(search: string): PlannerPlace {
  const query = new URLSearchParams(search);
  const of = <Choice extends string>(name: string, choices: readonly Choice[], otherwise: Choice) =>
    oneOf(choices, query.get(name), otherwise);
  return {
    ...readFilters(query),
    city: query.get("city"),
    area: query.get("area"),
    picture: of("tampil", PICTURES, EMPTY_PLANNER.picture),
    form: of("bentuk", FORMS, EMPTY_PLANNER.form),
    weight: of("weight", WEIGHTS, EMPTY_PLANNER.weight),
    bandwidthM: readBandwidth(query.get("bandwidth_m")),
    level: of("level", COUNTED, EMPTY_PLANNER.level),
    method: of("method", METHODS, EMPTY_PLANNER.method),
    panel: of("panel", PANELS, EMPTY_PLANNER.panel),
    compared: several(query.get("banding")).slice(0, 2),
    map: readMap(query.get("at")),
  };
}

/** The address of a place; what stands at its default is left out. */
export function writePlanner(place: PlannerPlace): string {
  const unless = <Value extends string | number>(value: Value, usual: Value) =>
    value === usual ? null : String(value);
  return addressText([
    ["city", place.city],
    ...filterEntries(place),
    ["area", place.area],
    ["tampil", unless(place.picture, EMPTY_PLANNER.picture)],
    ["bentuk", unless(place.form, EMPTY_PLANNER.form)],
    ["weight", unless(place.weight, EMPTY_PLANNER.weight)],
    ["bandwidth_m", unless(place.bandwidthM, EMPTY_PLANNER.bandwidthM)],
    ["level", unless(place.level, EMPTY_PLANNER.level)],
    ["method", unless(place.method, EMPTY_PLANNER.method)],
    ["panel", unless(place.panel, EMPTY_PLANNER.panel)],
    ["banding", place.compared.join(",")],
    ["at", place.map ? mapText(place.map) : null],
  ]);
}

const address = new Address({ empty: EMPTY_PLANNER, read: readPlanner, write: writePlanner });

/** Where the planner is. */
export const { place, go, keepView } = address;

export const startPlace = (): void => address.start();
