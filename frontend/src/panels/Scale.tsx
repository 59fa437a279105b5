import { number } from "../i18n";

/** Five classes with the numbers where one ends and the next begins; `top` is where the last one ends. */
export function Scale({ breaks, top }: { breaks: readonly number[]; top?: number }) {
  const digits = breaks.some((limit) => limit % 1 !== 0) ? 1 : 0;
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
          <span key={limit}>{number(limit, digits)}</span>
        ))}
        <span>{top === undefined ? "" : number(top, digits)}</span>
      </div>
    </div>
  );
}
