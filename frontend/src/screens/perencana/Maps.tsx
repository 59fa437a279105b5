import { useEffect, useRef } from "preact/hooks";
import { words as shared } from "../../i18n";
import { words } from "../../i18n/perencana";
import { creditOf } from "../../panels/credit";
import { Icon } from "../../panels/Icon";
import { MapKeys } from "../../panels/MapKeys";
import { levelWord } from "../../panels/names";
import { useSlow } from "../../panels/useSlow";
import { ZoomButtons } from "../../panels/ZoomButtons";
import { narrow } from "../../state/narrow";
import { pressMapKey } from "./keys";
import { SideLegend } from "./Legends";
import { openMap } from "./maps";
import { sentenceFor } from "./said";
import type { PlannerStore, Side } from "./store";
import { nothingTitle, titleOf } from "./titles";
import { hasNothing, isWaiting, troubleOf } from "./troubles";

interface StoreProps {
  store: PlannerStore;
}

interface SideProps extends StoreProps {
  side: Side;
}

interface PaneProps extends SideProps {
  /** Which of the maps, from the left. */
  slot: number;
  last: boolean;
}

function showWhole(store: PlannerStore): void {
  const bounds = store.city.value?.bounds;
  if (bounds) store.leading?.fit(bounds);
}

function Title({ store, side }: SideProps) {
  const { title, body } = titleOf(store, side);
  return (
    <header class={narrow.value ? "map-title print-only" : "map-title"}>
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
  const { demo } = words.value;
  const parts = [
    city.edition ? words.value.caption(levelWord(level), store.standings.of(level), city.edition) : null,
    city.demo && !city.attribution.some(({ source }) => source.startsWith(demo)) ? demo : null,
    ...city.attribution.map(creditOf),
  ];
  return <p class="map-caption">{parts.filter(Boolean).join(" · ")}</p>;
}

function Trouble({ store, side }: SideProps) {
  const trouble = troubleOf(store, side);
  if (!trouble) return null;
  return (
    <p class="map-trouble" role={trouble.quiet ? "status" : "alert"}>
      <Icon name={trouble.quiet ? "clock" : "warning"} />
      <span>{trouble.told}</span>
      <button type="button" class="link" onClick={() => store.retry()}>
        {shared.value.retry}
      </button>
    </p>
  );
}

/** What stands in the middle of a map that shows nothing yet, or has nothing to show. */
function Note({ store, side, slot }: SideProps & { slot: number }) {
  const coming = useSlow(isWaiting(store, side) || store.groundsWaiting.value[slot] === true);
  const told = coming ? shared.value.renewing : hasNothing(store, side) ? nothingTitle(store) : null;
  if (told === null) return null;
  return (
    <p class={coming ? "map-renewing-note" : "map-renewing-note map-empty-note"} role="status">
      {told}
    </p>
  );
}

function Pane({ store, side, slot, last }: PaneProps) {
  const box = useRef<HTMLDivElement>(null);
  const paper = useRef<HTMLCanvasElement>(null);
  const city = store.city.value;
  useEffect(() => {
    if (!city || !box.current || !paper.current) return undefined;
    return openMap(store, city, { container: box.current, paper: paper.current }, slot);
  }, [city?.code, city?.edition]);
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (pressMapKey(store, event.key)) event.preventDefault();
  };
  const { title, body } = titleOf(store, side);
  return (
    <section class="map-pane" aria-label={words.value.pictures[side]} data-side={side}>
      <Title store={store} side={side} />
      <div
        class="map-box"
        aria-busy={isWaiting(store, side)}
        ref={box}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the map takes keys, as its label says
        tabIndex={0}
        role="application"
        aria-label={(narrow.value ? words.value.mapLabelBare : words.value.mapLabel)(
          words.value.pictures[side],
        )}
        onKeyDown={press}
      />
      <canvas class="print-map" ref={paper} role="img" aria-label={`${title}, ${body}`} />
      {last ? (
        <ZoomButtons zoomBy={(steps) => store.leading?.zoomBy(steps)} showWhole={() => showWhole(store)} />
      ) : null}
      <Note store={store} side={side} slot={slot} />
      <Trouble store={store} side={side} />
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
