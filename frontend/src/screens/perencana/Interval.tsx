import { rateText } from "../../i18n";
import { words } from "../../i18n/perencana";

const WIDTH = 56;
const HEIGHT = 12;
const EDGE = 4;

interface IntervalProps {
  value: number;
  low: number;
  high: number;
  /** What the right end stands for. */
  most: number;
}

/** A value with its interval, on a scale from 0 that all rows share. */
export function Interval({ value, low, high, most }: IntervalProps) {
  const x = (at: number) => EDGE + (Math.min(at, most) / (most || 1)) * (WIDTH - 2 * EDGE);
  const middle = HEIGHT / 2;
  return (
    <>
      <svg class="interval" width={WIDTH} height={HEIGHT} aria-hidden="true">
        <line x1={x(low)} x2={x(high)} y1={middle} y2={middle} />
        <circle cx={x(value)} cy={middle} r={3.2} />
      </svg>
      <span class="visually-hidden">{words.value.interval(rateText(low), rateText(high))}</span>
    </>
  );
}
