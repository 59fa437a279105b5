import { signal } from "@preact/signals";
import { EMPTY_PLACE, type MapPlace, type PetaPlace, readPlace, writePlace } from "./url";

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

/** A change that is no step of its own: a letter was typed. */
export function adjust(patch: Partial<PetaPlace>): void {
  write(patch, "replaceState");
}

/**
 * The map moved: the address follows, and nothing on the page is told.
 *
 * A reader pans all the time, and no list, number or button depends on where the window is.
 */
export function keepView(view: MapPlace): void {
  const here = place.peek();
  here.map = view;
  history.replaceState(null, "", writePlace(here) || location.pathname);
}
