import { useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { nearestEdge } from "../../geo/nearest";
import { words as common } from "../../i18n";
import { words } from "../../i18n/lapor";
import type { PinMap, PinScene } from "../../map/pin";
import { Icon } from "../../panels/Icon";
import { Again } from "../../state/again";
import { theme } from "../../state/theme";
import { idOf } from "./Faults";
import type { Lapor } from "./state";

type Trouble = "refused" | "unknown" | null;

/** The place of the draft as the map shows it. */
function sceneOf(lapor: Lapor): PinScene {
  const { place, step } = lapor.draft.value;
  const located = lapor.locator.located.value;
  const position = place?.kind === "pin" ? place.position : null;
  const outside = located.state === "outside" ? located.feature : null;
  return {
    position,
    accuracy_m: place?.kind === "pin" ? place.accuracy_m : null,
    own: located.state === "found" ? located.own : null,
    towards: (position && outside && nearestEdge(position, outside.geometry)?.position) ?? null,
    movable: step === 1 && lapor.sent.value === null,
  };
}

async function openMap(lapor: Lapor, container: HTMLElement): Promise<PinMap> {
  const [{ createPinMap }, city] = await Promise.all([import("../../map/pin"), lapor.cityHere()]);
  const start = sceneOf(lapor).position;
  return createPinMap(
    container,
    {
      city,
      bounds: city.bounds,
      moved: (position) => lapor.pinAt(position, null),
      begun: () => {
        lapor.tilesFailed.value = false;
      },
      failed: () => {
        lapor.tilesFailed.value = true;
      },
    },
    start,
  );
}

function Locate({ lapor }: { lapor: Lapor }) {
  const seeking = useSignal(false);
  const trouble = useSignal<Trouble>(null);
  const found = ({ coords }: GeolocationPosition) => {
    seeking.value = false;
    const position: [number, number] = [coords.longitude, coords.latitude];
    lapor.pinAt(position, coords.accuracy);
    // Not the map of the moment of the tap: it may have come while the phone was seeking.
    lapor.map?.lookAt(position);
  };
  const failed = ({ code, PERMISSION_DENIED }: GeolocationPositionError) => {
    seeking.value = false;
    trouble.value = code === PERMISSION_DENIED ? "refused" : "unknown";
  };
  const locate = () => {
    trouble.value = null;
    seeking.value = true;
    navigator.geolocation.getCurrentPosition(found, failed, { enableHighAccuracy: true, timeout: 15_000 });
  };
  return (
    <div class="place-locate">
      <p role="status" class={trouble.value ? "place-note" : "visually-hidden"}>
        {trouble.value === "refused" ? words.value.locationRefused : null}
        {trouble.value === "unknown" ? words.value.locationFailed : null}
      </p>
      <button type="button" class="btn" aria-busy={seeking.value} onClick={locate}>
        <Icon name="locate" />
        {seeking.value ? words.value.locating : words.value.myLocation}
      </button>
    </div>
  );
}

function Zoom({ map }: { map: PinMap | null }) {
  return (
    <div class="place-zoom">
      <button
        type="button"
        class="btn btn-icon"
        aria-label={words.value.zoomIn}
        onClick={() => map?.zoomBy(1)}
      >
        <Icon name="plus" />
      </button>
      <button
        type="button"
        class="btn btn-icon"
        aria-label={words.value.zoomOut}
        onClick={() => map?.zoomBy(-1)}
      >
        <Icon name="minus" />
      </button>
    </div>
  );
}

/** The map with its pin. It arrives after the form, and the form works without it. */
export function PlaceMap({ lapor }: { lapor: Lapor }) {
  const container = useRef<HTMLDivElement>(null);
  const map = useSignal<PinMap | null>(null);
  const asked = useSignal(0);
  useEffect(() => {
    const box = container.current;
    if (!box) return;
    const sizes = new ResizeObserver(() => map.value?.resize());
    let wanted = true;
    const open = async () => {
      try {
        const opened = await openMap(lapor, box);
        if (!wanted) return opened.remove();
        map.value = opened;
        lapor.map = opened;
        lapor.mapFailed.value = false;
        sizes.observe(box);
      } catch (error) {
        lapor.mapFailed.value = true;
        if (wanted) again.later(error);
      }
    };
    const again = new Again(() => void open());
    void open();
    return () => {
      wanted = false;
      again.reset();
      sizes.disconnect();
      map.value?.remove();
      lapor.map = null;
    };
  }, [lapor, map, asked.value]);
  useSignalEffect(() => map.value?.show(sceneOf(lapor)));
  useSignalEffect(() => {
    if (theme.value) map.value?.repaint();
  });
  const movable = lapor.draft.value.step === 1 && lapor.sent.value === null;
  const askAnew = () => {
    lapor.mapFailed.value = false;
    asked.value += 1;
  };
  return (
    <div class="place-map">
      <div
        ref={container}
        id={idOf("place")}
        class="place-canvas"
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes the arrow keys itself
        tabIndex={0}
        aria-label={words.value.mapLabel}
        aria-describedby="kunci-peta"
      />
      <p id="kunci-peta" class="visually-hidden">
        {words.value.mapKeys}
      </p>
      {map.value ? <Zoom map={map.value} /> : null}
      <MapNote text={noteOf(lapor, map.value)} retry={retryOf(lapor, map.value, askAnew)} />
      {map.value ? <Caption lapor={lapor} /> : null}
      {movable && "geolocation" in navigator ? <Locate lapor={lapor} /> : null}
    </div>
  );
}

/** Which borders the map shows, always in plain view. */
function Caption({ lapor }: { lapor: Lapor }) {
  const city = lapor.here.value;
  if (!city?.edition) return null;
  const parts = [words.value.edition(city.edition), city.demo ? words.value.demo : null];
  return <p class="place-caption">{parts.filter(Boolean).join(" · ")}</p>;
}

function noteOf(lapor: Lapor, map: PinMap | null): string {
  if (lapor.mapFailed.value) return words.value.mapFailed;
  if (!map) return words.value.mapLoading;
  return lapor.tilesFailed.value ? words.value.tileFailed : "";
}

/** What can be tried again: the whole map where none came, else the tiles that failed. */
function retryOf(lapor: Lapor, map: PinMap | null, askAnew: () => void): (() => void) | null {
  if (lapor.mapFailed.value) return askAnew;
  return lapor.tilesFailed.value ? () => map?.retry() : null;
}

function MapNote({ text, retry }: { text: string; retry: (() => void) | null }) {
  return (
    <p class={text ? "place-waiting secondary" : "visually-hidden"} role="status">
      {text}
      {retry ? (
        <button type="button" class="link" onClick={retry}>
          {common.value.retry}
        </button>
      ) : null}
    </p>
  );
}
