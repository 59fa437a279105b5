import { batch, computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import { isAbort } from "../../api/client";
import type { DeskItem, DeskPage } from "../../api/contract";
import { cursorOf } from "../../api/endpoints";
import { readWork } from "../../api/staff";
import { Again } from "../../state/again";

const PAGE = 100;
/** As many as one request may bring: what was loaded is read anew at once, up to this. */
const MOST = 500;

/** The work of the present queue, as far as it has been loaded. */
export class WorkList {
  readonly items = signal<DeskItem[]>([]);
  readonly matched = signal<number | null>(null);
  readonly queues = signal<Record<string, number>>({});
  readonly next = signal<string | null>(null);
  readonly loading = signal(false);
  readonly error = signal<unknown>(null);
  /** The question that the items answer. */
  private readonly answered = signal<string | null>(null);
  /** True while the items are those of an earlier question. */
  readonly outdated = computed(() => this.answered.value !== this.query.value);
  /** Known to be without any; not while it is read or could not be. */
  readonly empty = computed(
    () =>
      this.matched.value !== null &&
      !this.outdated.value &&
      !this.error.value &&
      this.items.value.length === 0,
  );
  private readonly again = new Again(() => void this.load());
  private abort: AbortController | null = null;

  constructor(private readonly query: ReadonlySignal<string | null>) {
    effect(() => {
      if (query.value !== null) void this.load();
    });
  }

  /** Reads the present question anew, as far as it was loaded. */
  load(): Promise<void> {
    const known = this.outdated.peek() ? 0 : this.items.peek().length;
    return this.ask(Math.min(MOST, Math.max(PAGE, known)), null);
  }

  more(): Promise<void> {
    const next = this.next.peek();
    return next === null || this.loading.peek() ? Promise.resolve() : this.ask(PAGE, next);
  }

  private async ask(limit: number, next: string | null): Promise<void> {
    const question = this.query.peek();
    if (question === null) return;
    this.abort?.abort();
    const abort = new AbortController();
    this.abort = abort;
    this.loading.value = true;
    const query = new URLSearchParams(question);
    query.set("limit", String(limit));
    const cursor = cursorOf(next);
    if (cursor) query.set("cursor", cursor);
    try {
      const page = await readWork(query, abort.signal);
      if (!abort.signal.aborted) this.settle(page, question, cursor !== null);
    } catch (error) {
      if (isAbort(error) || abort.signal.aborted) return;
      batch(() => {
        this.error.value = error;
        this.loading.value = false;
      });
      this.again.later(error);
    }
  }

  private settle(page: DeskPage, question: string, isMore: boolean): void {
    this.again.reset();
    batch(() => {
      this.items.value = isMore ? [...this.items.peek(), ...page.items] : page.items;
      this.matched.value = page.numberMatched;
      this.queues.value = page.queues;
      this.next.value = page.next;
      this.answered.value = question;
      this.error.value = null;
      this.loading.value = false;
    });
  }
}
