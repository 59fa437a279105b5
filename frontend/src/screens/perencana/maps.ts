import { computed, effect, untracked } from "@preact/signals";
import type { City } from "../../api/contract";
import type { Box } from "../../geo/boxes";
import { LEVELS } from "../../geo/levels";
import type { PlannerEvents, PlannerMap, PlannerScene } from "../../map/planner";
import { boxesWithin } from "../../panels/standing";
import { theme } from "../../state/theme";
import { go, keepView, place } from "./address";
import { sentenceFor } from "./said";
import type { PlannerStore } from "./store";

const NO_DENSITY = { density: null, hexagons: null };

/** Numbers that did not come colour nothing: those of an earlier question least of all. */
const classesOf = (store: PlannerStore) =>
  store.numbersError.value ? null : (store.classes.value?.classes ?? null);

/** What the map of a slot, counted from the left, shows now; reading it inside an effect follows every part. */
function sceneOf(store: PlannerStore, slot: number): PlannerScene {
  const shared = {
    fill: store.level.value,
    dashed: (store.standings.of(store.level.value) ?? "resmi") !== "resmi",
    chosenArea: place.value.area,
    pointedArea: store.pointedArea.value,
  };
  if (store.sides.value[slot] === "laju")
    return { ...shared, ...NO_DENSITY, classes: store.matched.value === 0 ? null : classesOf(store) };
  const counted = store.hexagonsError.value ? null : store.hexagonClasses.value;
  const hexagons = place.value.form === "heksagon" ? (counted?.hexagons ?? []) : null;
  return { ...shared, classes: null, density: store.densityQuery.value, hexagons };
}

const STANDING = ".map-title, .map-zoom, .map-legend, .map-foot";

/** Boxes of what stands over the map, in pixels of its own box. */
function standingOver(container: HTMLElement): Box[] {
  return boxesWithin(container, container.parentElement?.querySelectorAll(STANDING) ?? []);
}

function others(store: PlannerStore, slot: number): PlannerMap[] {
  return store.maps.peek().filter((map, at): map is PlannerMap => map !== null && at !== slot);
}

/** Chooses an area, or gives it up when it was the chosen one. */
export function chooseArea(store: PlannerStore, code: string): void {
  const area = place.value.area === code ? null : code;
  go({ area });
  store.said.value = sentenceFor(store, code);
}

function eventsOf(store: PlannerStore, slot: number): PlannerEvents {
  const leads = () => store.maps.peek()[store.leader] == null || store.leader === slot;
  return {
    moving: (view, zooming) => {
      if (leads()) for (const map of others(store, slot)) map.follow(view, zooming);
    },
    moved: (view) => {
      if (!leads()) return;
      for (const map of others(store, slot)) map.follow(view, false);
      keepView(view);
    },
    picked: (code) => chooseArea(store, code),
    pointed: (code) => {
      store.pointedArea.value = code;
    },
    groundWaiting: (now) => {
      const grounds = [...store.groundsWaiting.peek()];
      grounds[slot] = now;
      store.groundsWaiting.value = grounds;
    },
    pictures: (state) => {
      if (store.sides.peek()[slot] === "kepadatan") store.pictures.value = state;
    },
    failed: (error, part) => store.mapFailed(error, part),
  };
}

function keep(store: PlannerStore, slot: number, map: PlannerMap | null): void {
  const maps = [...store.maps.peek()];
  maps[slot] = map;
  store.maps.value = maps;
}

/** True once the legend over a map has the height that it keeps. */
function hasLegend(store: PlannerStore, slot: number): boolean {
  if (store.sides.value[slot] === "laju") return store.classes.value !== null;
  return (place.value.form === "halus" ? store.density : store.hexagons).value.value !== null;
}

/** Fits a map that nobody has moved once more when its legend has grown, or the city would lie under it. */
function fitAroundLegend(store: PlannerStore, slot: number, map: PlannerMap): () => void {
  let done = false;
  let frame = 0;
  const fit = () => map.resize(store.leading === map);
  const stop = effect(() => {
    if (done || !hasLegend(store, slot)) return;
    done = true;
    // The page renders in the first frame.
    frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(fit);
    });
  });
  return () => {
    stop();
    cancelAnimationFrame(frame);
  };
}

/** Another change of the address must not bring back the area that the reader has left. */
const chosenArea = computed(() => place.value.area);

function connect(store: PlannerStore, slot: number, map: PlannerMap): () => void {
  const stops = [
    fitAroundLegend(store, slot, map),
    effect(() => map.update(sceneOf(store, slot))),
    effect(() => {
      if (theme.value) untracked(() => map.repaint());
    }),
    effect(() => {
      const area = chosenArea.value;
      if (area) untracked(() => void map.ready.then(() => store.leading === map && map.reveal(area)));
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

function watchSize(store: PlannerStore, slot: number, container: HTMLElement, map: PlannerMap): () => void {
  const lead = () => {
    store.leader = slot;
  };
  const hands = ["pointerdown", "wheel", "keydown"] as const;
  for (const hand of hands) container.addEventListener(hand, lead, { capture: true, passive: true });
  const watcher = new ResizeObserver(() => map.resize(store.leading === map));
  watcher.observe(container);
  return () => {
    watcher.disconnect();
    for (const hand of hands) container.removeEventListener(hand, lead, { capture: true });
  };
}

/** Copies the map to its canvas for paper whenever the page is about to be printed. */
function copyForPaper(map: PlannerMap, paper: HTMLCanvasElement): () => void {
  const media = matchMedia("print");
  let printing = false;
  const copy = () => {
    printing = true;
    map.copyTo(paper);
  };
  // Where the style alone changes nobody has told before; on its way to a printer the layout is no longer to scale.
  const changed = () => {
    if (media.matches && !printing) map.copyTo(paper);
    printing = false;
  };
  addEventListener("beforeprint", copy);
  media.addEventListener("change", changed);
  return () => {
    removeEventListener("beforeprint", copy);
    media.removeEventListener("change", changed);
  };
}

/** Where a map is shown: on the screen, and on paper. */
export interface MapBoxes {
  container: HTMLElement;
  paper: HTMLCanvasElement;
}

/** Opens one map of the page in its box and keeps both in step; the result closes it. */
export function openMap(store: PlannerStore, city: City, boxes: MapBoxes, slot: number): () => void {
  const { container, paper } = boxes;
  let close = () => {};
  let wanted = true;
  void import("../../map/planner").then(({ PlannerMap }) => {
    if (!wanted || !city.bounds) return;
    const map = new PlannerMap({
      container,
      city,
      bounds: city.bounds,
      view: store.leading?.view ?? place.peek().map,
      scene: untracked(() => sceneOf(store, slot)),
      levelsAt: () => LEVELS.slice(0, LEVELS.indexOf(store.level.peek()) + 1),
      standing: () => standingOver(container),
      events: eventsOf(store, slot),
    });
    keep(store, slot, map);
    const disconnect = connect(store, slot, map);
    const unwatch = watchSize(store, slot, container, map);
    const forget = copyForPaper(map, paper);
    close = () => {
      forget();
      unwatch();
      disconnect();
      keep(store, slot, null);
      map.destroy();
    };
  });
  return () => {
    wanted = false;
    close();
  };
}
