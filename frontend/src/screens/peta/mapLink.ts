import { computed, effect, untracked } from "@preact/signals";
import { isAbort } from "../../api/client";
import type { City, Level, Position, UsulanFeature } from "../../api/contract";
import { readShapes } from "../../api/endpoints";
import { Problem } from "../../api/problem";
import { boundsOf } from "../../geo/bounds";
import type { Box } from "../../geo/boxes";
import { isThinRate } from "../../geo/choropleth";
import { levelOfCode, parentCode } from "../../geo/codes";
import { levelsAtZoom } from "../../geo/levels";
import { number, rateText } from "../../i18n";
import { words } from "../../i18n/peta";
import type { ChosenUsulan, PetaMap, Picked, Scene } from "../../map";
import { boxesWithin } from "../../panels/standing";
import { language } from "../../state/language";
import { go, keepView, place } from "../../state/place";
import { theme } from "../../state/theme";
import { narrow, sheet, sheetAtRest } from "./layout";
import type { PetaStore } from "./store";
import { positionOf } from "./where";

const SHAPE_PATIENCE_MS = 10_000;

function chosenOf(feature: UsulanFeature | null | undefined): ChosenUsulan | null {
  if (!feature) return null;
  const { number: code, group, precision, areas } = feature.properties;
  const area = precision === "rw" ? (areas.at(-1)?.code ?? null) : null;
  return { number: code, group, position: positionOf(feature), area };
}

function pointedFeature(store: PetaStore): UsulanFeature | undefined {
  const pointed = store.pointedUsulan.value;
  return pointed === null ? undefined : store.list.items.value.find(({ id }) => id === pointed);
}

/** What the map shows now; reading it inside an effect follows every part. */
function sceneOf(store: PetaStore): Scene {
  return {
    mode: place.value.mode,
    classes: store.values.value?.classes ?? null,
    fill: store.level.value,
    dashed: (store.standings.of(store.level.value) ?? "resmi") !== "resmi",
    chosenArea: place.value.area,
    pointedArea: store.pointedArea.value,
    chosenUsulan: chosenOf(store.choice.feature.value.value),
    pointedUsulan: chosenOf(pointedFeature(store)),
    groups: store.groups.value,
    plateText: words.value.plate,
    areaName: (code) => store.areaName(code),
    formatCount: (count) => number(count),
    unitAt: store.circles.unitAt.value,
    language: language.value,
  };
}

function openPicked(store: PetaStore, picked: Picked, map: PetaMap): void {
  if (picked.kind === "cell") map.goTo(picked.position, map.view.zoom + 2);
  if (picked.kind === "usulan") go({ usulan: picked.number });
  if (picked.kind === "plate") go({ area: picked.plate.area, usulan: null });
  if (picked.kind === "area") go({ area: picked.code, usulan: null });
  store.pointedArea.value = null;
}

function point(store: PetaStore, picked: Picked | null): void {
  store.pointedArea.value = picked?.kind === "area" ? picked.code : null;
  store.pointedUsulan.value = picked?.kind === "usulan" ? picked.number : null;
}

/** The sentence for an area under the pointer or the keyboard: name, count and rate. */
export function sentenceFor(store: PetaStore, code: string): string {
  const row = store.stats.value.value?.rows.find(({ area }) => area === code);
  const rate = row && row.per_1000 !== null && !isThinRate(row) ? rateText(row.per_1000, row.count) : null;
  return words.value.saidArea(row?.name ?? code, number(row?.count ?? 0), rate);
}

/** The smallest zoom at which an area of the level has its own outline. */
const LEAST_ZOOM: Record<Level, number> = { kota: 9, kecamatan: 9, kelurahan: 13, rw: 15, rt: 16 };

