// The answers of the server as the pages use them; the names are those of the OpenAPI document.

export type Position = [longitude: number, latitude: number];
export type Bounds = [west: number, south: number, east: number, north: number];
export type Level = "kota" | "kecamatan" | "kelurahan" | "rw" | "rt";
export type Group = "SP" | "KP" | "SB" | "EK";
export type Precision = "exact" | "rw" | "count";
export type GeometryKind = "Point" | "LineString" | "Polygon";

export interface City {
  code: string;
  name: string;
  bounds: Bounds | null;
  edition: string | null;
  years: number[];
  demo?: boolean;
}

/** What a page must know of the installation before anything else. */
export interface Configuration {
  default_city: string;
  basemap: { url: string; attribution: string } | null;
}

export interface Category {
  code: string;
  group: Group;
  name: string;
  units: string[];
  geometry: GeometryKind[];
  precision: Precision;
  synonyms: string[];
}

export interface AreaName {
  level: Level;
  code: string;
  name: string;
}

export interface AreasAt {
  edition: string;
  areas: AreaName[];
  edge_distance_m: number | null;
  doubts: string[];
}

export interface AreaTotals {
  count: number;
  cost: number | null;
  cost_known: number;
  beneficiaries: number | null;
  supporters: number;
  per_1000: number | null;
  unlocated: number;
  by_status: Record<string, number>;
}

export interface AreaRead extends AreaName {
  edition: string;
  parents: AreaName[];
  population: number | null;
  households: number | null;
  area_km2: number | null;
  totals: AreaTotals;
}

export interface AreaProperties {
  code: string;
  name: string;
  level: Level;
  kind: string | null;
  parent: string | null;
  population: number | null;
  households: number | null;
  area_km2: number | null;
  status: string;
}

export interface AreaFeature {
  type: "Feature";
  geometry: { type: "Polygon" | "MultiPolygon"; coordinates: unknown };
  properties: AreaProperties;
}

export interface AreaCollection {
  type: "FeatureCollection";
  features: AreaFeature[];
}

export interface UsulanProperties {
  number: string;
  title: string;
  problem?: string | null;
  category: string;
  group: Group;
  status: string;
  stage: string | null;
  year: number;
  channel: string | null;
  severity: number | null;
  volume: number | null;
  unit: string | null;
  estimated_cost: number | null;
  beneficiaries: number | null;
  supporters: number;
  funding: string | null;
  areas: AreaName[];
  precision: Precision;
  created: string;
  updated: string;
}

export interface UsulanFeature {
  type: "Feature";
  id: string;
  geometry: { type: "Point"; coordinates: Position } | null;
  properties: UsulanProperties;
}

export interface UsulanPage {
  type: "FeatureCollection";
  features: UsulanFeature[];
  numberMatched: number;
  numberReturned: number;
  unlocated: number;
  /** Address of the next page; null at the end. */
  next: string | null;
}

export interface HistoryEvent {
  at: string;
  kind: string;
  from: string | null;
  to: string | null;
  actor: { role: string; area: string | null };
  reason_code: string | null;
  reason: string | null;
}

export interface History {
  number: string;
  events: HistoryEvent[];
}

export interface StatsRow {
  /** The columns of `by`, where asked. */
  status?: string;
  year?: number;
  area: string;
  name: string;
  level: Level;
  count: number;
  cost: number | null;
  cost_known: number;
  beneficiaries: number | null;
  supporters: number;
  per_1000: number | null;
}

export interface Stats {
  rows: StatsRow[];
  unassigned: number;
  unlocated: number;
  numberMatched: number;
  as_of: string;
  edition: string;
}

export interface UsulanDraft {
  title: string;
  problem: string;
  category: string;
  geometry?: { type: GeometryKind; coordinates: unknown };
  area?: string;
  accuracy_m?: number;
  [member: string]: unknown;
}

export interface UsulanCreated {
  number: string;
  tracking_code: string;
  status: string;
  year: number;
  areas: AreaName[];
  doubts: string[];
  similar: unknown[];
}
