import { useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Bounds, City, FullItem, Position } from "../../api/contract";
import { words as shared } from "../../i18n";
import { words } from "../../i18n/kerja";
import { Bidang } from "../../panels/Bidang";
import { Icon } from "../../panels/Icon";
import { boxesWithin } from "../../panels/standing";
import { ZoomButtons } from "../../panels/ZoomButtons";
import { theme } from "../../state/theme";
import { GROUPS } from "../../state/url";
import { place } from "./address";
import { readPoint } from "./forms";
import { pointText, positionOf, spotsOf, spotsWith } from "./spots";
import type { KerjaStore } from "./store";

interface StoreProps {
  store: KerjaStore;
}

/** Where the open form would put the usulan. */
function targetIn(store: KerjaStore): Position | null {
  const number = place.value.usulan;
  if (number === null || store.acting.open.value !== "place") return null;
  return readPoint(store.drafts.of(number, "place").point ?? "");
}

/** Brings the map to life in its box; what it returns takes it away again. */
function openMap(store: KerjaStore, city: City, bounds: Bounds, container: HTMLElement): () => void {
  let gone = false;
  store.mapFailed.value = false;
  const failed = () => {
    store.mapFailed.value = true;
  };
  import("../../map/desk").then(({ DeskMap }) => {
    if (gone) return;
    store.map.value = new DeskMap({
      container,
      city,
      bounds,
      picked: (number) => store.choose({ number }),
      put: (position) => {
        const number = place.peek().usulan;
        if (store.acting.open.peek() !== "place" || number === null) return false;
        store.drafts.change(number, "place", { point: pointText(position) });
        return true;
      },
      pointed: (number) => {
        store.pointed.value = number;
      },
      standing: () => boxesWithin(container, container.parentElement?.querySelectorAll(".map-zoom") ?? []),
      failed,
    });
  }, failed);
  const watcher = new ResizeObserver(() => store.map.peek()?.resize());
  watcher.observe(container);
  return () => {
    gone = true;
    watcher.disconnect();
    store.map.peek()?.destroy();
    store.map.value = null;
  };
}

function Legend({ store }: StoreProps) {
  const items = store.list.items.value;
  return (
    <div class="kerja-legend secondary">
      <ul>
        {GROUPS.map((group) => (
          <li key={group}>
            <Bidang group={group} />
            {shared.value.groups[group]}
          </li>
        ))}
        <li>
          <span class="legend-ring" />
          {words.value.legendChosen}
        </li>
        {store.ownAreas.value.length > 0 ? (
          <li>
            <span class="legend-own" />
            {words.value.legendOwn}
          </li>
        ) : null}
      </ul>
      {items.length > 0 ? (
        <p class="hint num">{words.value.onMap(spotsOf(items).length, items.length)}</p>
      ) : null}
    </div>
  );
}

export function MapPane({ store }: StoreProps) {
  const box = useRef<HTMLDivElement>(null);
  const city = store.city.value;
  const asked = useSignal(0);
  useEffect(() => {
    if (city?.bounds && box.current) return openMap(store, city, city.bounds, box.current);
    return undefined;
  }, [city?.code, city?.edition, asked.value]);
  useSignalEffect(() => {
    store.map.value?.show({
      spots: spotsWith(store.list.items.value, store.choice.value.value),
      chosen: place.value.usulan,
      pointed: store.pointed.value,
      checked: store.ticks.numbers.value,
      own: store.ownAreas.value,
      target: targetIn(store),
    });
  });
  const bringIn = (open: FullItem | null) => {
    const position = open && positionOf(open);
    if (position) store.map.value?.bringIn(position);
  };
  // Once where the officer works is known, and for each other question of the list.
  useSignalEffect(() => {
    if (!store.ownAreas.value || store.list.outdated.value) return;
    store.map.value?.fit();
    bringIn(store.choice.value.peek());
  });
  useSignalEffect(() => bringIn(store.choice.value.value));
  useSignalEffect(() => {
    if (theme.value) store.map.value?.repaint();
  });
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (store.map.value?.moveByKey(event.key)) event.preventDefault();
  };
  return (
    <section class="map-pane" aria-label={words.value.viewMap}>
      <div
        class="map-box"
        ref={box}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the map takes keys, as its label says
        tabIndex={0}
        role="application"
        aria-label={words.value.mapLabel}
        onKeyDown={press}
      />
      <ZoomButtons
        zoomBy={(steps) => store.map.value?.zoomBy(steps)}
        showWhole={() => store.map.value?.fit()}
      />
      {store.mapFailed.value ? (
        <p class="map-trouble" role="alert">
          <Icon name="warning" />
          <span>
            {words.value.mapFailed}{" "}
            <button
              type="button"
              class="link"
              onClick={() => {
                asked.value += 1;
              }}
            >
              {shared.value.retry}
            </button>
          </span>
        </p>
      ) : null}
      <Legend store={store} />
    </section>
  );
}