/** Brings a chosen area into the window when the loaded tiles do not show it, as after a link or a search. */
async function showArea(store: PetaStore, map: PetaMap, code: string): Promise<void> {
  const city = store.city.peek()?.code;
  const level = levelOfCode(code);
  // An address that names an area and no view means that area; otherwise what is seen already stays where it is.
  const placed = place.peek().map !== null && map.view.zoom >= LEAST_ZOOM[level];
  if (!city || (placed && map.reveal(code, level))) return;
  try {
    const parent = parentCode(code);
    const { features } = await readShapes({ city, level, parent }, AbortSignal.timeout(SHAPE_PATIENCE_MS));
    const shape = features.find(({ properties }) => properties.code === code);
    const bounds = shape ? boundsOf(shape.geometry.coordinates) : null;
    if (bounds && place.peek().area === code) map.fit(bounds, LEAST_ZOOM[level]);
  } catch (error) {
    // The panel tells of the area anyway; the map then stays where it is.
    if (!(error instanceof Problem) && !isAbort(error)) throw error;
  }
}

/** A move of the map changes the place too, and must not bring back the area that the reader has left. */
const chosenArea = computed(() => place.value.area);
const hidden = computed(() => narrow.value && sheet.value.height === "full");

/** Moves the map once its ground is there and the sheet covers what it will cover. */
export async function bring(map: PetaMap, move: () => void): Promise<void> {
  await Promise.all([map.ready, sheetAtRest()]);
  move();
}

const STANDING = ".map-modes, .map-zoom, .map-legend, .map-foot, .sheet";

/** Boxes of what stands over the map, in pixels of its own box. */
function standingOver(container: HTMLElement): Box[] {
  return boxesWithin(container, document.querySelectorAll(STANDING));
}

/** From so near an usulan is seen in its street. */
const USULAN_ZOOM = 17;

/** Brings a chosen usulan into the window; the one of an address that names no view is what that address is about. */
function showUsulan(map: PetaMap, position: Position, isSubject: boolean): void {
  if (isSubject) map.show(position, USULAN_ZOOM);
  else map.bringIn(position);
}

/** `subject` is the usulan that the page was opened for, where nobody had chosen a view. */
function connect(store: PetaStore, map: PetaMap, subject: string | null): () => void {
  let unseen = subject;
  const stops = [
    effect(() => map.update(sceneOf(store), store.mapQuery.value ?? "")),
    effect(() => map.setBasemap(store.configuration.value.value?.basemap ?? null)),
    effect(() => {
      if (theme.value) untracked(() => map.repaint());
    }),
    effect(() => {
      const area = chosenArea.value;
      if (area && !hidden.value) untracked(() => void bring(map, () => showArea(store, map, area)));
    }),
    effect(() => {
      const feature = store.choice.feature.value.value;
      const position = positionOf(feature);
      if (!feature || !position || hidden.value) return;
      const isSubject = feature.properties.number === unseen;
      unseen = null;
      untracked(() => void bring(map, () => showUsulan(map, position, isSubject)));
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** Opens the map of a city in its box and keeps both in step; the result closes it. */
export function openMap(store: PetaStore, city: City, container: HTMLElement): () => void {
  let close = () => {};
  let wanted = true;
  const placed = place.peek().map !== null;
  void import("../../map").then(({ PetaMap }) => {
    if (!wanted || !city.bounds) return;
    const map = new PetaMap({
      container,
      city,
      bounds: city.bounds,
      view: place.peek().map,
      query: store.mapQuery.peek() ?? "",
      scene: untracked(() => sceneOf(store)),
      levelsAt: levelsAtZoom,
      standing: () => standingOver(container),
      events: {
        moved: (view) => {
          store.zoom.value = view.zoom;
          keepView(view);
        },
        picked: (picked) => openPicked(store, picked, map),
        pointed: (picked) => point(store, picked),
        waiting: (now) => {
          store.mapRenewing.value = now;
        },
        failed: (error, part) => store.mapFailed(error, part),
        counted: (located) => store.mapCounted(located),
        basemap: (state) => {
          store.basemap.value = state;
        },
      },
    });
    store.zoom.value = map.view.zoom;
    store.map.value = map;
    const disconnect = connect(store, map, placed ? null : place.peek().usulan);
    const watcher = new ResizeObserver(() => map.resize());
    for (const element of [container, ...document.querySelectorAll(".map-modes, .map-legend, .map-foot")])
      watcher.observe(element);
    close = () => {
      watcher.disconnect();
      disconnect();
      store.map.value = null;
      map.destroy();
    };
  });
  return () => {
    wanted = false;
    close();
  };
}
