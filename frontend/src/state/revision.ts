import { effect, type ReadonlySignal, signal } from "@preact/signals";
import { isAbort, readTag } from "../api/client";
import { pauseMs } from "./again";

const EVERY_MS = 1_000;
const LONGEST_MS = 60_000;
const PATIENCE_MS = 10_000;

/**
 * Follows the tag of an address: `count` rises when what it stands for has changed.
 *
 * Asks once a second while the page is seen, less and less often while the answer fails; a conditional request costs
 * the server no work. While the page still waits for what it asked last it does not ask: where changes are quicker than
 * answers, each would else be dropped for the next, and none would come.
 */
export class Revision {
  readonly count = signal(0);
  private tag: string | null = null;
  private address: string | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;

  constructor(
    private readonly source: ReadonlySignal<string | null>,
    private readonly waiting: ReadonlySignal<boolean>,
  ) {}

  start(): () => void {
    const seen = () => this.begin(this.address);
    document.addEventListener("visibilitychange", seen);
    addEventListener("online", seen);
    const stop = effect(() => this.begin(this.source.value));
    return () => {
      stop();
      clearTimeout(this.timer);
      document.removeEventListener("visibilitychange", seen);
      removeEventListener("online", seen);
    };
  }

  private begin(address: string | null): void {
    clearTimeout(this.timer);
    // The tag of another question says nothing about this one.
    if (address !== this.address) this.tag = null;
    this.address = address;
    this.failures = 0;
    if (address !== null && !document.hidden) void this.ask(address);
  }

  private async ask(address: string): Promise<void> {
    try {
      const tag = await readTag(address, this.tag, AbortSignal.timeout(PATIENCE_MS));
      if (address !== this.address) return;
      this.failures = 0;
      if (this.tag !== null && tag !== this.tag) this.count.value += 1;
      this.tag = tag;
    } catch (error) {
      if (address !== this.address) return;
      if (!isAbort(error) && pauseMs(error, 0, 0) === null) return;
      this.failures += 1;
    }
    this.wait(address);
  }

  private wait(address: string): void {
    clearTimeout(this.timer);
    if (document.hidden) return;
    const pause = Math.min(LONGEST_MS, EVERY_MS * 2 ** this.failures);
    this.timer = setTimeout(() => {
      if (this.waiting.peek()) this.wait(address);
      else void this.ask(address);
    }, pause);
  }
}
