import { batch, computed, effect, signal, untracked } from "@preact/signals";
import type { Category, City, Configuration, FullLoad, LoadItem } from "../../api/contract";
import { readArea, readCategories, readCities, readConfiguration } from "../../api/endpoints";
import { actOnLoad, type LoadAct, putMapping, readLoad, readLoads, sendList } from "../../api/loads";
import { Problem } from "../../api/problem";
import { fullName } from "../../panels/names";
import { chosenCity } from "../../state/chosenCity";
import { language } from "../../state/language";
import { areasToLoad } from "../../state/loaders";
import { Resource } from "../../state/resource";
import { askWho, isSignedOut, me } from "../../state/session";
import { timeZone } from "../../state/timeZone";
import { go, place } from "./address";
import { Draft } from "./draft";
import { isSameMapping } from "./mapping";
import { isWorking } from "./states";

/** So often a page asks how far a work is; a little more rarely where no answer comes. */
const POLL_MS = 1_000;
const POLL_AGAIN_MS = 4_000;
/** Everything that the page of loads knows beyond its address; one per page. */
export class MuatStore {
  readonly configuration = new Resource<Configuration>();
  readonly cities = new Resource<City[]>();
  readonly categories = new Resource<Category[]>();
  readonly loads = new Resource<LoadItem[]>();
  /** The load that is open. */
  readonly load = new Resource<FullLoad>();
  readonly who = signal<unknown>(null);
  /** The server knows its reader no longer. */
  readonly signedOut = signal(false);
  /** The share of a file that has left; null while none is sent. */
  readonly sent = signal<number | null>(null);
  /** What was asked of the server and is not answered yet. */
  readonly acting = signal<LoadAct | "mapping" | null>(null);
  /** Why the last thing that was asked for was not done. */
  readonly trouble = signal<unknown>(null);
  /** Names of the areas for which lists were loaded, by code. */
  readonly areaNames = signal<Record<string, string>>({});
  readonly draft = new Draft();
  private sending: AbortController | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** The cities in which the officer has a role. */
  readonly ownCities = computed(() => {
    const own = new Set((me.value?.roles ?? []).map(({ city }) => city));
    return (this.cities.value.value ?? []).filter(({ code }) => own.has(code));
  });
  readonly city = computed(() =>
    this.configuration.loading.value
      ? null
      : chosenCity(
          this.ownCities.value,
          { city: place.value.city, area: null },
          this.configuration.value.value?.default_city,
        ),
  );

  start(): void {
    this.identify();
    void this.configuration.load(readConfiguration);
    void this.cities.load(readCities);
    effect(() => {
      if (language.value && me.value) untracked(() => void this.categories.load(readCategories));
    });
    effect(() => {
      if (this.city.value) timeZone.value = this.city.value.time_zone;
    });
    effect(() => {
      const [city, id] = [this.city.value?.code, place.value.load];
      if (city) untracked(() => this.open(city, id));
    });
    effect(() => {
      const load = this.load.value.value;
      const error = this.load.error.value;
      clearTimeout(this.timer);
      if (load && isWorking(load.state))
        this.timer = setTimeout(() => this.renew(), error ? POLL_AGAIN_MS : POLL_MS);
    });
    effect(() => {
      const load = this.load.value.value;
      if (load) untracked(() => this.draft.follow(load));
    });
    effect(() => {
      const held = areasToLoad(this.city.value?.code).flatMap((code) => code ?? []);
      const seen = [
        ...(this.loads.value.value ?? []),
        ...(this.load.value.value ? [this.load.value.value] : []),
      ];
      const codes = new Set([...held, ...seen.map(({ area }) => area)]);
      untracked(() => this.nameAreas(codes));
    });
    effect(() => {
      const errors = [this.loads.error.value, this.load.error.value, this.trouble.value];
      if (errors.some(isSignedOut)) this.signedOut.value = true;
    });
  }

  /** Who is here; nobody is sent away before the server has said so. */
  identify(): void {
    this.who.value = null;
    askWho().catch((error) => {
      this.who.value = error;
    });
  }

  private nameAreas(codes: ReadonlySet<string>): void {
    const city = this.city.peek()?.code;
    if (!city) return;
    for (const code of codes) {
      if (code in this.areaNames.peek()) continue;
      // Until the answer is there, and where none comes, its code is told.
      this.areaNames.value = { ...this.areaNames.peek(), [code]: code };
      readArea(code, new URLSearchParams({ city }), AbortSignal.timeout(10_000)).then(
        (found) => {
          this.areaNames.value = { ...this.areaNames.peek(), [code]: fullName(found) };
        },
        () => undefined,
      );
    }
  }

  private open(city: string, id: string | null): void {
    batch(() => {
      this.trouble.value = null;
      if (this.load.value.peek()?.id !== id) this.load.clear();
    });
    if (id === null) void this.loads.load((signal) => readLoads(city, signal), city);
    else void this.load.load((signal) => readLoad(city, id, signal), id);
  }

  /** Reads the open load anew; the old one stays until then. */
  renew(): void {
    const [city, id] = [this.city.peek()?.code, place.peek().load];
    if (city && id) void this.load.load((signal) => readLoad(city, id, signal), id);
  }

  /** Shows what an act made of a load, unless the page shows another one by now. */
  private settle(load: FullLoad): void {
    if (place.peek().load === load.id) void this.load.load(() => Promise.resolve(load), load.id);
  }

  async send(file: File, year: string, area: string): Promise<void> {
    const city = this.city.peek()?.code;
    if (!city || this.sent.peek() !== null) return;
    this.sending = new AbortController();
    batch(() => {
      this.sent.value = 0;
      this.trouble.value = null;
    });
    const sent = (share: number) => {
      this.sent.value = share;
    };
    try {
      const load = await sendList({ city, file, year, area, signal: this.sending.signal, sent });
      go({ load: load.id });
      this.settle(load);
    } catch (error) {
      if (!this.sending.signal.aborted) this.trouble.value = error;
    } finally {
      this.sent.value = null;
    }
  }

  stopSending(): void {
    this.sending?.abort();
  }

  /** Has the whole list tried, with the mapping as it is shown. */
  async check(): Promise<void> {
    const load = this.load.value.peek();
    const mapping = this.draft.mapping.peek();
    if (!load) return;
    if (mapping && !isSameMapping(mapping, load.mapping)) {
      const put = await this.ask("mapping", (city) => putMapping(city, load.id, mapping));
      if (!put) return;
    }
    await this.ask("check", (city) => actOnLoad(city, load.id, "check"));
  }

  async act(name: LoadAct): Promise<void> {
    const id = place.peek().load;
    if (id !== null) await this.ask(name, (city) => actOnLoad(city, id, name));
  }

  /** Asks one thing at a time; a refusal is told, and what was chosen stays. Whether it was done. */
  private async ask(name: LoadAct | "mapping", work: (city: string) => Promise<FullLoad>): Promise<boolean> {
    const city = this.city.peek()?.code;
    if (!city || this.acting.peek() !== null) return false;
    batch(() => {
      this.acting.value = name;
      this.trouble.value = null;
    });
    try {
      this.settle(await work(city));
      return true;
    } catch (error) {
      this.trouble.value = error;
      // Somebody else was at it: what is shown is old.
      if (error instanceof Problem && error.code === "KONFLIK") this.renew();
      return false;
    } finally {
      this.acting.value = null;
    }
  }
}
