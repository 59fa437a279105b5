import { effect, type ReadonlySignal } from "@preact/signals";
import { readUsulanPage } from "../../api/endpoints";
import { place } from "../../state/place";
import { Resource } from "../../state/resource";
import { EMPTY_PLACE, isFiltered, type PetaPlace } from "../../state/url";

const { year, group, category, status, q, unlocated } = EMPTY_PLACE;

/** The change of the address that takes every filter away and keeps city, area and view. */
export const WITHOUT_FILTERS: Partial<PetaPlace> = { year, group, category, status, q, unlocated };

export const isNarrowed = (now: PetaPlace): boolean => isFiltered(now) || now.unlocated;

/** How many usulan there would be without the filters; asked only when the filtered set turned out empty. */
export class Otherwise {
  readonly count = new Resource<number>();
  private asked = "";

  constructor(
    private readonly found: ReadonlySignal<number | null>,
    private readonly filterOf: (place: PetaPlace) => URLSearchParams | null,
  ) {}

  start(): () => void {
    return effect(() => {
      if (this.found.value === 0 && isNarrowed(place.value)) this.ask(place.value);
    });
  }

  private ask(now: PetaPlace): void {
    const { area, sort } = now;
    const filter = this.filterOf({ ...now, ...WITHOUT_FILTERS });
    const question = `${filter} ${area}`;
    if (filter === null || question === this.asked) return;
    this.asked = question;
    this.count.clear();
    const page = { filter, area, sort, limit: 1, cursor: null };
    void this.count.load(async (signal) => (await readUsulanPage(page, signal)).numberMatched);
  }
}
