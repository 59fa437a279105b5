import { words } from "../../i18n/perencana";
import { go, type Picture, place } from "./address";
import { chooseArea } from "./maps";
import { sentenceFor } from "./said";
import type { PlannerStore } from "./store";

/** The areas of the window that have a rank, the highest first, then the others: the order of N and P. */
function areasByRank(store: PlannerStore): string[] {
  const order = new Map((store.ranking.value.value?.rows ?? []).map(({ area }, at) => [area, at]));
  const at = (code: string) => order.get(code) ?? order.size;
  return (store.leading?.areasInView() ?? []).sort((a, b) => at(a) - at(b) || a.localeCompare(b));
}

function stepArea(store: PlannerStore, step: 1 | -1): void {
  const codes = areasByRank(store);
  if (codes.length === 0) return;
  const now = store.pointedArea.value ?? place.value.area;
  const from = now === null ? -1 : codes.indexOf(now);
  const next = from < 0 ? (step > 0 ? 0 : codes.length - 1) : (from + step + codes.length) % codes.length;
  const code = codes[next];
  if (!code) return;
  store.pointedArea.value = code;
  store.leading?.reveal(code);
  store.said.value = sentenceFor(store, code);
}

function openArea(store: PlannerStore): void {
  const code = store.pointedArea.value;
  if (!code) return;
  store.pointedArea.value = null;
  if (code !== place.value.area) chooseArea(store, code);
}

function close(store: PlannerStore): void {
  if (store.pointedArea.value) store.pointedArea.value = null;
  else if (place.value.area) go({ area: null });
}

export function showPicture(store: PlannerStore, picture: Picture): void {
  go({ picture });
  store.said.value = words.value.saidPicture(words.value.pictures[picture]);
}

/** The one key between the two truths; side by side it leaves the rate alone. */
export function switchPicture(store: PlannerStore): void {
  showPicture(
    store,
    store.sides.value.includes("laju") && place.value.picture === "laju" ? "kepadatan" : "laju",
  );
}

export function stepYear(store: PlannerStore, step: 1 | -1): void {
  const years = store.years.all.value;
  const at = years.indexOf(store.year.value ?? 0) + step;
  const year = years[at];
  if (year === undefined) return;
  go({ year });
  store.said.value = words.value.saidYear(year);
}

/** Keys of the whole page; true when the key was one of them. */
export function pressPageKey(store: PlannerStore, key: string): boolean {
  const acts: Record<string, () => void> = {
    l: () => switchPicture(store),
    b: () => showPicture(store, "sanding"),
    h: () => go({ form: place.value.form === "halus" ? "heksagon" : "halus" }),
    "[": () => stepYear(store, -1),
    "]": () => stepYear(store, 1),
  };
  const act = acts[key.toLowerCase()];
  act?.();
  return act !== undefined;
}

/** Keys of a map that has the focus; true when the key was one of them. */
export function pressMapKey(store: PlannerStore, key: string): boolean {
  const acts: Record<string, () => void> = {
    n: () => void store.leading?.ready.then(() => stepArea(store, 1)),
    p: () => void store.leading?.ready.then(() => stepArea(store, -1)),
    enter: () => openArea(store),
    escape: () => close(store),
  };
  const act = acts[key.toLowerCase()];
  if (!act) return store.leading?.moveByKey(key) ?? false;
  act();
  return true;
}
