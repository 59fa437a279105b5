import { type Signal, signal } from "@preact/signals";
import type { MapPlace } from "./url";

/** How a page's place is read from an address and written into one. */
interface AddressForm<Place> {
  empty: Place;
  read: (search: string) => Place;
  write: (place: Place) => string;
}

/** Where the reader of a page is; it follows the address bar and the address bar follows it. */
export class Address<Place extends { map: MapPlace | null }> {
  readonly place: Signal<Place>;

  constructor(private readonly form: AddressForm<Place>) {
    this.place = signal(form.empty);
  }

  start(): void {
    const read = () => {
      this.place.value = this.form.read(location.search);
    };
    addEventListener("popstate", read);
    read();
  }

  private write(patch: Partial<Place>, how: "pushState" | "replaceState"): void {
    const next = { ...this.place.value, ...patch };
    const address = this.form.write(next);
    if (address === this.form.write(this.place.value)) return;
    this.place.value = next;
    history[how](null, "", address || location.pathname);
  }

  /** A step that the back button undoes: a filter, a selection, another city. */
  readonly go = (patch: Partial<Place>): void => this.write(patch, "pushState");

  /** A change that is no step of its own: a letter was typed. */
  readonly adjust = (patch: Partial<Place>): void => this.write(patch, "replaceState");

  /**
   * The map moved: the address follows, and nothing on the page is told.
   *
   * A reader pans all the time, and no list, number or button depends on where the window is.
   */
  readonly keepView = (view: MapPlace): void => {
    const here = this.place.peek();
    here.map = view;
    history.replaceState(null, "", this.form.write(here) || location.pathname);
  };
}
