import { useEffect, useRef } from "preact/hooks";
import { words as shared } from "../../i18n";
import { words } from "../../i18n/perencana";
import { Icon } from "../../panels/Icon";
import { MapKeys } from "../../panels/MapKeys";
import { levelWord } from "../../panels/names";
import { useSlow } from "../../panels/useSlow";
import { ZoomButtons } from "../../panels/ZoomButtons";
import { narrow } from "../../state/narrow";
import { place } from "./address";
import { pressMapKey } from "./keys";
import { SideLegend } from "./Legends";
import { openMap } from "./maps";
import { sentenceFor } from "./said";
import type { PlannerStore, Side } from "./store";
import { titleOf } from "./titles";

interface StoreProps {
  store: PlannerStore;
}

interface PaneProps extends StoreProps {
  side: Side;
  /** Which of the maps, from the left. */
  slot: number;
  last: boolean;
}

function showWhole(store: PlannerStore): void {
  const bounds = store.city.value?.bounds;
  if (bounds) store.leading?.fit(bounds);
}

function Title({ store, side }: StoreProps & { side: Side }) {
  const { title, body } = titleOf(store, side);
  return (
    <header class="map-title">
      <h2 class="title-group">{title}</h2>
      <p class="secondary">{body}</p>
    </header>
  );
}

/** Whose boundaries are drawn and how they stand, always in plain view. */
function Caption({ store }: StoreProps) {
  const city = store.city.value;
  if (!city) return null;
  const level = store.level.value;
  const parts = [
    city.edition ? words.value.caption(levelWord(level), store.standings.of(level), city.edition) : null,
    city.demo ? words.value.demo : null,
    ...city.attribution.map(({ source, licence }) => (licence ? `${source} (${licence})` : source)),
  ];
  return <p class="map-caption">{parts.filter(Boolean).join(" · ")}</p>;
}

function Trouble({ store }: StoreProps) {
  if (!store.mapFailure.value) return null;
  return (
    <p class="map-trouble" role="alert">
      <Icon name="warning" />
      <span>{store.showsDensity.value ? words.value.densityFailed : words.value.mapFailed}</span>
      <button type="button" class="link" onClick={() => store.retry()}>
        {shared.value.retry}
      </button>
    </p>
  );
}

/** True while a map shows what answers an earlier question, or nothing yet: a white density would say that there is none. */
function isWaiting(store: PlannerStore, side: Side): boolean {
  if (side === "laju")
    return store.stats.error.value === null && (store.renewing.value || !store.classes.value);
  const { form } = place.value;
  if (form === "halus") return store.picturesWaiting.value;
  return store.hexagons.error.value === null && (store.hexagons.stale.value || !store.hexagons.value.value);
}

function Pane({ store, side, slot, last }: PaneProps) {
  const box = useRef<HTMLDivElement>(null);
  const city = store.city.value;
  useEffect(() => {
    if (city && box.current) return openMap(store, city, box.current, slot);
    return undefined;
  }, [city?.code, city?.edition]);
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (pressMapKey(store, event.key)) event.preventDefault();
  };
  const waiting = isWaiting(store, side);
  const slow = useSlow(waiting);
  return (
    <section class="map-pane" aria-label={words.value.pictures[side]} data-side={side}>
      <div
        class="map-box"
        aria-busy={waiting}
        ref={box}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the map takes keys, as its label says
        tabIndex={0}
        role="application"
        aria-label={words.value.mapLabel(words.value.pictures[side])}
        onKeyDown={press}
      />
      {narrow.value ? null : <Title store={store} side={side} />}
      {last ? (
        <ZoomButtons zoomBy={(steps) => store.leading?.zoomBy(steps)} showWhole={() => showWhole(store)} />
      ) : null}
      {slow ? (
        <p class="map-renewing-note" role="status">
          {shared.value.renewing}
        </p>
      ) : null}
      {slot === 0 ? <Trouble store={store} /> : null}
      {narrow.value ? null : (
        <div class="map-legend">
          <SideLegend store={store} side={side} />
        </div>
      )}
      {last ? (
        <div class="map-foot">
          {narrow.value ? null : <MapKeys title={words.value.mapKeys} keys={words.value.keys} />}
          <Caption store={store} />
        </div>
      ) : null}
    </section>
  );
}

function Pointed({ store }: StoreProps) {
  const code = store.pointedArea.value;
  return code && !narrow.value ? <p class="planner-pointed">{sentenceFor(store, code)}</p> : null;
}

/** One map, or both truths on the same ground. */
export function Maps({ store }: StoreProps) {
  const sides = store.sides.value;
  return (
    <div class="planner-maps" data-maps={sides.length}>
      {sides.map((side, slot) => (
        <Pane key={slot} store={store} side={side} slot={slot} last={slot === sides.length - 1} />
      ))}
      <Pointed store={store} />
      {sides.length > 1 ? <p class="planner-together hint">{words.value.together}</p> : null}
    </div>
  );
}
