import { Problem } from "../api/problem";

/** So often a page asks again by itself; then it waits for its reader. */
const MOST_TRIES = 5;
/** Where the server names no pause of its own. */
const PAUSE_S = 2;
const LONGEST_S = 120;
const PASSING = new Set([429, 502, 503, 504]);

/**
 * Milliseconds until a failed request is worth another try; null when only its reader can know.
 *
 * Never sooner than the server asked for. `chance` (0 to 1) spreads the readers of a busy server out, more so with each try.
 */
export function pauseMs(error: unknown, tries: number, chance: number): number | null {
  if (!(error instanceof Problem) || tries >= MOST_TRIES) return null;
  if (!error.unanswered && !PASSING.has(error.status)) return null;
  const asked_s = error.retryAfterS ?? PAUSE_S;
  if (asked_s > LONGEST_S) return null;
  return Math.round(1000 * (asked_s + chance * PAUSE_S * 2 ** tries));
}

/** Asks again what failed in passing: a bounded number of times, each later than the one before. */
export class Again {
  private tries = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly retry: () => void,
    private readonly chance: () => number = Math.random,
  ) {}

  /** After a failure; of several failures of one time only the first counts. */
  later(error: unknown): void {
    if (this.timer !== undefined) return;
    const wait = pauseMs(error, this.tries, this.chance());
    if (wait === null) return;
    this.tries += 1;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.retry();
    }, wait);
  }

  /** Something else is asked, or the answer came. */
  reset(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.tries = 0;
  }
}
