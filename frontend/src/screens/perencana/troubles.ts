import { instant } from "../../i18n";
import { words } from "../../i18n/perencana";
import { place } from "./address";
import type { PlannerStore, Side } from "./store";

/** What a reader must know of a map that is not as it should be. */
export interface Trouble {
  told: string;
  /** True where everything is still there, only not of this moment. */
  quiet: boolean;
}

const loud = (told: string): Trouble => ({ told, quiet: false });

/** True while a map shows what answers an earlier question, or nothing yet: a white density would say that there is none. */
export function isWaiting(store: PlannerStore, side: Side): boolean {
  if (store.years.error.value) return false;
  if (side === "laju") return !store.numbersError.value && (store.renewing.value || !store.classes.value);
  if (place.value.form === "halus") return store.pictures.value.waiting || store.densityQuery.value === null;
  return !store.hexagonsError.value && store.hexagons.fresh.value === null;
}

/** True where the answer is that nothing is there: a map without colour must not pass for one that is missing. */
export function hasNothing(store: PlannerStore, side: Side): boolean {
  if (isWaiting(store, side) || troubleOf(store, side)) return false;
  return store.matched.value === 0;
}

function troubleOfSide(store: PlannerStore, side: Side): Trouble | null {
  if (store.years.error.value) return loud(words.value.yearUnread);
  if (side === "laju") return store.numbersError.value ? loud(words.value.ratesUnread) : null;
  if (place.value.form === "heksagon")
    return store.hexagonsError.value ? loud(words.value.hexagonsUnread) : null;
  return store.pictures.value.lacking ? loud(words.value.densityFailed) : null;
}

/** What is missing of a map, or as of when it is; null where all is there. */
export function troubleOf(store: PlannerStore, side: Side): Trouble | null {
  const own = troubleOfSide(store, side);
  const failure = store.mapFailure.value;
  if (own || !failure) return own;
  if (failure.part === "ground") return loud(words.value.mapFailed);
  const asOf = store.density.fresh.value?.as_of;
  if (side === "laju" || place.value.form === "heksagon" || !asOf) return null;
  return { told: words.value.densityAsOf(instant(asOf)), quiet: true };
}
