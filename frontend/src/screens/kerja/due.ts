import type { DeskItem } from "../../api/contract";
import { words } from "../../i18n/kerja";

const DAY_MS = 86_400_000;

/** Days from one calendar day to another; negative when the second is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00Z`) - Date.parse(`${from}T00:00Z`)) / DAY_MS);
}

/** The calendar day that it is in a time zone. */
export function dayIn(now: Date, timeZone: string): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short" }).format(now);
}

export type Urgency = "late" | "soon" | "later";

const SOON_DAYS = 3;

export function urgencyOf({ due, late }: Pick<DeskItem, "due" | "late">, today: string): Urgency | null {
  if (due === null) return null;
  if (late) return "late";
  return daysBetween(today, due) <= SOON_DAYS ? "soon" : "later";
}

/** "3 hari lagi", "Lewat 2 hari"; null where nothing is due. */
export function dueWords({ due, late }: Pick<DeskItem, "due" | "late">, today: string): string | null {
  if (due === null) return null;
  const days = daysBetween(today, due);
  return late ? words.value.lateBy(Math.max(1, -days)) : words.value.dueIn(Math.max(0, days));
}
