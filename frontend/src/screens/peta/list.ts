import { batch, effect, type ReadonlySignal, signal } from "@preact/signals";
import { isAbort } from "../../api/client";
import type { UsulanFeature, UsulanPage } from "../../api/contract";
import { cursorOf, type PageRequest, readUsulanPage } from "../../api/endpoints";
import { Again } from "../../state/again";
import { place } from "../../state/place";

const PAGE = 50;
/** Looking for the few items without a place reads in large steps. */
const SEARCH_PAGE = 1000;

/** The list twin of the map: the same set, page by page, down to its last item. */
export class UsulanList {
  readonly items = signal<UsulanFeature[]>([]);
  readonly matched = signal<number | null>(null);
  readonly unlocated = signal(0);
  readonly loading = signal(false);
  readonly error = signal<unknown>(null);
  /** True while the items are those of an earlier filter; when its answer fails they must not pass for its own. */
  readonly outdated = signal(true);
  /** Cursor of the next page; null at the end. */
  readonly next = signal<string | null>(null);
  private readonly again = new Again(() => this.retry());
  private abort: AbortController | null = null;

  constructor(private readonly filter: ReadonlySignal<string | null>) {}

  start(): () => void {
    return effect(() => {
      const { area, sort, unlocated } = place.value;
      if (this.filter.value === null) return;
      this.restart(this.filter.value, area, sort, unlocated);
    });
  }

  private asked = "";

  private restart(filter: string, area: string | null, sort: string, unlocated: boolean): void {
    const asked = [filter, area, sort, unlocated].join(" ");
    if (asked === this.asked) return;
    this.asked = asked;
    this.next.value = null;
    this.outdated.value = true;
    this.again.reset();
    void this.load(true);
  }

  retry(): void {
    void this.load(this.outdated.peek());
  }

  /** Appends the next page, or begins again with the first. */
  async load(first: boolean): Promise<void> {
    const filter = this.filter.peek();
    if (filter === null) return;
    this.abort?.abort();
    const abort = new AbortController();
    this.abort = abort;
    this.loading.value = true;
    const { area, sort, unlocated } = place.peek();
    const limit = unlocated ? SEARCH_PAGE : PAGE;
    const cursor = first ? null : this.next.peek();
    const request: PageRequest = { filter: new URLSearchParams(filter), area, sort, limit, cursor };
    try {
      const page = await readUsulanPage(request, abort.signal);
      if (!abort.signal.aborted) this.take(page, first, unlocated);
    } catch (error) {
      if (!isAbort(error) && !abort.signal.aborted) this.fail(error);
    }
  }

  private take(page: UsulanPage, first: boolean, unlocated: boolean): void {
    this.again.reset();
    const fresh = unlocated ? page.features.filter(({ geometry }) => geometry === null) : page.features;
    const items = first ? fresh : [...this.items.peek(), ...fresh];
    batch(() => {
      this.items.value = items;
      this.matched.value = page.numberMatched;
      this.unlocated.value = page.unlocated;
      this.next.value = unlocated && items.length >= page.unlocated ? null : cursorOf(page.next);
      this.outdated.value = false;
      this.loading.value = false;
      this.error.value = null;
    });
    // A large page may hold no item without a place; the reader asked for those, not for a page.
    if (unlocated && fresh.length === 0 && page.next) void this.load(false);
  }

  private fail(error: unknown): void {
    batch(() => {
      this.error.value = error;
      this.loading.value = false;
    });
    this.again.later(error);
  }
}
