import { number, words as shared } from "../../i18n";
import { words } from "../../i18n/perencana";
import type { PlannerStore } from "./store";

/** How many usulan every figure of the page is made from, and how many of them no map shows. */
export function Total({ store }: { store: PlannerStore }) {
  const told = store.stats.fresh.value ?? store.ranking.fresh.value;
  if (!told) {
    const failed = store.numbersError.value !== null;
    return <p class="filters-total secondary">{failed ? words.value.totalUnread : shared.value.renewing}</p>;
  }
  const { numberMatched, unlocated } = told;
  return (
    <p class="filters-total" aria-busy={store.stats.loading.value}>
      <strong class="num" data-testid="total">
        {number(numberMatched)}
      </strong>{" "}
      {words.value.total(numberMatched)}
      {unlocated > 0 ? ` · ${words.value.unlocated(unlocated)}` : null}
    </p>
  );
}
