import { useEffect } from "preact/hooks";
import { words as shared } from "../../i18n";
import { words } from "../../i18n/muat";
import { CityChoice } from "../../panels/CityChoice";
import { Face, Failed, OfflineStrip, Waiting } from "../../panels/faces";
import { Icon } from "../../panels/Icon";
import { NoBoundaries } from "../../panels/NoBoundaries";
import { TopBar } from "../../panels/TopBar";
import { areasToLoad } from "../../state/loaders";
import { startNarrow } from "../../state/narrow";
import { signInAddress } from "../../state/ownPath";
import { me } from "../../state/session";
import { go, place } from "./address";
import { LoadList } from "./LoadList";
import { LoadPane } from "./LoadPane";
import type { MuatStore } from "./store";
import { UploadForm } from "./UploadForm";

interface StoreProps {
  store: MuatStore;
}

const MAIN_ID = "isi";

/** Instead of the loads: who is here, or what city it is of, is not known, or there is none for him. */
function Instead({ store }: StoreProps) {
  const error = store.who.value ?? store.cities.error.value ?? store.configuration.error.value;
  if (error) {
    const retry = () => {
      if (store.who.value) store.identify();
      if (store.cities.error.value) store.cities.retry();
      if (store.configuration.error.value) store.configuration.retry();
    };
    return <Failed title={words.value.pageFailed} still="" error={error} retry={retry} />;
  }
  if (!me.value || !store.cities.value.value || store.configuration.loading.value) return <Waiting />;
  if (store.city.value && !store.city.value.edition) return <NoBoundaries city={store.city.value} />;
  return (
    <Face icon="lock" title={words.value.notForYou}>
      <p>{words.value.notForYouBody}</p>
      <a class="btn" href="/kerja">
        {shared.value.pageWork}
      </a>
    </Face>
  );
}

function SignedOut({ store }: StoreProps) {
  if (!store.signedOut.value) return null;
  return (
    <div class="offline-strip" role="alert">
      <Icon name="lock" />
      {words.value.signedOut}
      <a href={signInAddress(location)}>{words.value.signInAgain}</a>
    </div>
  );
}

function Body({ store }: StoreProps) {
  if (place.value.load !== null) return <LoadPane key={place.value.load} store={store} />;
  return (
    <>
      <h1>{words.value.title}</h1>
      <p class="muat-lead">{words.value.lead}</p>
      <UploadForm store={store} />
      <LoadList store={store} />
    </>
  );
}

export function MuatScreen({ store }: StoreProps) {
  useEffect(startNarrow, []);
  const file = store.load.value.value?.file.name;
  useEffect(() => {
    const title = place.value.load !== null && file ? file : words.value.title;
    document.title = `${title} · ${shared.value.appName}`;
  }, [words.value, file, place.value.load]);
  const nobody = me.value === null;
  useEffect(() => {
    if (nobody) location.assign(signInAddress(location));
  }, [nobody]);
  const city = store.city.value;
  const isReady = me.value && city?.edition && areasToLoad(city.code).length > 0;
  const choose = (code: string) => go({ city: code, load: null });
  return (
    <div class="muat">
      <a class="skip-link" href={`#${MAIN_ID}`}>
        {words.value.skip}
      </a>
      <OfflineStrip />
      <SignedOut store={store} />
      <TopBar
        page="/muat"
        code={city?.code}
        city={<CityChoice city={city} cities={store.ownCities.value} choose={choose} />}
      />
      <main class={isReady ? "muat-main" : "peta-empty"} id={MAIN_ID} tabIndex={-1}>
        {isReady ? <Body store={store} /> : <Instead store={store} />}
      </main>
    </div>
  );
}
