/** Work in small steps, so that whoever runs it can stop between two of them. */
export type Steps<Result> = Generator<void, Result, void>;

/** Runs all the steps at once. */
export function finish<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}
