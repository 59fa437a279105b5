import { useEffect, useRef } from "preact/hooks";
import { words } from "../../i18n/kerja";
import { place } from "./address";
import { MapCentre } from "./Fields";
import { readPoint } from "./forms";
import { MapPane } from "./MapPane";
import type { KerjaStore } from "./store";

interface StoreProps {
  store: KerjaStore;
}

/** Whether the map now stands where the form of a new place was. */
export const isPointing = (store: KerjaStore): boolean =>
  store.pointing.value && store.acting.open.value === "place";

/** The phone's map on which a new place is tapped; it leads back to the form. */
export function Pointing({ store }: StoreProps) {
  const heading = useRef<HTMLParagraphElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const number = place.value.usulan;
  if (number === null) return null;
  const chosen = readPoint(store.drafts.of(number, "place").point ?? "") !== null;
  const back = () => {
    store.pointing.value = false;
  };
  return (
    <>
      <p class="kerja-pointing" tabIndex={-1} ref={heading}>
        {words.value.hints.point}
      </p>
      <MapPane store={store} />
      <div class="kerja-pointing-foot">
        <MapCentre store={store} change={(patch) => store.drafts.change(number, "place", patch)} />
        <button type="button" class={chosen ? "btn btn-main" : "btn"} onClick={back}>
          {chosen ? words.value.usePoint : words.value.backToForm}
        </button>
      </div>
    </>
  );
}
