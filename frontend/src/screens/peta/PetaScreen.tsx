import { useEffect } from "preact/hooks";
import { words as shared } from "../../i18n";
import { words } from "../../i18n/peta";
import { CityChoice } from "../../panels/CityChoice";
import { Face, Failed, OfflineStrip, Waiting } from "../../panels/faces";
import { Icon } from "../../panels/Icon";
import { NoBoundaries } from "../../panels/NoBoundaries";
import { TopBar } from "../../panels/TopBar";
import { UnknownCity } from "../../panels/UnknownCity";
import { go, place } from "../../state/place";
import { EMPTY_PLACE } from "../../state/url";
import { FilterBar, SearchField } from "./FilterBar";
import { FilterChips } from "./FilterChips";
import { ListPane } from "./ListPane";
import { MAP_ANCHOR, narrow, startLayout } from "./layout";
import { MapPane } from "./MapPane";
import { Sheet } from "./Sheet";
import { SidePanel } from "./SidePanel";
import type { PetaStore } from "./store";

interface PetaScreenProps {
  store: PetaStore;
}

function CityName({ store }: PetaScreenProps) {
  const cities = store.cities.value.value ?? [];
  const choose = (code: string) => go({ ...EMPTY_PLACE, mode: place.value.mode, city: code });
  return <CityChoice city={store.city.value} cities={cities} choose={choose} />;
}

function MakeUsulan({ store }: PetaScreenProps) {
  return (
    <a class="btn btn-main" href={store.laporAddress.value}>
      <Icon name="plus" />
      {shared.value.makeUsulan}
    </a>
  );
}

/** What stands instead of the page when no city can be shown. */
function NoCity({ store }: PetaScreenProps) {
  const { error, loading } = store.cities;
  if (store.city.value) return <NoBoundaries city={store.city.value} />;
  if (error.value) {
    return (
      <Failed
        title={words.value.citiesFailed}
        still={words.value.nothingLost}
        error={error.value}
        retry={() => store.cities.retry()}
      />
    );
  }
  if (loading.value || !store.cities.value.value) return <Waiting />;
  return (
    <Face icon="map" title={words.value.noCities}>
      <p>{words.value.noCitiesBody}</p>
    </Face>
  );
}

function Columns({ store }: PetaScreenProps) {
  return (
    <main class="columns">
      <section class="list-column" id="daftar" tabIndex={-1} aria-label={words.value.list}>
        <ListPane store={store} />
      </section>
      <MapPane store={store} />
      <aside class="panel-column">
        <SidePanel store={store} />
      </aside>
    </main>
  );
}

function Phone({ store }: PetaScreenProps) {
  return (
    <main class="phone">
      <MapPane store={store} />
      <Sheet store={store} action={<MakeUsulan store={store} />} />
    </main>
  );
}

export function PetaScreen({ store }: PetaScreenProps) {
  useEffect(startLayout, []);
  useEffect(() => {
    document.title = `${words.value.title} · ${shared.value.appName}`;
  }, [words.value]);
  const phone = narrow.value;
  return (
    <div class="peta">
      <a class="skip-link" href="#daftar">
        {words.value.skipMap}
      </a>
      <a class="skip-link" href={MAP_ANCHOR}>
        {words.value.toMapSkip}
      </a>
      <OfflineStrip />
      <UnknownCity
        asked={place.value.city}
        cities={store.cities.value.value ?? []}
        shown={store.city.value}
      />
      <TopBar
        city={<CityName store={store} />}
        page="/"
        code={place.value.city}
        search={phone ? null : <SearchField store={store} />}
        action={phone ? null : <MakeUsulan store={store} />}
      />
      {store.city.value?.edition ? (
        <>
          <FilterBar store={store} />
          <FilterChips store={store} />
          {phone ? <Phone store={store} /> : <Columns store={store} />}
        </>
      ) : (
        <main class="peta-empty">
          <NoCity store={store} />
        </main>
      )}
    </div>
  );
}
