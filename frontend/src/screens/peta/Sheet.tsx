import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { words as shared } from "../../i18n";
import { words } from "../../i18n/peta";
import { Icon } from "../../panels/Icon";
import { ofCity } from "../../panels/TopBar";
import { place } from "../../state/place";
import { me } from "../../state/session";
import { Legend } from "./Legend";
import { ListPane } from "./ListPane";
import { filtersOpen, HEIGHTS, sheet, stepSheet } from "./layout";
import { SidePanel } from "./SidePanel";
import type { PetaStore } from "./store";

const DRAG_PX = 36;

/** The grip by which the sheet is dragged; its two buttons do the same without dragging. */
function Grip() {
  const start = useRef<number | null>(null);
  const release = (event: PointerEvent) => {
    const moved = start.current === null ? 0 : event.clientY - start.current;
    start.current = null;
    if (Math.abs(moved) > DRAG_PX) stepSheet(moved < 0 ? 1 : -1);
  };
  const grasp = (event: PointerEvent) => {
    start.current = event.clientY;
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
  };
  const { height } = sheet.value;
  return (
    <div class="sheet-grip">
      <button
        type="button"
        class="sheet-step"
        aria-label={words.value.sheetDown}
        disabled={height === HEIGHTS[0]}
        onClick={() => stepSheet(-1)}
      >
        <Icon name="down" />
      </button>
      <span class="sheet-handle" onPointerDown={grasp} onPointerUp={release} />
      <button
        type="button"
        class="sheet-step sheet-up"
        aria-label={words.value.sheetUp}
        disabled={height === HEIGHTS.at(-1)}
        onClick={() => stepSheet(1)}
      >
        <Icon name="down" />
      </button>
    </div>
  );
}

/** Keeps the map clear of the sheet at its lowest; higher it may cover the map, which then need not move. */
function reservePeek(box: HTMLElement | null): () => void {
  if (!box) return () => {};
  const watcher = new ResizeObserver(() => {
    if (sheet.peek().height !== "peek") return;
    box.parentElement?.style.setProperty("--peek", `${box.offsetHeight - 12}px`);
  });
  watcher.observe(box);
  return () => watcher.disconnect();
}

function Peek({ store }: { store: PetaStore }) {
  return (
    <div class="peek">
      <Legend store={store} />
      <p class="peek-ways">
        <a class="peek-planner" href={ofCity("/perencana", place.value.city)}>
          {words.value.toPlanner}
        </a>
        {me.value ? null : (
          <a class="peek-planner" href="/masuk">
            {shared.value.officers}
          </a>
        )}
      </p>
    </div>
  );
}

function Content({ store }: { store: PetaStore }) {
  const { view, height } = sheet.value;
  if (height === "peek") return <Peek store={store} />;
  if (view === "list") return <ListPane store={store} />;
  return <SidePanel store={store} />;
}

/** The bottom sheet of the phone in its three heights: legend, half, full. */
export function Sheet({ store, action }: { store: PetaStore; action: ComponentChildren }) {
  const { area, usulan } = place.value;
  useEffect(() => {
    if (area || usulan)
      sheet.value = { view: "panel", height: sheet.value.height === "full" ? "full" : "half" };
  }, [area, usulan]);
  const box = useRef<HTMLElement>(null);
  useEffect(() => reservePeek(box.current), []);
  const { view, height } = sheet.value;
  const listed = view === "list" && height !== "peek";
  const toggleList = () => {
    // Open filters would hide what the button brings.
    filtersOpen.value = false;
    sheet.value = listed ? { view: "legend", height: "peek" } : { view: "list", height: "full" };
  };
  return (
    <section
      ref={box}
      class={`sheet sheet-${height}`}
      id="daftar"
      tabIndex={-1}
      aria-label={words.value.sheet}
    >
      <Grip />
      <div class="sheet-body">
        <Content store={store} />
      </div>
      <footer class="sheet-foot">
        <button type="button" class="btn" onClick={toggleList}>
          <Icon name={listed ? "map" : "list"} />
          {listed ? words.value.toMap : words.value.list}
        </button>
        {action}
      </footer>
    </section>
  );
}
