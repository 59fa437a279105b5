import type { Level } from "../../api/contract";
import { statsAddress, statsQuery } from "../../api/endpoints";
import { words } from "../../i18n/peta";
import { Icon } from "../../panels/Icon";
import type { PetaStore } from "./store";

/** The numbers of the map as a table, from the same query. */
export function CsvLink({ store, area, level }: { store: PetaStore; area?: string; level?: Level }) {
  if (store.filter.value === null) return null;
  const filter = new URLSearchParams(store.filter.value);
  const query = statsQuery(filter, level ?? store.level.value, { format: "csv", ...(area ? { area } : {}) });
  return (
    <a class="btn" href={statsAddress(query)} download>
      <Icon name="download" />
      {words.value.csv}
    </a>
  );
}
