import { useEffect } from "preact/hooks";
import type { Me } from "../../api/contract";
import { words as shared } from "../../i18n";
import { words } from "../../i18n/akun";
import { CityChoice } from "../../panels/CityChoice";
import { Failed, OfflineStrip, Waiting } from "../../panels/faces";
import { Icon } from "../../panels/Icon";
import { TopBar } from "../../panels/TopBar";
import { signInAddress } from "../../state/ownPath";
import { lapsed, me } from "../../state/session";
import { Confirm } from "./Confirm";
import { VIEWS } from "./kinds";
import { LettersView } from "./LettersView";
import { OfficersView } from "./OfficersView";
import { Own } from "./Own";
import type { Akun } from "./state";

interface AkunProps {
  akun: Akun;
}

/** For administrators: their own account, the officers of the city, the letters. */
function Views({ akun }: AkunProps) {
  if (!akun.officers.isAdmin.value) return null;
  return (
    <nav class="akun-views" aria-label={words.value.views}>
      {VIEWS.map((view) => (
        <a key={view} href={`#${view}`} aria-current={akun.view.value === view ? "page" : undefined}>
          {words.value.viewNames[view]}
        </a>
      ))}
    </nav>
  );
}

function City({ akun }: AkunProps) {
  const { officers, view } = akun;
  if (view.value === "saya" || officers.ownCities.value.length < 2) return null;
  const choose = (code: string) => {
    officers.wanted.value = code;
  };
  return <CityChoice city={officers.city.value} cities={officers.ownCities.value} choose={choose} />;
}

/** The officers and letters of a city, once it is known which. */
function OfCity({ akun }: AkunProps) {
  const { cities, city } = akun.officers;
  if (cities.error.value)
    return (
      <Failed
        title={words.value.citiesFailed}
        still=""
        error={cities.error.value}
        retry={() => cities.retry()}
      />
    );
  if (cities.value.value === null) return <Waiting />;
  if (city.value === null) return <p>{words.value.noCity}</p>;
  return akun.view.value === "petugas" ? <OfficersView akun={akun} /> : <LettersView akun={akun} />;
}

function Body({ akun, who }: AkunProps & { who: Me }) {
  return akun.view.value === "saya" ? <Own akun={akun} who={who} /> : <OfCity akun={akun} />;
}

function Instead({ akun }: AkunProps) {
  const error = akun.unknown.value;
  if (error === null) return <Waiting />;
  return <Failed title={words.value.whoFailed} still="" error={error} retry={() => akun.ask()} />;
}

function titleOf({ view, officers }: Akun): string {
  const said = words.value;
  if (view.value === "saya") return me.value?.name ?? said.title;
  const city = officers.city.value?.name ?? "";
  return view.value === "petugas" ? said.officersOf(city) : said.lettersOf(city);
}

/** The sign-in is over: signing in again in another tab leaves what was typed here. */
function SignedOut() {
  if (!lapsed.value) return null;
  return (
    <div class="offline-strip" role="alert">
      <Icon name="lock" />
      {words.value.signedOut}
      <a href={signInAddress(location)} target="_blank" rel="noopener">
        {words.value.signInAgain}
      </a>
    </div>
  );
}

export function AkunScreen({ akun }: AkunProps) {
  const nobody = me.value === null;
  useEffect(() => {
    // Signed out here, or never in: nothing of anybody's account stays on the screen.
    if (nobody) location.assign(signInAddress(location));
  }, [nobody]);
  const view = akun.view.value;
  useEffect(() => {
    document.title = `${words.value.viewNames[view]} · ${shared.value.appName}`;
  }, [view, words.value]);
  return (
    <div class="akun">
      <OfflineStrip />
      <SignedOut />
      <TopBar page="/akun" city={<City akun={akun} />} />
      <main class={view === "saya" ? "akun-main" : "akun-main akun-wide"}>
        <Views akun={akun} />
        <h1 tabIndex={-1}>{titleOf(akun)}</h1>
        {me.value ? <Body akun={akun} who={me.value} /> : <Instead akun={akun} />}
      </main>
      <Confirm akun={akun} />
    </div>
  );
}
