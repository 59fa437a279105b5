import type { Place, Position } from "../../api/contract";
import { go } from "../../state/place";
import { narrow, sheet } from "./layout";
import { bring } from "./mapLink";
import type { PetaStore } from "./store";

/** A landmark is a point: from here on its street can be seen. */
const LANDMARK_ZOOM = 16;

/** Goes to a place that the reader found by name: an area becomes the filter, another place is shown. */
export function showPlace(store: PetaStore, found: Place): void {
  if (narrow.value) sheet.value = { view: "legend", height: "peek" };
  if (found.kind === "area" && found.subkind !== "kota") {
    go({ area: found.code, usulan: null, q: "" });
    return;
  }
  go(found.kind === "area" ? { area: null, usulan: null, q: "" } : { q: "" });
  const map = store.map.peek();
  if (!map) return;
  const point: Position = [found.longitude, found.latitude];
  void bring(map, () => {
    if (found.kind !== "landmark") map.fit(found.bounds);
    else map.goTo(point, Math.max(LANDMARK_ZOOM, map.view.zoom));
  });
}
