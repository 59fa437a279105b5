import { instant } from "../../i18n";
import { words } from "../../i18n/perencana";
import { levelWord } from "../../panels/names";
import { place } from "./address";
import { chipsOf } from "./chips";
import type { PlannerStore } from "./store";

interface StoreProps {
  store: PlannerStore;
}

/** On paper only: what this is, of which city and area, printed when. */
export function PrintHead({ store }: StoreProps) {
  const { area } = place.value;
  const filters = chipsOf(store)
    .map(({ name }) => name)
    .join(", ");
  const parts = [
    store.city.value?.name,
    area ? [store.areaName(area), store.areaWithin(area)].filter(Boolean).join(", ") : null,
    store.year.value,
    filters,
  ];
  return (
    <header class="print-only print-head">
      <h1>{words.value.title}</h1>
      <p>{parts.filter(Boolean).join(" · ")}</p>
      <p>{words.value.printed(instant(new Date()))}</p>
    </header>
  );
}

/** On paper only: the state of what is printed and the address that shows it again. */
export function PrintFoot({ store }: StoreProps) {
  const stats = store.stats.value.value;
  const level = levelWord(store.level.value);
  const edition = stats?.edition;
  const parts = [
    edition ? words.value.caption(level, store.standings.of(store.level.value), edition) : null,
    stats ? `${words.value.provenanceRows.asOf} ${instant(stats.as_of)}` : null,
    words.value.methodRate,
    `${words.value.provenanceRows.page}: ${location.href}`,
  ];
  return <footer class="print-only print-foot">{parts.filter(Boolean).join(" · ")}</footer>;
}
