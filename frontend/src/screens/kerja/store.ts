import { batch, computed, effect, signal, untracked } from "@preact/signals";
import type {
  AreaFeature,
  Category,
  City,
  Configuration,
  DeskItem,
  FullItem,
  Reason,
} from "../../api/contract";
import { readCategories, readCities, readConfiguration, readShapes } from "../../api/endpoints";
import { readFullItem, readReasons } from "../../api/staff";
import { levelOfCode } from "../../geo/codes";
import type { DeskMap } from "../../map/desk";
import { chosenCity } from "../../state/chosenCity";
import { language } from "../../state/language";
import { Resource } from "../../state/resource";
import { askWho, isSignedOut, me } from "../../state/session";
import { timeZone } from "../../state/timeZone";
import { Acting } from "./acting";
import { go, place, workQuery } from "./address";
import { Drafts } from "./drafts";
import { WorkList } from "./list";
import { Many } from "./many";
import { SavedViews } from "./saved";
import { Ticks } from "./ticks";

/** Everything that the page of work knows beyond its address; one per page. */
export class KerjaStore {
  readonly configuration = new Resource<Configuration>();
  readonly cities = new Resource<City[]>();
  readonly categories = new Resource<Category[]>();
  readonly reasons = new Resource<Reason[]>();
  /** The usulan that is open, whole. */
  readonly choice = new Resource<FullItem>();
  /** Where the officer's roles hold, to be outlined. */
  readonly ownAreas = signal<AreaFeature[]>([]);
  readonly who = signal<unknown>(null);
  /** The server knows its reader no longer. */
  readonly signedOut = signal(false);
  readonly map = signal<DeskMap | null>(null);
  readonly mapFailed = signal(false);
  /** On a phone: the map stands in place of the usulan, to be tapped for its new place. */
  readonly pointing = signal(false);
  readonly pointed = signal<string | null>(null);
  /** What the live region says. */
  readonly said = signal("");
  /** Counts how often the open usulan was asked to take the focus. */
  readonly arrivals = signal(0);
  readonly drafts: Drafts;
  readonly acting: Acting;

  /** The cities in which the officer has a role. */
  readonly ownCities = computed(() => {
    const own = new Set((me.value?.roles ?? []).map(({ city }) => city));
    return (this.cities.value.value ?? []).filter(({ code }) => own.has(code));
  });
  readonly city = computed(() =>
    this.configuration.loading.value
      ? null
      : chosenCity(this.ownCities.value, place.value, this.configuration.value.value?.default_city),
  );
  readonly query = computed(() =>
    this.city.value ? workQuery(place.value, this.city.value.code).toString() : null,
  );
  readonly list = new WorkList(this.query);
  readonly ticks = new Ticks(this.list.items);
  readonly many = new Many({
    done: (left) => {
      this.ticks.only(left);
      this.renew(place.peek().usulan);
    },
    signedOut: () => {
      this.signedOut.value = true;
    },
  });
  readonly saved = new SavedViews();
  readonly categoryOf = computed(
    () => new Map((this.categories.value.value ?? []).map((item) => [item.code, item])),
  );

  constructor(shelf: Storage) {
    this.drafts = new Drafts(shelf);
    this.acting = new Acting(this.drafts, {
      done: (item) => this.renew(item.number),
      overtaken: () => this.renew(place.peek().usulan),
      signedOut: () => {
        this.signedOut.value = true;
      },
    });
  }

  start(): void {
    this.identify();
    void this.configuration.load(readConfiguration);
    void this.cities.load(readCities);
    effect(() => {
      if (!language.value || !me.value) return;
      untracked(() => {
        void this.categories.load(readCategories);
        void this.reasons.load(readReasons);
      });
    });
    effect(() => {
      if (this.city.value) timeZone.value = this.city.value.time_zone;
    });
    effect(() => {
      if (me.value) untracked(() => this.saved.load());
    });
    effect(() => {
      // Another list: what was ticked in the last one is out of sight.
      if (this.query.value) untracked(() => this.ticks.clear());
    });
    const chosen = computed(() => (me.value ? place.value.usulan : null));
    effect(() => {
      const number = chosen.value;
      untracked(() => this.open(number));
    });
    effect(() => {
      const failed = isSignedOut(this.list.error.value) || isSignedOut(this.choice.error.value);
      if (failed) this.signedOut.value = true;
    });
    effect(() => {
      const city = this.city.value;
      if (city?.edition) untracked(() => void this.outline(city));
    });
  }

  /** Who is here; nobody is sent away before the server has said so. */
  identify(): void {
    this.who.value = null;
    askWho().catch((error) => {
      this.who.value = error;
    });
  }

  private open(number: string | null): void {
    batch(() => {
      this.acting.turn();
      this.pointing.value = false;
      if (number === null) this.choice.clear();
      else if (this.choice.value.peek()?.number !== number) this.choice.clear();
    });
    if (number !== null) void this.choice.load((signal) => readFullItem(number, signal), number);
  }

  /** Reads list and open usulan anew after a step; the old ones stay until then. */
  renew(number: string | null): void {
    void this.list.load();
    if (number !== null && place.peek().usulan === number)
      void this.choice.load((signal) => readFullItem(number, signal), number);
  }

  /** Opens an usulan and brings the focus to it. */
  choose(item: Pick<DeskItem, "number">): void {
    go({ usulan: item.number });
    this.arrivals.value += 1;
  }

  private async outline(city: City): Promise<void> {
    const codes = (me.peek()?.roles ?? []).flatMap(({ area, city: own }) =>
      area !== null && own === city.code && area !== city.code ? [area] : [],
    );
    const found: AreaFeature[] = [];
    for (const code of new Set(codes)) {
      const level = levelOfCode(code);
      const parent = code.includes("-")
        ? code.slice(0, code.lastIndexOf("-"))
        : code.slice(0, code.lastIndexOf("."));
      try {
        const shapes = await readShapes({ city: city.code, level, parent }, AbortSignal.timeout(20_000));
        found.push(...shapes.features.filter(({ properties }) => properties.code === code));
      } catch {
        // The map is then without this outline; the list and its words say the same.
      }
    }
    this.ownAreas.value = found;
  }
}
