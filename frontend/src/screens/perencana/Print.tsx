import { instant, words as shared } from "../../i18n";
import { words } from "../../i18n/perencana";
import { creditOf } from "../../panels/credit";
import { levelWord } from "../../panels/names";
import { place } from "./address";
import { chipsOf } from "./chips";
import type { PlannerStore } from "./store";
import { yearWord } from "./titles";

interface StoreProps {
  store: PlannerStore;
}

/** On paper only: what this is, of which city and area and filters, as of when, and printed when. */
export function PrintHead({ store }: StoreProps) {
  const { area } = place.value;
  const filters = chipsOf(store)
    .map(({ name }) => name)
    .join(", ");
  const city = store.city.value;
  const where = area ? [store.areaName(area), store.areaWithin(area)].filter(Boolean).join(", ") : null;
  const told = store.stats.fresh.value ?? store.ranking.fresh.value;
  return (
    <header class="print-only print-head">
      <p class="print-bar">
        <span>
          {shared.value.appName} · {city?.name}
          {city?.demo ? ` (${words.value.demo})` : null}
        </span>
        <span>{words.value.printed(instant(new Date()))}</span>
      </p>
      <h1>{words.value.printTitle([where, city?.name].filter(Boolean).join(", "))}</h1>
      <p>{words.value.printFilters(yearWord(store, store.year.value), filters)}</p>
      <p>
        {told
          ? words.value.printNumbers(told.numberMatched, told.unlocated, instant(told.as_of))
          : words.value.totalUnread}
      </p>
    </header>
  );
}

/** On paper only: the state of what is printed and the address that shows it again. */
export function PrintFoot({ store }: StoreProps) {
  const stats = store.stats.value.value;
  const level = levelWord(store.level.value);
  const edition = stats?.edition;
  const parts = [
    `${words.value.provenanceRows.source}: ${words.value.sourceBody(store.city.value?.name ?? "")}`,
    ...(store.city.value?.attribution ?? []).map(creditOf),
    edition ? words.value.caption(level, store.standings.of(store.level.value), edition) : null,
    stats ? `${words.value.provenanceRows.asOf} ${instant(stats.as_of)}` : null,
    words.value.methodRate,
    `${words.value.provenanceRows.page}: ${location.href}`,
  ];
  return <footer class="print-only print-foot">{parts.filter(Boolean).join(" · ")}</footer>;
}
