import { DREW, type Steps } from "../../geo/steps";

const SLICE_MS = 6;

interface Job {
  steps: Steps<unknown>;
  done: (result: unknown) => void;
  failed: (error: unknown) => void;
}

// biome-ignore lint/correctness/useYield: a job of a single step
function* one<Result>(job: () => Result): Steps<Result> {
  return job();
}

/**
 * Runs jobs in the order given, step by step, so that panning stays smooth.
 *
 * A slice takes at most `SLICE_MS` of script and ends after a step that drew.
 */
export class SlicedQueue {
  private readonly jobs: Job[] = [];
  private readonly unbegun = new Map<object, Promise<unknown>>();
  private scheduled = false;

  /** A job of many steps; each must be far shorter than a slice. */
  run<Result>(steps: Steps<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.jobs.push({ steps, done: (result) => resolve(result as Result), failed: reject });
      this.schedule();
    });
  }

  /**
   * A job that shows the state at its beginning: while one for the same thing has not begun, it is that one.
   *
   * What changes faster than it can be drawn would else make the queue longer for ever.
   */
  runLatest<Result>(thing: object, steps: () => Steps<Result>): Promise<Result> {
    const { unbegun } = this;
    const waiting = unbegun.get(thing) as Promise<Result> | undefined;
    if (waiting) return waiting;
    const job = (function* () {
      unbegun.delete(thing);
      return yield* steps();
    })();
    const result = this.run(job);
    unbegun.set(thing, result);
    return result;
  }

  /** Starts what then goes on by itself, such as a request: a window of tiles asks for dozens at once. */
  async start<Result>(job: () => Promise<Result>): Promise<Result> {
    const { going } = await this.run(one(() => ({ going: job() })));
    return going;
  }

  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    setTimeout(() => this.runSlice(), 0);
  }

  private runSlice(): void {
    const end = performance.now() + SLICE_MS;
    while (this.jobs[0] && performance.now() < end) if (this.step(this.jobs[0]) === DREW) break;
    this.scheduled = false;
    if (this.jobs.length > 0) this.schedule();
  }

  /** What the next step of the first job yields; a job that has come to its end leaves the queue. */
  private step({ steps, done, failed }: Job): unknown {
    try {
      const { done: ended, value } = steps.next();
      if (!ended) return value;
      this.jobs.shift();
      done(value);
    } catch (error) {
      this.jobs.shift();
      failed(error);
    }
    return undefined;
  }
}
