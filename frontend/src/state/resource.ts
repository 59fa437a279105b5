import { batch, signal } from "@preact/signals";
import { isAbort } from "../api/client";

/** An answer of the server that is being waited for, is there, or failed; the last answer stays while the next comes. */
export class Resource<Answer> {
  readonly value = signal<Answer | null>(null);
  readonly error = signal<unknown>(null);
  readonly loading = signal(false);
  /** What the value answers; null before the first answer. */
  readonly answers = signal<string | null>(null);
  private abort: AbortController | null = null;
  private question = "";
  private request: ((signal: AbortSignal) => Promise<Answer>) | null = null;

  /** Starts a request and drops the one before it. */
  async load(request: (signal: AbortSignal) => Promise<Answer>, question = ""): Promise<void> {
    this.abort?.abort();
    const abort = new AbortController();
    this.abort = abort;
    this.request = request;
    this.question = question;
    this.loading.value = true;
    try {
      const answer = await request(abort.signal);
      if (abort.signal.aborted) return;
      this.answers.value = question;
      this.settle(answer, null);
    } catch (error) {
      if (!isAbort(error) && !abort.signal.aborted) this.settle(this.value.peek(), error);
    }
  }

  retry(): void {
    if (this.request) void this.load(this.request, this.question);
  }

  /** Forgets the answer and drops a running request. */
  clear(): void {
    this.abort?.abort();
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
