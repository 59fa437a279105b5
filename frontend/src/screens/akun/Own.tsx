import type { Me, RoleHeld, SignIn } from "../../api/contract";
import { day, instant } from "../../i18n";
import { words } from "../../i18n/akun";
import { Failed, SkeletonRows } from "../../panels/faces";
import { useSlow } from "../../panels/useSlow";
import { KeysPart } from "./KeysPart";
import { Form, Part, PasswordField, Said, Submit } from "./Parts";
import { CURRENT, WANTED } from "./password";
import { calledBy } from "./signIns";
import type { Akun } from "./state";
import { lengthOf, SHORTEST } from "./troubles";

interface AkunProps {
  akun: Akun;
}

function Role({ akun, role }: AkunProps & { role: RoleHeld }) {
  const said = words.value;
  const { area, fields, until } = role;
  return (
    <tr>
      <th scope="row">
        {role.name}
        {fields.length > 0 ? <span class="secondary"> {said.fields(akun.fields.told(fields))}</span> : null}
      </th>
      <td>{area === null ? said.wholeInstallation : akun.areas.of(area)}</td>
      <td class="num">{until === null ? said.withoutEnd : said.until(day(until))}</td>
    </tr>
  );
}

function Roles({ akun, who }: AkunProps & { who: Me }) {
  const said = words.value;
  return (
    <Part id="peran" title={said.roles}>
      {who.roles.length === 0 ? (
        <p>{said.noRoles}</p>
      ) : (
        <table class="akun-roles">
          <thead>
            <tr>
              <th scope="col">{said.role}</th>
              <th scope="col">{said.where}</th>
              <th scope="col">{said.term}</th>
            </tr>
          </thead>
          <tbody>
            {who.roles.map((role) => (
              <Role key={`${role.role} ${role.area} ${role.until} ${role.fields}`} akun={akun} role={role} />
            ))}
          </tbody>
        </table>
      )}
      <p class="secondary">{said.rolesWhy}</p>
    </Part>
  );
}

function PasswordPart({ akun }: AkunProps) {
  const said = words.value;
  const { password } = akun;
  const length = lengthOf(password.wanted.value);
  const hint = `${said.newPasswordHint(SHORTEST)} ${length > 0 ? said.count(length) : ""}`;
  return (
    <Part id="sandi" title={said.password} doing={password.doing}>
      <p>{said.passwordWhy}</p>
      <Form send={() => password.send()}>
        <PasswordField
          doing={password.doing}
          id={CURRENT}
          label={said.currentPassword}
          value={password.current}
          autocomplete="current-password"
        />
        <PasswordField
          doing={password.doing}
          id={WANTED}
          label={said.newPassword}
          value={password.wanted}
          autocomplete="new-password"
          hint={hint}
        />
        <Submit doing={password.doing} text={said.changePassword} busy={said.saving} />
      </Form>
    </Part>
  );
}

function Seen({ akun, signIn }: AkunProps & { signIn: SignIn }) {
  const said = words.value;
  const called = calledBy(signIn.browser);
  const began = instant(signIn.began);
  return (
    <li class="akun-row">
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
          aria-disabled={akun.signIns.doing.sending.value}
          onClick={() => void akun.signIns.end(signIn)}
        >
          {said.end}
        </button>
      )}
    </li>
  );
}

function EndOthers({ akun }: AkunProps) {
  const said = words.value;
  const others = (akun.signIns.list.value.value ?? []).filter(({ current }) => !current).length;
  if (others < 2) return null;
  return (
    <div class="akun-ways">
      <button
        type="button"
        class="btn"
        aria-disabled={akun.signIns.doing.sending.value}
        onClick={() => void akun.signIns.endOthers()}
      >
        {said.endOthers(others)}
      </button>
    </div>
  );
}

function SignInsPart({ akun }: AkunProps) {
  const said = words.value;
  const { list, doing } = akun.signIns;
  const { value, error, loading } = list;
  const slow = useSlow(loading.value && value.value === null);
  return (
    <Part id="peramban" title={said.signIns} doing={doing}>
      {slow ? <SkeletonRows rows={2} /> : null}
      {error.value ? (
        <Failed title={said.signInsFailed} still="" error={error.value} retry={() => list.retry()} />
      ) : null}
      <ul class="akun-rows" aria-busy={loading.value}>
        {(value.value ?? []).map((signIn) => (
          <Seen key={signIn.id} akun={akun} signIn={signIn} />
        ))}
      </ul>
      <EndOthers akun={akun} />
      <p class="secondary">{said.signInsWhy}</p>
    </Part>
  );
}

/** One's own account. */
export function Own({ akun, who }: AkunProps & { who: Me }) {
  const said = words.value;
  return (
    <>
      <p class="akun-email">{who.email}</p>
      <Said doing={akun.leaving} />
      <div class="akun-ways">
        <a class="btn btn-main" href="/kerja">
          {said.toWork}
        </a>
        <button
          type="button"
          class="btn"
          aria-disabled={akun.leaving.sending.value}
          onClick={() => void akun.signOut()}
        >
          {said.signOut}
        </button>
      </div>
      <Roles akun={akun} who={who} />
      <SignInsPart akun={akun} />
      <PasswordPart akun={akun} />
      <KeysPart akun={akun} />
    </>
  );
}
