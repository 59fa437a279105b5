import { useEffect, useRef } from "preact/hooks";
import { words as shared } from "../../i18n";
import { words } from "../../i18n/masuk";
import { Failed, Waiting } from "../../panels/faces";
import { Icon } from "../../panels/Icon";
import { TopBar } from "../../panels/TopBar";
import { online } from "../../state/online";
import { me } from "../../state/session";
import { Account } from "./Account";
import { ForgottenForm, InvitedForm, SignInForm } from "./Forms";
import type { Masuk } from "./state";

interface MasukProps {
  masuk: Masuk;
}

function Body({ masuk }: MasukProps) {
  const face = masuk.face.value;
  if (face === "invited") return <InvitedForm masuk={masuk} />;
  if (face === "forgotten") return <ForgottenForm masuk={masuk} />;
  if (face === "sign-in") return <SignInForm masuk={masuk} />;
  if (me.value) return <Account masuk={masuk} who={me.value} />;
  if (masuk.unknown.value === null) return <Waiting />;
  return (
    <Failed title={words.value.whoFailed} still="" error={masuk.unknown.value} retry={() => masuk.ask()} />
  );
}

function titleOf(masuk: Masuk): string {
  const face = masuk.face.value;
  if (face === "invited") return words.value.invited;
  if (face === "forgotten") return words.value.forgottenTitle;
  return me.value ? words.value.signedInAs(me.value.name) : words.value.title;
}

/** What was done; said aloud, and where the focus goes when what had it is gone. */
function Done({ masuk }: MasukProps) {
  const box = useRef<HTMLParagraphElement>(null);
  const done = masuk.done.value;
  useEffect(() => {
    if (done && document.activeElement === document.body) box.current?.focus();
  }, [done]);
  return (
    <div role="status">
      {done ? (
        <p class="notice masuk-done" tabIndex={-1} ref={box}>
          <Icon name="check" />
          {done}
        </p>
      ) : null}
    </div>
  );
}

/** A refusal where there is no form. */
function AccountTrouble({ masuk }: MasukProps) {
  if (masuk.face.value !== "account" || masuk.trouble.value === null) return null;
  return (
    <p class="notice notice-bad" role="alert">
      <Icon name="warning" />
      {masuk.trouble.value}
    </p>
  );
}

function Offline() {
  if (online.value) return null;
  return (
    <div class="offline-strip" role="status">
      <Icon name="offline" />
      {words.value.offline}
    </div>
  );
}

export function MasukScreen({ masuk }: MasukProps) {
  const title = titleOf(masuk);
  useEffect(() => {
    document.title = `${title} · ${shared.value.appName}`;
  }, [title]);
  return (
    <div class="masuk">
      <Offline />
      <TopBar page="/masuk" />
      <main class="masuk-main">
        <h1 tabIndex={-1}>{title}</h1>
        <Done masuk={masuk} />
        <AccountTrouble masuk={masuk} />
        <Body masuk={masuk} />
      </main>
    </div>
  );
}
