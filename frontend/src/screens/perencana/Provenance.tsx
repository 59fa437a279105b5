import {
  heatScaleAddress,
  hexagonsAddress,
  rankingAddress,
  statsAddress,
  trendAddress,
} from "../../api/endpoints";
import { instant } from "../../i18n";
import { words } from "../../i18n/perencana";
import { FigureOrigin } from "../../panels/FigureOrigin";
import { place } from "./address";
import { chipsOf } from "./chips";
import type { PlannerStore, Side } from "./store";
import { titleOf, yearWord } from "./titles";

/** Every figure of the page that can be computed again: its maps, its ranking and its charts. */
type Figure = Side | "peringkat" | "tren" | "kategori";

interface ProvenanceProps {
  store: PlannerStore;
  figure: Figure;
}

const ofQuestion = (question: string | null, address: (query: URLSearchParams) => string): string | null =>
  question === null ? null : address(new URLSearchParams(question));

function addressOf(store: PlannerStore, figure: Figure): string | null {
  const { side } = store;
  if (figure === "tren") return ofQuestion(side.areaQuestion.value ?? side.cityQuestion.value, trendAddress);
  if (figure === "kategori") return ofQuestion(side.categoriesQuestion.value, statsAddress);
  if (figure === "peringkat") return ofQuestion(store.rankingQuestion.value, rankingAddress);
  if (figure === "laju") return ofQuestion(store.statsQuestion.value, statsAddress);
  const { densityQuery, hexagonsQuery } = store;
  if (densityQuery.value) return heatScaleAddress(densityQuery.value);
  return ofQuestion(hexagonsQuery.value, hexagonsAddress);
}

function methodOf(figure: Figure): string {
  const { form, bandwidthM } = place.value;
  if (figure === "kategori") return words.value.methodCategories;
  if (figure === "tren") return words.value.methodTrend;
  if (figure !== "kepadatan") return words.value.methodRate;
  return form === "halus" ? words.value.methodDensity(bandwidthM) : words.value.methodHexagons(bandwidthM);
}

/** The answer that a figure was drawn from, where it answers the present question. */
function answerOf(store: PlannerStore, figure: Figure) {
  const { side, density, hexagons, ranking, stats } = store;
  if (figure === "tren") return side.city.fresh.value;
  if (figure === "kategori") return side.categories.fresh.value;
  if (figure === "peringkat") return ranking.fresh.value;
  if (figure === "laju") return stats.fresh.value;
  return store.densityQuery.value ? density.fresh.value : hexagons.fresh.value;
}

function unitOf(store: PlannerStore, figure: Figure): string {
  if (figure === "kategori") return words.value.hexagonUnit.count;
  return figure === "kepadatan" ? titleOf(store, figure).unit : words.value.rateTitle;
}

/** Whose usulan they are; a demo says so. */
function sourceOf(store: PlannerStore): string {
  const city = store.city.value;
  const source = words.value.sourceBody(city?.name ?? "");
  return city?.demo ? `${source} (${words.value.demo})` : source;
}

export function Provenance({ store, figure }: ProvenanceProps) {
  const address = addressOf(store, figure);
  const told = answerOf(store, figure);
  if (!address || !told) return null;
  const level = store.level.value;
  const names = words.value.provenanceRows;
  const filters = chipsOf(store)
    .map(({ name }) => name)
    .join(", ");
  const year = figure === "tren" ? "" : yearWord(store, store.year.value);
  const edition = store.stats.value.value?.edition ?? null;
  const rows: [string, string][] = [
    [names.source, sourceOf(store)],
    [names.content, words.value.contentBody(year, filters)],
    [names.number, words.value.numberBody(told.numberMatched)],
    [names.unit, unitOf(store, figure)],
    [names.notCounted, words.value.notCountedBody],
    [names.method, methodOf(figure)],
    [names.boundary, edition === null ? "–" : words.value.boundary(store.standings.of(level), edition)],
    [names.asOf, instant(told.as_of)],
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
