import type { DeskItem, Position } from "../../api/contract";
import { boundsOf } from "../../geo/bounds";
import { centre } from "../../geo/mercator";
import type { DeskSpot } from "../../map/desk";

/** Where an usulan stands on the map: the middle of what was pinned; null without a position. */
export function positionOf({ geometry }: Pick<DeskItem, "geometry">): Position | null {
  const bounds = geometry && boundsOf(geometry.coordinates);
  return bounds && centre(bounds);
}

export function spotsOf(items: readonly DeskItem[]): DeskSpot[] {
  return items.flatMap((item) => {
    const position = positionOf(item);
    return position ? [{ number: item.number, group: item.group, position }] : [];
  });
}

/** What the map shows: the usulan of the list, and the open one also where the list does not hold it. */
export function spotsWith(items: readonly DeskItem[], open: DeskItem | null): DeskSpot[] {
  const listed = open === null || items.some(({ number }) => number === open.number);
  return spotsOf(listed ? items : [...items, open]);
}

/** A place as its field holds it, a metre exact. */
export const pointText = ([longitude, latitude]: Position): string =>
  `${longitude.toFixed(6)}, ${latitude.toFixed(6)}`;
