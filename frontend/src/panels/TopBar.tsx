import type { ComponentChildren } from "preact";
import { words } from "../i18n";
import { chooseLanguage, type Language, language } from "../state/language";
import { me } from "../state/session";
import { theme, toggleTheme } from "../state/theme";
import { Account } from "./Account";
import { Icon } from "./Icon";

/** The pin of two halves: soga for what residents need, nila for what the city plans. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 32 40" aria-hidden="true">
      <path class="mark-need" d="M16 1C7.7 1 1 7.6 1 15.9 1 26.5 10.5 31.5 16 39Z" />
      <path class="mark-plan" d="M16 1c8.3 0 15 6.6 15 14.9C31 26.5 21.5 31.5 16 39Z" />
      <path class="mark-lines" d="M9.5 11.5h13M9.5 16.5h13M9.5 21.5h7.5" />
    </svg>
  );
}

function LanguageButton({ code, name }: { code: Language; name: string }) {
  return (
    <button
      type="button"
      lang={code}
      title={name}
      aria-label={name}
      aria-pressed={language.value === code}
      onClick={() => chooseLanguage(code)}
    >
      {code.toUpperCase()}
    </button>
  );
}

/** Theme and language; both are remembered on the device. */
export function Switches() {
  const label = theme.value === "dark" ? words.value.toLight : words.value.toDark;
  return (
    <div class="switches">
      <fieldset class="language">
        <legend class="visually-hidden">{words.value.chooseLanguage}</legend>
        <LanguageButton code="id" name={words.value.indonesian} />
        <LanguageButton code="en" name={words.value.english} />
      </fieldset>
      <button type="button" class="btn btn-icon" aria-label={label} title={label} onClick={toggleTheme}>
        <Icon name={theme.value === "dark" ? "sun" : "moon"} />
      </button>
    </div>
  );
}

/** The pages of the bar; `/lapor` has its own button. */
type PageAddress = "/" | "/lacak" | "/perencana" | "/kerja";

interface TopBarProps {
  /** The page that is open, where it is one of the bar's. */
  page?: PageAddress | "/masuk" | "/akun" | "/muat";
  /** The code of the city in the address, which the other pages then show too. */
  code?: string | null | undefined;
  /** The name of the city, or a control that chooses one. */
  city?: ComponentChildren;
  /** A search field, where the page has one and the bar has room. */
  search?: ComponentChildren;
  /** The page's next step, at the right. */
  action?: ComponentChildren;
}

/** Another page of the same city. */
export const ofCity = (address: string, code: string | null | undefined): string =>
  code ? `${address}?city=${code}` : address;

function PageLinks({ page, code }: Pick<TopBarProps, "page" | "code">) {
  const links: [PageAddress, string][] = [
    ["/", words.value.pageMap],
    ["/perencana", words.value.pagePlanner],
    ["/lacak", words.value.pageTrack],
  ];
  if (me.value) links.push(["/kerja", words.value.pageWork]);
  return (
    <nav class="pages" aria-label={words.value.pages}>
      {links.map(([address, name]) => (
        <a key={address} href={ofCity(address, code)} aria-current={address === page ? "page" : undefined}>
          {name}
        </a>
      ))}
    </nav>
  );
}

export function TopBar({ city, page, code, search, action }: TopBarProps) {
  return (
    <header class="topbar">
      <a class="brand" href={ofCity("/", code)} aria-label={words.value.home}>
        <Mark />
        <span>{words.value.appName}</span>
      </a>
      {city ? <div class="topbar-city">{city}</div> : null}
      {page ? <PageLinks page={page} code={code} /> : null}
      <div class="topbar-space">{search}</div>
      <Account />
      <Switches />
      {action}
    </header>
  );
}
