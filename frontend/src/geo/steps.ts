/**
 * What a step yields that drew on a canvas.
 *
 * The browser only notes the drawing and paints it when the task ends: without a graphics card that takes
 * several times as long as the script, so a task should end soon after.
 */
export const DREW = Symbol("drew");

/** Work in small steps, so that whoever runs it can stop between two of them. */
export type Steps<Result> = Generator<typeof DREW | undefined, Result, void>;

/** Runs all the steps at once. */
export function finish<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}
