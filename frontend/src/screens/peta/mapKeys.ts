import { words } from "../../i18n/peta";
import type { PetaMap } from "../../map";
import { go, place } from "../../state/place";
import { sentenceFor } from "./mapLink";
import type { PetaStore } from "./store";

/** Areas in the window, the one with most usulan first: the order of N and P. */
function areasByCount(store: PetaStore, map: PetaMap): string[] {
  const counts = new Map((store.stats.value.value?.rows ?? []).map((row) => [row.area, row.count]));
  const count = (code: string) => counts.get(code) ?? 0;
  return map.areasInView().sort((a, b) => count(b) - count(a) || a.localeCompare(b));
}

function stepArea(store: PetaStore, map: PetaMap, step: 1 | -1): void {
  const codes = areasByCount(store, map);
  if (codes.length === 0) return;
  const now = store.pointedArea.value ?? place.value.area;
  const from = now === null ? -1 : codes.indexOf(now);
  const next = from < 0 ? (step > 0 ? 0 : codes.length - 1) : (from + step + codes.length) % codes.length;
  const code = codes[next];
  if (!code) return;
  store.pointedArea.value = code;
  map.reveal(code);
  store.said.value = sentenceFor(store, code);
}

function openArea(store: PetaStore): void {
  const code = store.pointedArea.value;
  if (!code) return;
  store.said.value = words.value.areaOpened(store.areaName(code));
  store.pointedArea.value = null;
  go({ area: code, usulan: null });
}

/** Closes what is open, the innermost first. */
export function closeInnermost(store: PetaStore): void {
  if (store.pointedArea.value) store.pointedArea.value = null;
  else if (place.value.usulan) go({ usulan: null });
  else if (place.value.area) go({ area: null });
}

export function switchRate(store: PetaStore): void {
  const mode = place.value.mode === "laju" ? "petak" : "laju";
  go({ mode });
  store.said.value = words.value.saidMode(words.value.modes[mode]);
}

/** The keys of the map; true when the key was one of them. */
export function pressMapKey(store: PetaStore, key: string): boolean {
  const map = store.map.value;
  if (!map) return false;
  const acts: Record<string, () => void> = {
    // Pressed before the first ground is drawn, the step waits for it instead of falling silent.
    n: () => void map.ready.then(() => stepArea(store, map, 1)),
    p: () => void map.ready.then(() => stepArea(store, map, -1)),
    enter: () => openArea(store),
    escape: () => closeInnermost(store),
    l: () => switchRate(store),
  };
  const act = acts[key.toLowerCase()];
  if (!act) return map.moveByKey(key);
  act();
  return true;
}
