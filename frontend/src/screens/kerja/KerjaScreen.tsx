import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { words as shared } from "../../i18n";
import { words } from "../../i18n/kerja";
import { CityChoice } from "../../panels/CityChoice";
import { Face, Failed, OfflineStrip, Waiting } from "../../panels/faces";
import { Icon } from "../../panels/Icon";
import { NoBoundaries } from "../../panels/NoBoundaries";
import { ofCity, TopBar } from "../../panels/TopBar";
import { areasToLoad } from "../../state/loaders";
import { narrow, startNarrow } from "../../state/narrow";
import { signInAddress } from "../../state/ownPath";
import { me } from "../../state/session";
import { EMPTY_PLACE, go, place } from "./address";
import { DETAIL_ID, Detail } from "./Detail";
import { FilterBar } from "./FilterBar";
import { pressKey } from "./keys";
import { LIST_ID, ListPane } from "./ListPane";
import { ManyDialog } from "./ManyDialog";
import { MapPane } from "./MapPane";
import { isPointing, Pointing } from "./Pointing";
import type { KerjaStore } from "./store";

interface StoreProps {
  store: KerjaStore;
}

/** Instead of the work: who is here, or what city it is of, is not known or is none. */
function Instead({ store }: StoreProps) {
  const city = store.city.value;
  const error = store.who.value ?? store.cities.error.value ?? store.configuration.error.value;
  if (city) return <NoBoundaries city={city} />;
  if (error) {
    const retry = () => {
      if (store.who.value) store.identify();
      if (store.cities.error.value) store.cities.retry();
      if (store.configuration.error.value) store.configuration.retry();
    };
    return <Failed title={words.value.citiesFailed} still="" error={error} retry={retry} />;
  }
  if (!me.value || !store.cities.value.value || store.configuration.loading.value) return <Waiting />;
  return (
    <Face icon="list" title={words.value.noCity}>
      <p>{words.value.noCityBody}</p>
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

function Keys({ open, close }: { open: boolean; close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  return (
    <dialog class="keys-dialog" ref={dialog} onClose={close} aria-labelledby="judul-pintasan">
      <h2 id="judul-pintasan">{words.value.keysTitle}</h2>
      <dl>
        {words.value.keys.map(([key, meaning]) => (
          <div key={key}>
            <dt>{key}</dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <p class="hint">{words.value.keysNote}</p>
      <button type="button" class="btn" onClick={close}>
        {shared.value.close}
      </button>
    </dialog>
  );
}

function Phone({ store }: StoreProps) {
  const view = useSignal<"list" | "map">("list");
  if (place.value.usulan !== null)
    return isPointing(store) ? <Pointing store={store} /> : <Detail store={store} />;
  return (
    <>
      <fieldset class="segments kerja-views">
        <legend class="visually-hidden">{words.value.views}</legend>
        {(["list", "map"] as const).map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={view.value === each}
            onClick={() => {
              view.value = each;
            }}
          >
            {each === "list" ? words.value.viewList : words.value.viewMap}
          </button>
        ))}
      </fieldset>
      {view.value === "list" ? <ListPane store={store} /> : <MapPane store={store} />}
    </>
  );
}

function Work({ store }: StoreProps) {
  const keys = useSignal(false);
  const showKeys = () => {
    keys.value = true;
  };
  const press = (event: KeyboardEvent) => {
    if (!keys.value && pressKey(store, event, showKeys)) event.preventDefault();
  };
  return (
    <>
      {narrow.value && place.value.usulan !== null ? null : <FilterBar store={store} showKeys={showKeys} />}
      <main class={narrow.value ? "kerja-phone" : "kerja-columns"} onKeyDown={press}>
        {narrow.value ? (
          <Phone store={store} />
        ) : (
          <>
            <ListPane store={store} />
            <MapPane store={store} />
            <Detail store={store} />
          </>
        )}
      </main>
      <ManyDialog store={store} />
      <Keys
        open={keys.value}
        close={() => {
          keys.value = false;
        }}
      />
    </>
  );
}

function CityName({ store }: StoreProps) {
  const choose = (code: string) => go({ ...EMPTY_PLACE, queue: place.value.queue, city: code });
  return <CityChoice city={store.city.value} cities={store.ownCities.value} choose={choose} />;
}

/** The way to loading lists, for whoever may. */
function ToLoads({ code }: { code: string | undefined }) {
  if (areasToLoad(code).length === 0) return null;
  return (
    <a class="btn to-loads" href={ofCity("/muat", code)} aria-label={words.value.loadList}>
      <Icon name="share" />
      <span aria-hidden="true">{words.value.loadList}</span>
    </a>
  );
}

export function KerjaScreen({ store }: StoreProps) {
  useEffect(startNarrow, []);
  useEffect(() => {
    document.title = `${words.value.title} · ${shared.value.appName}`;
  }, [words.value]);
  const nobody = me.value === null;
  useEffect(() => {
    // Signed out on this page, or never in: nothing of anybody's work stays on the screen.
    if (nobody) location.assign(signInAddress(location));
  }, [nobody]);
  return (
    <div class="kerja">
      <a class="skip-link" href={`#${LIST_ID}`}>
        {words.value.skipToList}
      </a>
      <a class="skip-link" href={`#${DETAIL_ID}`}>
        {words.value.skipToDetail}
      </a>
      <OfflineStrip />
      <SignedOut store={store} />
      <TopBar
        page="/kerja"
        code={store.city.value?.code}
        city={<CityName store={store} />}
        action={<ToLoads code={store.city.value?.code} />}
      />
      {me.value && store.city.value?.edition ? (
        <Work store={store} />
      ) : (
        <main class="peta-empty">
          <Instead store={store} />
        </main>
      )}
    </div>
  );
}
