import type { AreaRead } from "../../api/contract";
import { statsAddress, statsQuery } from "../../api/endpoints";
import { instant } from "../../i18n";
import { words } from "../../i18n/peta";
import { FigureOrigin } from "../../panels/FigureOrigin";
import { fullName } from "../../panels/names";
import { chipsOf } from "./FilterChips";
import type { PetaStore } from "./store";

interface ProvenanceProps {
  store: PetaStore;
  area: AreaRead;
  asOf: string;
}

/** "Dari mana angka ini?": all that is needed to compute the figures of the panel again. */
export function Provenance({ store, area, asOf }: ProvenanceProps) {
  const filter = new URLSearchParams(store.filter.value ?? "");
  const address = statsAddress(statsQuery(filter, area.level, { area: area.code }));
  const filters = chipsOf(store)
    .filter(({ key }) => key !== area.code)
    .map(({ name }) => name)
    .join(", ");
  const names = words.value.provenanceRows;
  const { standings } = store;
  const rows: [string, string][] = [
    [names.content, words.value.contentBody(fullName(area), filters || words.value.noFilters)],
    [names.notCounted, words.value.notCountedBody],
    [names.boundary, words.value.boundary(standings.of(area.level), area.edition)],
    [names.asOf, instant(asOf)],
  ];
  return (
    <FigureOrigin
      title={words.value.provenance}
      rows={rows}
      addressTerm={names.address}
      address={address}
      copy={{ act: words.value.copyLink, done: words.value.copied }}
    />
  );
}
