import type { HexagonCollection, Stats } from "../../api/contract";
import { type Breaks, classOf, fiveBreaks } from "../../geo/classes";
import type { ClassedHexagon } from "../../map/planner/scene";
import type { Weight } from "./address";

export interface RateClasses {
  /** Class 0 to 4 of each area, -1 for thin data. */
  classes: ReadonlyMap<string, number>;
  /** Limits between the classes. */
  breaks: number[];
  /** Where the last class ends. */
  top: number;
  classed: number;
  thin: number;
}

/** The classes that the server found, whose limits all years of the series share. */
export function rateClasses({ rows, classes: found }: Stats): RateClasses | null {
  if (!found) return null;
  return {
    classes: new Map(rows.map((row) => [row.area, (row.class ?? 0) - 1])),
    breaks: found.breaks.slice(1, -1),
    top: found.breaks.at(-1) ?? 0,
    classed: found.n,
    thin: found.thin,
  };
}

export interface HexagonClasses {
  hexagons: ClassedHexagon[];
  breaks: Breaks;
  /** Hexagons with something in them. */
  occupied: number;
  most: number;
}

/** Five classes of about as many hexagons each. */
export function classedHexagons(
  { features }: Pick<HexagonCollection, "features">,
  weight: Weight,
): HexagonClasses {
  const values = features.map(({ properties }) => properties[weight]);
  const breaks = fiveBreaks(values, 1);
  const hexagons = features.flatMap(({ geometry, properties }) => {
    const ring = geometry.coordinates[0];
    return ring ? [{ ring, step: classOf(properties[weight], breaks) }] : [];
  });
  return { hexagons, breaks, occupied: features.length, most: Math.max(0, ...values) };
}

/** A line in two: what is complete, and from its last point on what is still growing. */
export function partedAt(
  values: readonly (number | null)[],
  from: number,
): { complete: (number | null)[]; growing: (number | null)[] } {
  return {
    complete: values.map((value, at) => (at < from ? value : null)),
    growing: values.map((value, at) => (at >= from - 1 && from < values.length ? value : null)),
  };
}
