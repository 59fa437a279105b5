import { go, place } from "./address";
import { SEARCH_ID } from "./FilterBar";
import { LIST_ID, stepTo } from "./ListPane";
import { MANY_ID } from "./ManyBar";
import { focusStep, leaveForm } from "./steps";
import type { KerjaStore } from "./store";

const TYPING = "input:not([type='checkbox']), textarea, select";

function rowOf(number: string | null): HTMLElement | null {
  return number === null ? null : document.querySelector(`.row-button[data-number="${CSS.escape(number)}"]`);
}

/** The focus back on the row of the open usulan, else on the first one. */
export function focusList(number: string | null): void {
  const row = rowOf(number) ?? document.querySelector<HTMLElement>(".row-button[tabindex='0']");
  (row ?? document.getElementById(LIST_ID))?.focus();
}

/** Steps in the list; where an usulan is open and has the focus, the next one opens instead. */
function step(store: KerjaStore, target: Element, way: 1 | -1): void {
  const rows = store.list.items.peek().map(({ number }) => number);
  const inList = target.closest(`#${LIST_ID}`) !== null;
  const row = target.closest(".row")?.querySelector(".row-button");
  const from = inList ? (row?.getAttribute("data-number") ?? null) : place.peek().usulan;
  const next = stepTo(rows, from, way);
  if (next === null) return;
  if (inList) rowOf(next)?.focus();
  else store.choose({ number: next });
}

/** Ticks the row that has the focus, else the open usulan; or takes its tick away. */
function tick(store: KerjaStore, target: Element): void {
  const row = target.closest(".row")?.querySelector(".row-button");
  const number = row?.getAttribute("data-number") ?? place.peek().usulan;
  if (number !== null) store.ticks.toggle(number);
}

/** Closes what is open, the innermost first. */
export function closeInnermost(store: KerjaStore): boolean {
  if (store.acting.open.peek() !== null) {
    leaveForm(store);
    return true;
  }
  const { usulan } = place.peek();
  if (usulan === null) return false;
  go({ usulan: null });
  requestAnimationFrame(() => focusList(usulan));
  return true;
}

/** The keys of the list and the open usulan; true when the key was one of them. */
export function pressKey(store: KerjaStore, event: KeyboardEvent, showKeys: () => void): boolean {
  const target = event.target as Element;
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  if (event.key === "Escape") return closeInnermost(store);
  if (target.matches(TYPING)) return false;
  const acts: Record<string, () => void> = {
    j: () => step(store, target, 1),
    k: () => step(store, target, -1),
    a: () => focusStep(),
    x: () => tick(store, target),
    b: () => document.getElementById(MANY_ID)?.focus(),
    "/": () => document.getElementById(SEARCH_ID)?.focus(),
    "?": showKeys,
  };
  const act = acts[event.key.toLowerCase()];
  act?.();
  return act !== undefined;
}
