import { useEffect, useRef } from "preact/hooks";
import { words as shared } from "../../i18n";
import { words } from "../../i18n/peta";
import { creditOf } from "../../panels/credit";
import { Icon } from "../../panels/Icon";
import { MapKeys } from "../../panels/MapKeys";
import { levelWord } from "../../panels/names";
import { ZoomButtons } from "../../panels/ZoomButtons";
import { go, place } from "../../state/place";
import { MODES } from "../../state/url";
import { Legend } from "./Legend";
import { MAP_ANCHOR, narrow } from "./layout";
import { pressMapKey } from "./mapKeys";
import { openMap, sentenceFor } from "./mapLink";
import { keepScreenSize } from "./paper";
import type { PetaStore } from "./store";

interface StoreProps {
  store: PetaStore;
}

function ModeChoice() {
  return (
    <fieldset class="segments map-modes">
      <legend class="visually-hidden">{words.value.colour}</legend>
      {MODES.map((mode) => (
        <button
          key={mode}
          type="button"
          aria-pressed={place.value.mode === mode}
          onClick={() => go({ mode })}
        >
          {narrow.value ? words.value.shortModes[mode] : words.value.modes[mode]}
        </button>
      ))}
    </fieldset>
  );
}

function showWhole(store: PetaStore): void {
  const bounds = store.city.value?.bounds;
  if (bounds) store.map.value?.fit(bounds);
}

/** What the caption says, in fewer words where it has one short line. */
function captionWords() {
  const all = words.value;
  if (!narrow.value) return all;
  const { shortCaption, shortDemo, shortBasemapFailed, shortBasemapPartial } = all;
  return {
    ...all,
    caption: shortCaption,
    demo: shortDemo,
    basemapFailed: shortBasemapFailed,
    basemapPartial: shortBasemapPartial,
  };
}

/** Whose the outside map is, or that there is none; null until the installation has said. */
function aboutBasemap(store: PetaStore): string | null {
  const configuration = store.configuration.value.value;
  if (!configuration) return null;
  const said = captionWords();
  if (!configuration.basemap) return said.noBaseMap;
  const { attribution } = configuration.basemap;
  const state = store.basemap.value;
  if (state === "failed") return said.basemapFailed;
  return state === "partial" ? `${attribution} (${said.basemapPartial})` : attribution;
}

/** Status, edition and standing of what is drawn, always in plain view. */
function Caption({ store }: StoreProps) {
  const city = store.city.value;
  if (!city) return null;
  const level = store.level.value;
  const said = captionWords();
  const parts = [
    city.edition ? said.caption(levelWord(level), store.standings.of(level), city.edition) : null,
    city.demo ? said.demo : null,
    aboutBasemap(store),
    ...city.attribution.map(creditOf),
  ];
  return <p class="map-caption">{parts.filter(Boolean).join(" · ")}</p>;
}

/** One line on the area under the pointer; the live region says it for the keyboard. */
function Pointed({ store }: StoreProps) {
  const code = store.pointedArea.value;
  if (!code || narrow.value) return null;
  return <p class="map-pointed">{sentenceFor(store, code)}</p>;
}

/** While the circles are those of an earlier filter, or none yet. */
function Renewing({ store }: StoreProps) {
  if (!store.mapWaiting.value) return null;
  return (
    <p class="map-renewing-note" role="status">
      {shared.value.renewing}
    </p>
  );
}

function Trouble({ store }: StoreProps) {
  const failure = store.mapFailure.value;
  if (!failure || store.areaGone.value) return null;
  return (
    <p class="map-trouble" role="alert">
      <Icon name="warning" />
      <span>
        {failure.part === "usulan" ? words.value.circlesMissing : words.value.mapFailed}{" "}
        {store.listWorks.value ? words.value.listStillWorks : null}
      </span>
      <button type="button" class="link" onClick={() => store.retry()}>
        {shared.value.retry}
      </button>
    </p>
  );
}

export function MapPane({ store }: StoreProps) {
  const box = useRef<HTMLDivElement>(null);
  const city = store.city.value;
  useEffect(() => {
    if (city && box.current) return openMap(store, city, box.current);
    return undefined;
  }, [city?.code, city?.edition]);
  useEffect(() => (box.current ? keepScreenSize(box.current) : undefined), []);
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (pressMapKey(store, event.key)) event.preventDefault();
  };
  return (
    <section class="map-pane" aria-label={words.value.title}>
      <div
        id={MAP_ANCHOR.slice(1)}
        // The map keeps classes of its own here: what changes must be another attribute.
        class="map-box"
        aria-busy={store.mapWaiting.value}
        ref={box}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the map takes keys, as its label says
        tabIndex={0}
        role="application"
        aria-label={words.value.mapLabel}
        onKeyDown={press}
      />
      <ModeChoice />
      <ZoomButtons zoomBy={(steps) => store.map.value?.zoomBy(steps)} showWhole={() => showWhole(store)} />
      <Pointed store={store} />
      <Renewing store={store} />
      <Trouble store={store} />
      {narrow.value ? null : (
        <div class="map-legend">
          <Legend store={store} />
        </div>
      )}
      <div class="map-foot">
        {narrow.value ? null : <MapKeys title={words.value.mapKeys} keys={words.value.keys} />}
        <Caption store={store} />
      </div>
      <p class="visually-hidden" aria-live="polite" data-testid="said">
        {store.said.value}
      </p>
    </section>
  );
}
