import { number } from "../i18n";

const MOST_WITH_TENTHS = 20;

/** Five classes with the numbers where one ends and the next begins; `top` is where the last one ends. */
export function Scale({ breaks, top }: { breaks: readonly number[]; top?: number }) {
  const whole = breaks.every((limit) => limit % 1 === 0);
  // Beside greater numbers a tenth says nothing, and would run into its neighbour.
  const text = (limit: number) => number(limit, whole || limit >= MOST_WITH_TENTHS ? 0 : 1);
  return (
    <div class="legend-scale">
      <div class="legend-steps">
        {[1, 2, 3, 4, 5].map((step) => (
          <span key={step} class={`step-${step}`} />
        ))}
      </div>
      <div class="legend-ends num">
        <span>0</span>
        {breaks.map((limit) => (
          <span key={limit}>{text(limit)}</span>
        ))}
        <span>{top === undefined ? "" : text(top)}</span>
      </div>
    </div>
  );
}
