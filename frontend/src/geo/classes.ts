/** Upper limits of the first four of five classes; class 5 has none. A value on a limit is in the class above. */
export type Breaks = readonly [number, number, number, number];

const STEPS = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

/** The nearest number of two figures that is easy to say. */
function rounded(value: number): number {
  if (value <= 0) return 0;
  const size = 10 ** Math.floor(Math.log10(value));
  const scaled = value / size;
  const nearest = STEPS.reduce((best, step) =>
    Math.abs(step - scaled) < Math.abs(best - scaled) ? step : best,
  );
  return nearest * size;
}

function quantile(sorted: number[], share: number): number {
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)] ?? 0;
  const above = sorted[Math.ceil(at)] ?? below;
  return below + (above - below) * (at - Math.floor(at));
}

/**
 * Four limits that part the values into five classes of about equal number.
 *
 * Pass the values of every year of a series, so that its years share one scale. Zeros are left out: zero is
 * the first class by definition and would pull every limit down. Limits are rounded, rise strictly and are at least
 * `smallest` apart (1 for counts). Without values the limits are 1 to 4 times `smallest`.
 */
export function fiveBreaks(values: readonly number[], smallest: number): Breaks {
  const sorted = values.filter((value) => value > 0).sort((a, b) => a - b);
  const limits: number[] = [];
  for (const share of [0.2, 0.4, 0.6, 0.8]) {
    const wanted = sorted.length > 0 ? rounded(quantile(sorted, share)) : 0;
    const least = (limits.at(-1) ?? 0) + smallest;
    limits.push(Math.max(Math.round(wanted / smallest) * smallest, least));
  }
  return limits.map((limit) => Number(limit.toPrecision(6))) as unknown as Breaks;
}

/** Class 0 to 4 of a value. */
export function classOf(value: number, breaks: Breaks): number {
  return breaks.filter((limit) => value >= limit).length;
}
