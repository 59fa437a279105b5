import type { Steps } from "../../geo/steps";

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

/** Runs jobs in the order given, step by step and at most `SLICE_MS` at a time, so that panning stays smooth. */
export class SlicedQueue {
  private readonly jobs: Job[] = [];
  private scheduled = false;

  /** A job of many steps; each must be far shorter than a slice. */
  run<Result>(steps: Steps<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.jobs.push({ steps, done: (result) => resolve(result as Result), failed: reject });
      this.schedule();
    });
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
    while (this.jobs[0] && performance.now() < end) if (this.step(this.jobs[0])) this.jobs.shift();
    this.scheduled = false;
    if (this.jobs.length > 0) this.schedule();
  }

  /** True when the job has come to its end. */
  private step({ steps, done, failed }: Job): boolean {
    try {
      const { done: ended, value } = steps.next();
      if (ended) done(value);
      return ended === true;
    } catch (error) {
      failed(error);
      return true;
    }
  }
}
