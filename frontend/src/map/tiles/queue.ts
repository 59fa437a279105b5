const SLICE_MS = 6;

/** Runs small jobs in the order given, at most `SLICE_MS` of them at a time, so that panning stays smooth. */
export class SlicedQueue {
  private readonly jobs: (() => void)[] = [];
  private running = false;

  add<Result>(job: () => Result): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.jobs.push(() => {
        try {
          resolve(job());
        } catch (error) {
          reject(error);
        }
      });
      this.schedule();
    });
  }

  private schedule(): void {
    if (this.running) return;
    this.running = true;
    setTimeout(() => this.runSlice(), 0);
  }

  private runSlice(): void {
    const end = performance.now() + SLICE_MS;
    while (this.jobs.length > 0 && performance.now() < end) this.jobs.shift()?.();
    this.running = false;
    if (this.jobs.length > 0) this.schedule();
  }
}
