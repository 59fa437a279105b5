import type { Me, RoleHeld, SignIn } from "../../api/contract";
import { day, instant } from "../../i18n";
import { words } from "../../i18n/masuk";
import { Failed, SkeletonRows } from "../../panels/faces";
import { useSlow } from "../../panels/useSlow";
import { browserOf } from "./browsers";
import type { Masuk } from "./state";

interface MasukProps {
  masuk: Masuk;
}

function Role({ masuk, role }: MasukProps & { role: RoleHeld }) {
  const said = words.value;
  const { area } = role;
  const where = area === null ? said.wholeInstallation : (masuk.areaNames.value[area] ?? area);
  const more = [
    role.fields.length > 0 ? said.fields(role.fields.join(", ")) : null,
    role.until === null ? null : said.until(day(role.until)),
  ].filter(Boolean);
  return (
    <li>
      <strong>{role.name}</strong> · {where}
      {more.length > 0 ? <span class="secondary"> · {more.join(" · ")}</span> : null}
    </li>
  );
}

function calledBy(told: string): string {
  const { browser, device } = browserOf(told);
  if (browser && device) return words.value.browserOn(browser, device);
  return browser ?? device ?? words.value.unknownBrowser;
}

function Seen({ masuk, signIn }: MasukProps & { signIn: SignIn }) {
  const said = words.value;
  const called = calledBy(signIn.browser);
  const began = instant(signIn.began);
  return (
    <li class="sign-in">
      <div>
        <p class="title-group">{called}</p>
        <p class="secondary num">
          {said.began(began)} · {said.seen(instant(signIn.seen))}
        </p>
      </div>
      {signIn.current ? (
        <span class="chip chip-plan">{said.thisOne}</span>
      ) : (
        <button
          type="button"
          class="btn"
          aria-label={said.endThat(called, began)}
          aria-disabled={masuk.sending.value}
          onClick={() => void masuk.end(signIn, called)}
        >
          {said.end}
        </button>
      )}
    </li>
  );
}

function SignIns({ masuk }: MasukProps) {
  const { value, error, loading } = masuk.signIns;
  const slow = useSlow(loading.value && value.value === null);
  return (
    <section class="masuk-part">
      <h2>{words.value.signIns}</h2>
      {slow ? <SkeletonRows rows={2} /> : null}
      {error.value ? (
        <Failed
          title={words.value.signInsFailed}
          still=""
          error={error.value}
          retry={() => masuk.signIns.retry()}
        />
      ) : null}
      <ul class="sign-ins" aria-busy={loading.value}>
        {(value.value ?? []).map((signIn) => (
          <Seen key={signIn.id} masuk={masuk} signIn={signIn} />
        ))}
      </ul>
      <p class="secondary">{words.value.signInsWhy}</p>
    </section>
  );
}

export function Account({ masuk, who }: MasukProps & { who: Me }) {
  const said = words.value;
  return (
    <>
      <p class="masuk-email">{who.email}</p>
      <div class="masuk-ways">
        <a class="btn btn-main" href="/kerja">
          {said.toWork}
        </a>
        <button
          type="button"
          class="btn"
          aria-disabled={masuk.sending.value}
          onClick={() => void masuk.signOut()}
        >
          {said.signOut}
        </button>
      </div>
      <section class="masuk-part">
        <h2>{said.roles}</h2>
        {who.roles.length === 0 ? <p>{said.noRoles}</p> : null}
        <ul class="roles">
          {who.roles.map((role) => (
            <Role key={`${role.role} ${role.area}`} masuk={masuk} role={role} />
          ))}
        </ul>
      </section>
      <SignIns masuk={masuk} />
    </>
  );
}
