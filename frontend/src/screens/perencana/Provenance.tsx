import { heatScaleAddress, hexagonsAddress, rankingAddress, statsAddress } from "../../api/endpoints";
import { instant } from "../../i18n";
import { words } from "../../i18n/perencana";
import { FigureOrigin } from "../../panels/FigureOrigin";
import { place } from "./address";
import { chipsOf } from "./chips";
import type { PlannerStore, Side } from "./store";

/** Every figure of the page that can be computed again: its maps and its ranking. */
type Figure = Side | "peringkat";

interface ProvenanceProps {
  store: PlannerStore;
  figure: Figure;
}

function addressOf(store: PlannerStore, figure: Figure): string | null {
  const ranking = store.rankingQuestion.value;
  if (figure === "peringkat") return ranking === null ? null : rankingAddress(new URLSearchParams(ranking));
  const question = store.statsQuestion.value;
  if (figure === "laju") return question === null ? null : statsAddress(new URLSearchParams(question));
  const { densityQuery, hexagonsQuery } = store;
  if (densityQuery.value) return heatScaleAddress(densityQuery.value);
  return hexagonsQuery.value && hexagonsAddress(new URLSearchParams(hexagonsQuery.value));
}

function methodOf(figure: Figure): string {
  const { form, bandwidthM } = place.value;
  if (figure !== "kepadatan") return words.value.methodRate;
  return form === "halus" ? words.value.methodDensity(bandwidthM) : words.value.methodHexagons(bandwidthM);
}

export function Provenance({ store, figure }: ProvenanceProps) {
  const address = addressOf(store, figure);
  const stats = store.stats.value.value;
  const level = store.level.value;
  if (!address || !stats || store.renewing.value) return null;
  const names = words.value.provenanceRows;
  const filters = chipsOf(store)
    .map(({ name }) => name)
    .join(", ");
  const { edition } = stats;
  const rows: [string, string][] = [
    [names.content, words.value.contentBody(store.year.value, filters)],
    [names.notCounted, words.value.notCountedBody],
    [names.method, methodOf(figure)],
    [names.boundary, edition === null ? "–" : words.value.boundary(store.standings.of(level), edition)],
    [names.asOf, instant(stats.as_of)],
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
