import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Me } from "../api/contract";
import { words } from "../i18n";
import { signInAddress } from "../state/ownPath";
import { me, signOut, startSession } from "../state/session";
import { Icon } from "./Icon";

/** "Sri Rahayu" by her first letters, for where a name has no room. */
export function initialsOf(name: string): string {
  const [first = "", ...more] = name.trim().split(/\s+/);
  const last = more.at(-1) ?? "";
  return `${[...first][0] ?? ""}${[...last][0] ?? ""}`.toUpperCase();
}

function SignOut() {
  const failed = useSignal(false);
  const press = () => {
    failed.value = false;
    signOut().catch(() => {
      failed.value = true;
    });
  };
  return (
    <>
      <button type="button" class="btn" onClick={press}>
        {words.value.signOut}
      </button>
      {failed.value ? (
        <p class="field-error" role="alert">
          {words.value.signOutFailed}
        </p>
      ) : null}
    </>
  );
}

function Menu({ who }: { who: Me }) {
  return (
    <div class="account-menu" id="akun">
      <p class="title-group">{who.name}</p>
      <ul>
        {who.roles.map(({ role, area, name }) => (
          <li class="secondary" key={`${role} ${area}`}>
            {name}
          </li>
        ))}
      </ul>
      <a class="btn" href="/kerja">
        {words.value.pageWork}
      </a>
      <a class="btn" href="/akun">
        {words.value.account}
      </a>
      <SignOut />
    </div>
  );
}

function SignedIn({ who }: { who: Me }) {
  const open = useSignal(false);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const close = ({ target }: Event) => {
      if (!box.current?.contains(target as Node)) open.value = false;
    };
    document.addEventListener("pointerdown", close);
    document.addEventListener("focusin", close);
    return () => {
      document.removeEventListener("pointerdown", close);
      document.removeEventListener("focusin", close);
    };
  }, []);
  const press = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !open.value) return;
    event.stopPropagation();
    open.value = false;
    button.current?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes what the button within opened
    <div class="account" ref={box} onKeyDown={press}>
      <button
        type="button"
        class="btn account-button"
        ref={button}
        aria-expanded={open.value}
        aria-controls="akun"
        aria-label={words.value.accountOf(who.name)}
        onClick={() => {
          open.value = !open.value;
        }}
      >
        <span class="account-mark" aria-hidden="true">
          {initialsOf(who.name)}
        </span>
        <span class="account-name" aria-hidden="true">
          {who.name}
        </span>
      </button>
      {open.value ? <Menu who={who} /> : null}
    </div>
  );
}

/** Who is signed in, with the way out; for everybody else the way in. */
export function Account() {
  useEffect(startSession, []);
  const who = me.value;
  if (who) return <SignedIn who={who} />;
  if (who === undefined || location.pathname === "/masuk") return null;
  return (
    <a class="btn account-in" href={signInAddress(location)} onClick={comeBackHere}>
      <Icon name="person" />
      {words.value.signIn}
    </a>
  );
}

/** The address of a page changes while it is read, and nothing draws this link anew for it. */
function comeBackHere(event: MouseEvent): void {
  (event.currentTarget as HTMLAnchorElement).href = signInAddress(location);
}
