import type { Level, Position } from "../../api/contract";

/** A hexagon as the page judged it. */
export interface ClassedHexagon {
  ring: Position[];
  /** Class 0 to 4. */
  step: number;
}

/** What a planner's map shows; a new object is drawn. */
export interface PlannerScene {
  /** Class 0 to 4 of each area, -1 for thin data; null where no areas are coloured. */
  classes: ReadonlyMap<string, number> | null;
  /** What is asked of the density; null where none is shown. */
  density: string | null;
  hexagons: readonly ClassedHexagon[] | null;
  /** The level that is counted, and the outermost of those that are named. */
  fill: Level;
  dashed: boolean;
  chosenArea: string | null;
  pointedArea: string | null;
}
