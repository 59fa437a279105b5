import { number, words as shared } from "../../i18n";
import { words } from "../../i18n/perencana";
import type { PlannerStore } from "./store";

/** How many usulan every figure of the page is made from, and how many of them no map shows. */
export function Total({ store }: { store: PlannerStore }) {
  const { value, error, loading } = store.stats;
  if (error.value) return null;
  if (!value.value || store.renewing.value)
    return <p class="filters-total secondary">{shared.value.renewing}</p>;
  const { numberMatched, unlocated } = value.value;
  return (
    <p class="filters-total" aria-busy={loading.value}>
      <strong class="num" data-testid="total">
        {number(numberMatched)}
      </strong>{" "}
      {words.value.total(numberMatched)}
      {unlocated > 0 ? ` · ${words.value.unlocated(unlocated)}` : null}
    </p>
  );
}
