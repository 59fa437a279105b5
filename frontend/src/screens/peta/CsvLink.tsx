import type { Level } from "../../api/contract";
import { statsAddress, statsQuery, tableQuery } from "../../api/endpoints";
import { words } from "../../i18n/peta";
import { Icon } from "../../panels/Icon";
import type { PetaStore } from "./store";

/** The numbers of the map as a table, from the same query. */
export function CsvLink({ store, area, level }: { store: PetaStore; area?: string; level?: Level }) {
  if (store.filter.value === null) return null;
  const filter = new URLSearchParams(store.filter.value);
  const query = tableQuery(statsQuery(filter, level ?? store.level.value, area ? { area } : {}));
  return (
    <a class="btn" href={statsAddress(query)} download>
      <Icon name="download" />
      {words.value.csv}
    </a>
  );
}
