/** Upper limits of the first four of five classes; class 5 has none. A value on a limit is in the class above. */
export type Breaks = readonly [number, number, number, number];

const STEPS = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

const rise = (limits: number[]) => limits.every((limit, index) => limit > (limits[index - 1] ?? 0));

/** The nearest number that is easy to say. */
function easy(value: number): number {
  const size = 10 ** Math.floor(Math.log10(value));
  const scaled = value / size;
  return (
    STEPS.reduce((best, step) => (Math.abs(step - scaled) < Math.abs(best - scaled) ? step : best)) * size
  );
}

// From the easiest to say to the exact: the first that keeps the four limits apart is taken.
const ROUNDINGS: ((value: number) => number)[] = [
  easy,
  (value) => Number(value.toPrecision(2)),
  (value) => Number(value.toPrecision(3)),
];

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
  const quantiles = [0.2, 0.4, 0.6, 0.8].map((share) => (sorted.length > 0 ? quantile(sorted, share) : 0));
  const grained = (value: number) => Math.round(value / smallest) * smallest;
  const tried = ROUNDINGS.map((round) => quantiles.map((value) => (value > 0 ? grained(round(value)) : 0)));
  const limits = tried.find(rise) ?? spread(quantiles.map(grained), smallest);
  return limits.map((limit) => Number(limit.toPrecision(6))) as unknown as Breaks;
}

/** The limits moved up where they do not rise, each at least `smallest` above the one before. */
function spread(limits: number[], smallest: number): number[] {
  let before = 0;
  return limits.map((limit) => {
    before = Math.max(limit, before + smallest);
    return before;
  });
}

/** Class 0 to 4 of a value. */
export function classOf(value: number, breaks: Breaks): number {
  return breaks.filter((limit) => value >= limit).length;
}
