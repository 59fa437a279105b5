import { number } from "../i18n";

const MOST_WITH_TENTHS = 20;

// Beside greater numbers a tenth says nothing, and would run into its neighbour.
const shortly = (limit: number) => number(limit, limit >= MOST_WITH_TENTHS ? 0 : 1);
const exactly = (limit: number) => number(limit, 2);

/** How limits are written: in few digits, unless two of them would then be the same, or one of them nothing. */
function writerOf(breaks: readonly number[]): (limit: number) => string {
  const told = new Set(["0", ...breaks.map(shortly)]);
  return told.size > breaks.length ? shortly : exactly;
}

/** What stands under the bar: where each class begins, and where the last one ends. */
export interface ScaleWords {
  starts: string[];
  /** Empty where the last class has no end. */
  end: string;
  /** True where the last class is a single value, which then is not told twice. */
  single: boolean;
}

/** The words of a scale from its limits. */
export function scaleWords(breaks: readonly number[], top?: number): ScaleWords {
  const write = writerOf(breaks);
  const starts = ["0", ...breaks.map(write)];
  const end = top === undefined ? "" : write(top);
  const single = starts.at(-1) === end;
  return { starts: single ? starts.slice(0, -1) : starts, end, single };
}

/** The classes there are with the numbers where one ends and the next begins; `top` is where the last one ends. */
export function Scale({ breaks, top }: { breaks: readonly number[]; top?: number }) {
  const { starts, end, single } = scaleWords(breaks, top);
  const steps = [0, ...breaks].map((_, step) => step + 1);
  return (
    <div class="legend-scale" style={{ "--classes": steps.length }}>
      <div class="legend-steps">
        {steps.map((step) => (
          <span key={step} class={`step-${step}`} />
        ))}
      </div>
      <div class="legend-ends num">
        {starts.map((start, step) => (
          <span key={step}>{start}</span>
        ))}
        <span class={single ? "legend-single" : undefined}>{end}</span>
      </div>
    </div>
  );
}
