import { batch, computed, signal } from "@preact/signals";
import { isAbort } from "../api/client";
import { Again } from "./again";

/** An answer of the server that is being waited for, is there, or failed; the last answer stays while the next comes. */
export class Resource<Answer> {
  readonly value = signal<Answer | null>(null);
  readonly error = signal<unknown>(null);
  readonly loading = signal(false);
  /** What the value answers; null before the first answer. */
  readonly answers = signal<string | null>(null);
  /** True while the value answers an earlier question: it must not pass for the present one's. */
  readonly stale = computed(() => this.value.value !== null && this.answers.value !== this.question.value);
  /** The answer, where it is one to the present question. */
  readonly fresh = computed(() => (this.stale.value ? null : this.value.value));
  private readonly question = signal("");
  private readonly again = new Again(() => this.retry());
  private abort: AbortController | null = null;
  private request: ((signal: AbortSignal) => Promise<Answer>) | null = null;

  /** Starts a request and drops the one before it. */
  load(request: (signal: AbortSignal) => Promise<Answer>, question = ""): Promise<void> {
    this.again.reset();
    this.request = request;
    this.question.value = question;
    return this.ask(request);
  }

  private async ask(request: (signal: AbortSignal) => Promise<Answer>): Promise<void> {
    this.abort?.abort();
    const abort = new AbortController();
    this.abort = abort;
    this.loading.value = true;
    try {
      const answer = await request(abort.signal);
      if (abort.signal.aborted) return;
      this.again.reset();
      this.answers.value = this.question.peek();
      this.settle(answer, null);
    } catch (error) {
      if (isAbort(error) || abort.signal.aborted) return;
      this.settle(this.value.peek(), error);
      this.again.later(error);
    }
  }

  retry(): void {
    if (this.request) void this.ask(this.request);
  }

  /** Forgets the answer and drops a running request. */
  clear(): void {
    this.abort?.abort();
    this.again.reset();
    this.settle(null, null);
  }

  private settle(value: Answer | null, error: unknown): void {
    batch(() => {
      this.value.value = value;
      this.error.value = error;
      this.loading.value = false;
    });
  }
}
