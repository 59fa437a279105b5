import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { DeskItem } from "../../api/contract";

const NONE: ReadonlySet<string> = new Set();

/** The usulan of the list that are ticked, to be acted on together. */
export class Ticks {
  private readonly known = signal(NONE);
  /** Those that the list still has; what left it cannot be acted on unseen. */
  readonly items = computed(() => this.listed.value.filter(({ number }) => this.known.value.has(number)));
  readonly numbers = computed<ReadonlySet<string>>(
    () => new Set(this.items.value.map(({ number }) => number)),
  );
  readonly all = computed(() => {
    const count = this.listed.value.length;
    return count > 0 && this.items.value.length === count;
  });

  constructor(private readonly listed: ReadonlySignal<DeskItem[]>) {}

  toggle(number: string): void {
    const next = new Set(this.known.peek());
    if (!next.delete(number)) next.add(number);
    this.known.value = next;
  }

  toggleAll(): void {
    this.known.value = this.all.peek() ? NONE : new Set(this.listed.peek().map(({ number }) => number));
  }

  /** Ticks these and no other. */
  only(items: readonly DeskItem[]): void {
    this.known.value = new Set(items.map(({ number }) => number));
  }

  clear(): void {
    this.known.value = NONE;
  }
}

export interface Sums {
  cost: number;
  /** Of how many the cost is known. */
  costed: number;
  supporters: number;
}

export function sumsOf(items: readonly DeskItem[]): Sums {
  const costs = items.flatMap(({ estimated_cost: cost }) => (cost === null ? [] : [cost]));
  return {
    cost: costs.reduce((sum, cost) => sum + cost, 0),
    costed: costs.length,
    supporters: items.reduce((sum, { supporters }) => sum + supporters, 0),
  };
}
