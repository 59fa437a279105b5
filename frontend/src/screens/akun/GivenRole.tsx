import { useEffect } from "preact/hooks";
import type { Officer, RoleGiven } from "../../api/contract";
import { day } from "../../i18n";
import { words } from "../../i18n/akun";
import { type Ending, REASON } from "./ending";
import type { Officers } from "./officers";
import { Beneath, described, Form, Said } from "./Parts";

/** Asks, where the role stands, why it is taken back. */
function EndForm({ ending }: { ending: Ending }) {
  const said = words.value;
  const { doing, reason } = ending;
  useEffect(() => document.getElementById(REASON)?.focus(), []);
  return (
    <Form send={() => ending.send()}>
      <Said doing={doing} />
      <div class="field">
        <label for={REASON}>{said.reason}</label>
        <textarea
          id={REASON}
          class="textarea"
          value={reason.value}
          onInput={(event) => {
            reason.value = event.currentTarget.value;
          }}
          {...described(doing, REASON, true)}
        />
        <Beneath doing={doing} id={REASON} hint={said.reasonHint} />
      </div>
      <div class="akun-ways">
        <button type="submit" class="btn btn-danger" aria-disabled={doing.sending.value}>
          {doing.sending.value ? said.saving : said.endRole}
        </button>
        <button type="button" class="btn" onClick={() => ending.leave()}>
          {said.dont}
        </button>
      </div>
    </Form>
  );
}

function Term({ officers, role }: { officers: Officers; role: RoleGiven }) {
  const said = words.value;
  const { ended, until, fields } = role;
  const more = [
    fields.length > 0 ? said.fields(officers.fields.told(fields)) : null,
    ended === null && until !== null ? said.until(day(until)) : null,
    ended === null ? null : said.endedOn(day(ended.at), ended.reason),
  ].filter(Boolean);
  return more.length > 0 ? <span class="secondary num"> · {more.join(" · ")}</span> : null;
}

interface GivenRoleProps {
  officers: Officers;
  officer: Officer;
  role: RoleGiven;
  /** Whether it is one's own, which another has to take back. */
  own: boolean;
}

/** A role that somebody was given, with the way to take it back. */
export function GivenRole({ officers, officer, role, own }: GivenRoleProps) {
  const said = words.value;
  const { ending, areas } = officers;
  const area = role.area === null ? said.wholeInstallation : areas.of(role.area);
  const open = ending.chosen.value?.id === role.id;
  return (
    <li class="akun-given">
      <p class={role.ended === null ? "" : "secondary"}>
        {role.name} · {area}
        <Term officers={officers} role={role} />
      </p>
      {own || open || role.ended !== null ? null : (
        <button
          type="button"
          class="btn"
          aria-label={said.endThatRole(role.name, officer.name)}
          onClick={() => ending.choose(role, officer.name)}
        >
          {said.end}
        </button>
      )}
      {open ? <EndForm ending={ending} /> : null}
    </li>
  );
}
