import { signal } from "@preact/signals";
import { EMPTY_PLACE, type PetaPlace, readPlace, writePlace } from "./url";

/** Where the reader is; it follows the address bar and the address bar follows it. */
export const place = signal<PetaPlace>(EMPTY_PLACE);

export function startPlace(): void {
  const read = () => {
    place.value = readPlace(location.search);
  };
  addEventListener("popstate", read);
  read();
}

function write(patch: Partial<PetaPlace>, how: "pushState" | "replaceState"): void {
  const next = { ...place.value, ...patch };
  const address = writePlace(next);
  if (address === writePlace(place.value)) return;
  place.value = next;
  history[how](null, "", address || location.pathname);
}

/** A step that the back button undoes: a filter, a selection, another city. */
export function go(patch: Partial<PetaPlace>): void {
  write(patch, "pushState");
}

/** A change that is no step of its own: the map moved, a letter was typed. */
export function adjust(patch: Partial<PetaPlace>): void {
  write(patch, "replaceState");
}
