import { batch, computed, signal } from "@preact/signals";
import type { SavedFilter } from "../../api/contract";
import { Problem } from "../../api/problem";
import { dropFilter, readSaved, saveFilter } from "../../api/staff";
import { Resource } from "../../state/resource";
import { EMPTY_PLACE, go, type KerjaPlace, place, readKerjaPlace, writeKerjaPlace } from "./address";

/** What of an address is a list of work: neither the city nor what is open in it. */
export function queryOf(here: KerjaPlace): string {
  return writeKerjaPlace({ ...here, city: null, usulan: null, map: null }).replace(/^\?/, "");
}

/** The lists of work that the officer gave names to. */
export class SavedViews {
  readonly list = new Resource<SavedFilter[]>();
  /** True while a name is asked for. */
  readonly naming = signal(false);
  readonly busy = signal(false);
  /** Why the last change was not taken; empty where no answer came. */
  readonly fault = signal<string | null>(null);
  /** The name of the list that is open. */
  readonly current = computed(() => {
    const query = queryOf(place.value);
    return (this.list.value.value ?? []).find((each) => each.query === query)?.name ?? null;
  });

  load(): void {
    void this.list.load(readSaved);
  }

  open(name: string): void {
    const saved = (this.list.value.peek() ?? []).find((each) => each.name === name);
    const { city } = place.peek();
    if (saved) go({ ...EMPTY_PLACE, ...readKerjaPlace(saved.query), city });
  }

  ask(isNaming: boolean): void {
    batch(() => {
      this.naming.value = isNaming;
      this.fault.value = null;
    });
  }

  async save(name: string): Promise<void> {
    const saved = await this.change(() => saveFilter({ name, query: queryOf(place.peek()) }));
    if (!saved) return;
    await this.list.load(() => Promise.resolve(saved));
    this.naming.value = false;
  }

  async drop(name: string): Promise<void> {
    if ((await this.change(() => dropFilter(name).then(() => true))) !== null) this.load();
  }

  private async change<Answer>(request: () => Promise<Answer>): Promise<Answer | null> {
    if (this.busy.peek()) return null;
    this.busy.value = true;
    this.fault.value = null;
    try {
      return await request();
    } catch (error) {
      const known = error instanceof Problem && !error.unanswered;
      this.fault.value = known ? (error.errors[0]?.detail ?? error.detail) : "";
      return null;
    } finally {
      this.busy.value = false;
    }
  }
}
