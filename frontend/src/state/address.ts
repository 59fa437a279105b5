import { type Signal, signal } from "@preact/signals";
import type { MapPlace } from "./url";

/** How a page's place is read from an address and written into one. */
interface AddressForm<Place> {
  empty: Place;
  read: (search: string) => Place;
  write: (place: Place) => string;
}

/** How long the map lies still until the address bar tells of it, in milliseconds. */
const STILL_MS = 200;

/** Where the reader of a page is; it follows the address bar and the address bar follows it. */
export class Address<Place extends { map: MapPlace | null }> {
  readonly place: Signal<Place>;
  /** Set while the map has moved and the address bar does not say so yet. */
  private telling: ReturnType<typeof setTimeout> | null = null;

  constructor(private readonly form: AddressForm<Place>) {
    this.place = signal(form.empty);
  }

  start(): void {
    const read = () => {
      this.forget();
      this.place.value = this.form.read(location.search);
    };
    addEventListener("popstate", read);
    addEventListener("pagehide", this.tell);
    read();
  }

  private write(patch: Partial<Place>, how: "pushState" | "replaceState"): void {
    const next = { ...this.place.value, ...patch };
    const address = this.form.write(next);
    if (address === this.form.write(this.place.value)) return;
    this.tell();
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
   * Browsers take several milliseconds to change an address, so it waits until the map lies still.
   */
  readonly keepView = (view: MapPlace): void => {
    this.place.peek().map = view;
    this.forget();
    this.telling = setTimeout(this.tell, STILL_MS);
  };

  /** Let the address bar say where the map is, if it does not yet. */
  private readonly tell = (): void => {
    if (this.telling === null) return;
    this.forget();
    history.replaceState(null, "", this.form.write(this.place.peek()) || location.pathname);
  };

  private forget(): void {
    if (this.telling !== null) clearTimeout(this.telling);
    this.telling = null;
  }
}
