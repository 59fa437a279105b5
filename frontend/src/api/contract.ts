// The answers of the server as the pages use them: the types that `npm run types` makes of docs/openapi.json.
// Only GeoJSON is told more exactly here, because the document describes geometries as open objects.
import type { components } from "./types";

type Schemas = components["schemas"];

export type Position = [longitude: number, latitude: number];
export type Bounds = [west: number, south: number, east: number, north: number];

export type AreaName = Schemas["AreaName"];
export type Level = AreaName["level"];
export type Category = Schemas["CategoryRead"];
export type Group = Category["group"];
export type Precision = Category["precision"];

export type Attribution = Schemas["Attribution"];
export type City = Schemas["CityRead"];
export type Cities = Schemas["Cities"];
export type Categories = Schemas["Categories"];
/** What a page must know of the installation before anything else. */
export type Configuration = Schemas["Configuration"];
export type Basemap = Schemas["Basemap"];

/** An area or a feature of the reference map, found by name. */
export type Place = Schemas["PlaceRead"];

export type AreasAt = Schemas["AreasAt"];
export type AreaRead = Schemas["AreaRead"];
export type AreaProperties = Schemas["AreaProperties"];

export interface AreaFeature extends Omit<Schemas["AreaFeature"], "geometry"> {
  geometry: { type: "Polygon" | "MultiPolygon"; coordinates: unknown };
}

export interface AreaCollection extends Omit<Schemas["AreaCollection"], "features"> {
  features: AreaFeature[];
}

/** The answer to `shapes=none`. */
export interface AreaNames {
  features: { properties: AreaProperties }[];
}

export type UsulanProperties = Schemas["UsulanProperties"];

/** The public position is a point, whatever was pinned. */
export interface UsulanFeature extends Omit<Schemas["UsulanFeature"], "geometry"> {
  geometry: { type: "Point" | "LineString" | "Polygon"; coordinates: unknown } | null;
}

export interface UsulanPage extends Omit<Schemas["UsulanPage"], "features"> {
  features: UsulanFeature[];
}

export type HistoryEvent = Schemas["HistoryEvent"];
export type History = Schemas["History"];

export type StatsRow = Schemas["StatsRow"];
export type Stats = Schemas["Stats"];
export type RankingRow = Schemas["RankingRow"];
export type Ranking = Schemas["Ranking"];
export type Trend = Schemas["Trend"];
export type Comparison = Schemas["Comparison"];
export type ComparedRow = Schemas["ComparedRow"];

type Draft = Schemas["UsulanDraft"];
/** What the form sends: the required members and those that it fills; a unit is one of its category's. */
export type UsulanDraft = Pick<Draft, "title" | "problem" | "category"> &
  Partial<Omit<Draft, "unit">> & { unit?: string };
export type UsulanCreated = Schemas["UsulanCreated"];

/** The fixed scale of a density and what it left out. */
export interface HeatScale {
  unit: string;
  bandwidth_m: number;
  scale: { top: number; classes: { from: number; to: number | null; color: string }[]; isolines: number[] };
  numberMatched: number;
  /** How many are on the map. */
  drawn: number;
  unlocated: number;
  as_of: string;
  edition: string | null;
}

export interface HexagonProperties {
  count: number;
  cost: number;
  beneficiaries: number;
  supporters: number;
}

export interface HexagonCollection {
  features: { geometry: { coordinates: Position[][] }; properties: HexagonProperties }[];
  numberMatched: number;
  unlocated: number;
  as_of: string;
}

/** Whoever is signed in, with the roles that hold today. */
export type Me = Schemas["Me"];
export type RoleHeld = Schemas["RoleHeld"];
export type SignIn = Schemas["SignInSeen"];
export type SignIns = Schemas["SignIns"];
export type ApiKey = Schemas["KeySeen"];
export type ToldKey = Schemas["ToldKey"];

