import { effect } from "@preact/signals";
import type { History, UsulanFeature } from "../../api/contract";
import { readHistory, readUsulan } from "../../api/endpoints";
import { place } from "../../state/place";
import { Resource } from "../../state/resource";

/** The usulan whose panel is open, and what happened to it. */
export class UsulanChoice {
  readonly feature = new Resource<UsulanFeature>();
  readonly history = new Resource<History>();
  private shown: string | null = null;

  start(): () => void {
    return effect(() => this.follow(place.value.usulan));
  }

  private follow(number: string | null): void {
    if (number === this.shown) return;
    this.shown = number;
    this.feature.clear();
    this.history.clear();
    if (number === null) return;
    void this.feature.load((signal) => readUsulan(number, signal));
    void this.history.load((signal) => readHistory(number, signal));
  }
}
