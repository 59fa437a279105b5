import type { Group, Level, Position } from "../api/contract";
import type { ColourMode } from "../state/url";
import type { Plate } from "./tiles/usulan";

export type { ColourMode };

export interface ChosenUsulan {
  number: string;
  group: Group;
  /** Null for an usulan without a public position. */
  position: Position | null;
  /** Area whose whole surface stands for a private need. */
  area: string | null;
}

/** Everything that the page tells the map; a new object is drawn, nothing is fetched. */
export interface Scene {
  mode: ColourMode;
  classes: ReadonlyMap<string, number> | null;
  fill: Level;
  /** True where the boundaries shown are not official. */
  dashed: boolean;
  chosenArea: string | null;
  pointedArea: string | null;
  chosenUsulan: ChosenUsulan | null;
  pointedUsulan: ChosenUsulan | null;
  /** Bidang of each category code. */
  groups: Readonly<Record<string, Group>>;
  /** "3 di RW 004", in the reader's language. */
  plateText: (count: number, areaName: string) => string;
  areaName: (code: string) => string;
  formatCount: (count: number) => string;
  /** How many usulan a unit of the circles stands for at a zoom; null while nobody knows how many there are. */
  unitAt: (zoom: number) => number | null;
  /** The reader's language; what is written in the tiles changes with it. */
  language: string;
}

/** What a reader can point at. */
export type Picked =
  | { kind: "cell"; count: number; position: Position }
  | { kind: "usulan"; number: string }
  | { kind: "plate"; plate: Plate }
  | { kind: "area"; code: string; name: string; level: Level };
