import { signal } from "@preact/signals";
import { narrow, startNarrow } from "../../state/narrow";

/** Where the skip link leads; on a phone the list must first be opened. */
export const LIST_ANCHOR = "#daftar";
/** The map itself, which takes keys; on a phone the sheet must not hide it. */
export const MAP_ANCHOR = "#peta";

export { narrow };

/** On a phone the map fills the window and everything else is in a sheet. */
export function startLayout(): () => void {
  const stop = startNarrow();
  const openAnchor = () => {
    if (!narrow.value) return;
    if (location.hash === LIST_ANCHOR) sheet.value = { view: "list", height: "full" };
    if (location.hash === MAP_ANCHOR) sheet.value = { view: "legend", height: "peek" };
  };
  addEventListener("hashchange", openAnchor);
  return () => {
    stop();
    removeEventListener("hashchange", openAnchor);
  };
}

export type SheetHeight = "peek" | "half" | "full";
export type SheetView = "legend" | "list" | "panel";

export const HEIGHTS: readonly SheetHeight[] = ["peek", "half", "full"];

/** What the sheet of the phone shows, and how much of it. */
export const sheet = signal<{ view: SheetView; height: SheetHeight }>({ view: "legend", height: "peek" });

/** On a phone: whether the filters stand open over the map. */
export const filtersOpen = signal(false);

export function stepSheet(steps: 1 | -1): void {
  const { view, height } = sheet.value;
  const next = HEIGHTS[Math.max(0, Math.min(HEIGHTS.length - 1, HEIGHTS.indexOf(height) + steps))] ?? "peek";
  sheet.value = { view: next !== "peek" && view === "legend" ? "panel" : view, height: next };
}

/** Done when the sheet has reached the height that was last asked for. */
export async function sheetAtRest(): Promise<void> {
  if (!narrow.peek()) return;
  // The page renders in the first frame and its movement begins in the second.
  for (const _ of [1, 2]) await new Promise((resolve) => requestAnimationFrame(resolve));
  const moves = document.querySelector(".sheet")?.getAnimations() ?? [];
  await Promise.allSettled(moves.map(({ finished }) => finished));
}
