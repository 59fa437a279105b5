import type { HexagonCollection } from "../../api/contract";
import { type Breaks, classOf, fiveBreaks } from "../../geo/classes";
import type { ClassedHexagon } from "../../map/planner/scene";
import type { Weight } from "./address";

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