/** What an administrator is told of officers, and of the letters to them and to reporters. */
export type RoleKind = Schemas["RoleKindRead"];
/** A field of government (urusan), by its code. */
export type Field = Schemas["FieldRead"];
export type RoleGiven = Schemas["RoleGiven"];
export type Officer = Schemas["OfficerSeen"];
export type Invited = Schemas["Invited"];
export type Notices = Schemas["Notices"];
export type TroubledNotice = Schemas["TroubledNotice"];

/** What officers are told of an usulan in their lists; exact, and as it was pinned. */
export interface DeskItem extends Omit<Schemas["DeskItem"], "geometry"> {
  geometry: DeskGeometry | null;
}
export type DeskGeometry = { type: string; coordinates: unknown };
export interface DeskPage extends Omit<Schemas["DeskPage"], "items"> {
  items: DeskItem[];
}
/** One usulan whole, with its surroundings. */
export interface FullItem extends Omit<Schemas["FullItem"], "geometry"> {
  geometry: DeskGeometry | null;
}
export type WholeEvent = Schemas["WholeEvent"];
export type ManyDone = Schemas["ManyDone"];
export type RefusedOne = Schemas["RefusedOne"];
export type SavedFilter = Schemas["SavedFilterRead"];
export type AnsweredEvent = Schemas["AnsweredEvent"];
export type NearCard = Schemas["NearCard"];
export type Reason = Schemas["ReasonRead"];
export type StatusMove = Schemas["StatusMove"];

/** An usulan as its reporter follows it, by the tracking code. */
export type Tracking = Schemas["Tracking"];
export type OwnEvent = Schemas["OwnEvent"];
export type OwnData = Schemas["OwnData"];

/** How far a guess may be trusted. */
export type Sureness = "sure" | "likely" | "ambiguous" | "blank";

/** Which column of a list holds which field, what its words mean, and what holds for all rows. */
export interface ListMapping {
  sheet: string | null;
  columns: Record<string, string>;
  values: Record<string, Record<string, string>>;
  defaults: Record<string, string>;
}

/** What was guessed of a list; words are as they stand in it. */
export interface ListGuess {
  sheet: string | null;
  names: string[];
  columns: Record<string, { column: string; sureness: Sureness; score: number }>;
  unused: string[];
  categories: Record<string, { code: string | null; sureness: Sureness }>;
  /** Words of the status column that are no status, with how many rows have them. */
  statuses: Record<string, number>;
  /** The first rows, in the order of the names. */
  samples: string[][];
  mapping: ListMapping;
  /** What else the table seems to be. */
  no_list: string | null;
  /** For a file of rejects the list whose mapping it comes with. */
  rejects_of_file?: string;
}

export interface AreaSum {
  level: string;
  code: string;
  rows: number;
  cost: number;
}

export type RefusedWords = Schemas["RefusedRow"];

export interface RefusedRow extends RefusedWords {
  position: Position | null;
}

/** What became of the rows of a list, or would. */
export interface LoadReport {
  read: number;
  created: number;
  updated: number;
  unchanged: number;
  rejected: number;
  unlocated: number;
  outside: number;
  reasons: Record<string, number>;
  rejected_rows: RefusedRow[];
  unknown_categories: { word: string; rows: number; nearest: { code: string; name: string }[] }[];
  areas?: AreaSum[];
  /** Rows that are none of the list, by kind; like those below gone once the words of a load are. */
  other_rows?: Record<string, number>;
  /** What is odd about the file: kind, row and what exactly. */
  notes?: [string, number | null, string][];
  /** Rows by what is doubtful in their words for a place. */
  place_doubts?: Record<string, number>;
  rejects_file: boolean;
}

export type LoadItem = Schemas["LoadItem"];
/** A load with all that was found. */
export interface FullLoad extends Omit<Schemas["FullLoad"], "guess" | "mapping" | "report" | "undone"> {
  guess: ListGuess | null;
  mapping: ListMapping | null;
  report: LoadReport | null;
  undone: { withdrawn: number; kept: number; kept_numbers: string[] } | null;
}
