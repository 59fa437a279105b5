import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { RefusedWords } from "../../api/contract";
import { Resource } from "../../state/resource";

/** As many as the report itself brings. */
export const PAGE = 50;

type Read = (asked: { after: number; limit: number }, signal: AbortSignal) => Promise<RefusedWords[]>;

/** One page of the refused rows at a time: the first came with the report, the others are asked for. */
export class RefusedPages {
  readonly page = signal(0);
  private readonly further = new Resource<RefusedWords[]>();
  private readonly shown = signal<RefusedWords[]>([]);
  private readonly came = computed(() => (this.page.value === 0 ? this.first : this.further.value.value));
  /** The page; before it has come, the rows that stood when it was asked for. */
  readonly rows = computed(() => this.came.value ?? this.shown.value);
  /** Whether the rows are not those of the page. */
  readonly outdated = computed(() => this.came.value === null);
  readonly error: ReadonlySignal<unknown> = this.further.error;

  constructor(
    private readonly first: RefusedWords[],
    private readonly read: Read,
  ) {}

  /** Goes to a page; one that was asked for and has not come is not waited for. */
  turn(page: number): void {
    this.shown.value = this.rows.peek();
    this.further.clear();
    this.page.value = page;
    if (page === 0) return;
    void this.further.load((signal) => this.read({ after: page * PAGE, limit: PAGE }, signal));
  }

  retry(): void {
    this.further.retry();
  }
}
