import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { City, Stats } from "../../api/contract";
import { cellUnit, type Located } from "../../geo/cells";
import { place } from "../../state/place";
import type { Resource } from "../../state/resource";
import type { UsulanList } from "./list";

interface Sources {
  /** Numbers of the whole city under the filter. */
  stats: Resource<Stats>;
  list: UsulanList;
  city: ReadonlySignal<City | null>;
  /** What the circles on the map answer. */
  query: ReadonlySignal<string | null>;
}

interface Seen extends Located {
  query: string | null;
}

/** How large the circles of the map are drawn, which follows how many usulan the whole city has. */
export class CircleSizes {
  private readonly seen = signal<Seen | null>(null);

  constructor(private readonly sources: Sources) {}

  /** Takes what the map shows; of one filter the widest view stays, so that panning resizes no circle. */
  take(located: Located): void {
    const query = this.sources.query.peek();
    const known = this.seen.peek();
    if (known?.query === query && known.share >= located.share) return;
    this.seen.value = { ...located, query };
  }

  /** Located usulan by the totals or the list; the last known while the next are counted, null before. */
  private readonly told = computed(() => {
    const { stats, list } = this.sources;
    const { value } = stats;
    if (value.value) return value.value.numberMatched - value.value.unlocated;
    // The list counts the same set, unless an area narrows it.
    if (list.matched.value === null || place.value.area) return null;
    return list.matched.value - list.unlocated.value;
  });

  /** True where nobody has told how many there are, so that the circles are sized by what the map shows. */
  readonly bySight = computed(() => this.told.value === null && this.sources.stats.error.value !== null);

  /** How many usulan a unit of the circles stands for at a zoom; null while nobody knows how many there are. */
  readonly unitAt = computed(() => {
    const located = this.bySight.value ? (this.seen.value?.located ?? null) : this.told.value;
    const bounds = this.sources.city.value?.bounds;
    return (zoom: number) => (located === null || !bounds ? null : cellUnit(located, bounds, zoom));
  });
}
