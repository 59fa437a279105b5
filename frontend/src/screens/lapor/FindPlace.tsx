import { useSignal } from "@preact/signals";
import { readPlaces } from "../../api/endpoints";
import { words } from "../../i18n/lapor";
import { PlaceSearch } from "../../panels/PlaceSearch";
import type { Lapor } from "./state";

/** Moves the map to a street or place by its name; the pin is still the person's to put. */
export function FindPlace({ lapor }: { lapor: Lapor }) {
  const text = useSignal("");
  return (
    <PlaceSearch
      label={words.value.searchPlace}
      hint={words.value.searchPlace}
      text={text.value}
      type={(typed) => {
        text.value = typed;
      }}
      find={(typed, signal) => readPlaces(typed, lapor.city, signal)}
      choose={(found) => {
        text.value = found.name;
        lapor.map?.fit(found.bounds);
      }}
    />
  );
}
