import { useEffect } from "preact/hooks";
import { words as shared } from "../../i18n";
import { words } from "../../i18n/perencana";
import { CityChoice } from "../../panels/CityChoice";
import { Face, Failed, OfflineStrip, Waiting } from "../../panels/faces";
import { NoBoundaries } from "../../panels/NoBoundaries";
import { TopBar } from "../../panels/TopBar";
import { UnknownCity } from "../../panels/UnknownCity";
import { narrow, startNarrow } from "../../state/narrow";
import { EMPTY_PLANNER, go, place } from "./address";
import { Controls } from "./Controls";
import { FilterChips } from "./FilterChips";
import { pressPageKey } from "./keys";
import { Legends } from "./Legends";
import { Maps } from "./Maps";
import { PrintFoot, PrintHead } from "./Print";
import { SidePanel } from "./SidePanel";
import type { PlannerStore } from "./store";
import { YearBars } from "./YearBars";

export const RANKING_ANCHOR = "#peringkat";

interface StoreProps {
  store: PlannerStore;
}

/** What stands instead of the page when no city can be shown. */
function NoCity({ store }: StoreProps) {
  const { error, loading, value } = store.cities;
  if (store.city.value) return <NoBoundaries city={store.city.value} />;
  if (error.value) {
    const { pageFailed, nothingLost } = words.value;
    const retry = () => store.cities.retry();
    return <Failed title={pageFailed} still={nothingLost} error={error.value} retry={retry} />;
  }
  if (loading.value || !value.value) return <Waiting />;
  return (
    <Face icon="map" title={words.value.noCities}>
      <p>{words.value.noCitiesBody}</p>
    </Face>
  );
}

function Page({ store }: StoreProps) {
  return (
    <main class="planner-main">
      <Maps store={store} />
      {narrow.value ? <Legends store={store} /> : null}
      <YearBars store={store} />
      {narrow.value ? (
        <a class="btn planner-jump" href={RANKING_ANCHOR}>
          {words.value.panels.peringkat}
        </a>
      ) : null}
      <SidePanel store={store} />
    </main>
  );
}

/** Letters typed into a field are words, not keys of the page. */
function isTyping({ target }: KeyboardEvent): boolean {
  return target instanceof HTMLElement && target.matches("input:not([type=range]), select, textarea");
}

function usePageKeys(store: PlannerStore): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
      if (pressPageKey(store, event.key)) event.preventDefault();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
}

export function PerencanaScreen({ store }: StoreProps) {
  useEffect(startNarrow, []);
  useEffect(() => {
    document.title = `${words.value.title} · ${shared.value.appName}`;
  }, [words.value]);
  usePageKeys(store);
  const cities = store.cities.value.value ?? [];
  const choose = (code: string) => go({ ...EMPTY_PLANNER, picture: place.value.picture, city: code });
  return (
    <div class="planner">
      <a class="skip-link" href={RANKING_ANCHOR}>
        {words.value.skipMaps}
      </a>
      <OfflineStrip />
      <UnknownCity
        asked={place.value.city}
        cities={store.cities.value.value ?? []}
        shown={store.city.value}
      />
      <TopBar
        city={<CityChoice city={store.city.value} cities={cities} choose={choose} />}
        page="/perencana"
        code={place.value.city}
      />
      {store.city.value?.edition ? (
        <>
          <PrintHead store={store} />
          <Controls store={store} />
          <FilterChips store={store} />
          <Page store={store} />
          <PrintFoot store={store} />
          <p class="visually-hidden" aria-live="polite" data-testid="said">
            {store.said.value}
          </p>
        </>
      ) : (
        <main class="peta-empty">
          <NoCity store={store} />
        </main>
      )}
    </div>
  );
}
