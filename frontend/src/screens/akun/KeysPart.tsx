import type { ApiKey } from "../../api/contract";
import { day, instant, named } from "../../i18n";
import { words } from "../../i18n/akun";
import { Failed, SkeletonRows } from "../../panels/faces";
import { useSlow } from "../../panels/useSlow";
import { lastDay, NAME, SCOPES_ID, TERMS } from "./keys";
import { SCOPES } from "./kinds";
import { Beneath, described, Form, Part, Secret, Submit, TextField } from "./Parts";
import type { Akun } from "./state";

interface AkunProps {
  akun: Akun;
}

function Made({ akun }: AkunProps) {
  const said = words.value;
  const made = akun.keys.made.value;
  if (made === null) return null;
  return (
    <Secret id="kunci-baru" label={said.keyMade(made.name)} secret={made.key}>
      <p>{said.keyOnce}</p>
      <p class="secondary">{said.keyUse}</p>
    </Secret>
  );
}

function Key({ akun, made }: AkunProps & { made: ApiKey }) {
  const said = words.value;
  const ask = () =>
    akun.confirm({
      title: said.endKeyTitle(made.name),
      effects: said.endKeyEffects,
      yes: said.endKeyYes,
      run: () => akun.keys.end(made),
    });
  return (
    <li class="akun-row">
      <div>
        <p class="title-group">{made.name}</p>
        <p>{made.scopes.map((scope) => named(said.scopeNames, scope)).join(", ")}</p>
        <p class="secondary num">
          {said.keyUntil(day(made.expires))} · {made.used ? said.keyUsed(instant(made.used)) : said.keyUnused}
        </p>
      </div>
      <button
        type="button"
        class="btn"
        aria-label={said.endKey(made.name)}
        aria-disabled={akun.keys.doing.sending.value}
        onClick={ask}
      >
        {said.end}
      </button>
    </li>
  );
}

function Scopes({ akun }: AkunProps) {
  const said = words.value;
  const { keys } = akun;
  return (
    <fieldset class="akun-scopes" id={SCOPES_ID} tabIndex={-1} {...described(keys.doing, SCOPES_ID, false)}>
      <legend class="field-label">{said.scopes}</legend>
      {SCOPES.map((scope) => (
        <label key={scope}>
          <input
            type="checkbox"
            checked={keys.scopes.value.includes(scope)}
            onChange={(event) => keys.turn(scope, event.currentTarget.checked)}
          />
          <span>{said.scopeWords[scope]}</span>
        </label>
      ))}
      <Beneath doing={keys.doing} id={SCOPES_ID} />
    </fieldset>
  );
}

function Term({ akun }: AkunProps) {
  const said = words.value;
  const { keys } = akun;
  return (
    <div class="field">
      <label for="kunci-masa">{said.term}</label>
      <select
        id="kunci-masa"
        class="select"
        value={keys.days.value}
        onChange={(event) => {
          keys.days.value = Number(event.currentTarget.value);
        }}
      >
        {TERMS.map((days) => (
          <option key={days} value={days}>
            {said.days(days, day(lastDay(days, new Date())))}
          </option>
        ))}
      </select>
    </div>
  );
}

function NewKey({ akun }: AkunProps) {
  const said = words.value;
  const { keys } = akun;
  return (
    <details class="akun-more">
      <summary>{said.makeKey}</summary>
      <Form send={() => keys.add()}>
        <TextField
          doing={keys.doing}
          id={NAME}
          label={said.keyName}
          value={keys.name}
          hint={said.keyNameHint}
        />
        <Scopes akun={akun} />
        <Term akun={akun} />
        <Submit doing={keys.doing} text={said.makeKey} busy={said.saving} />
      </Form>
    </details>
  );
}

/** One's own keys for programs. */
export function KeysPart({ akun }: AkunProps) {
  const said = words.value;
  const { list, doing } = akun.keys;
  const { value, error, loading } = list;
  const slow = useSlow(loading.value && value.value === null);
  return (
    <Part id="kunci" title={said.keys} doing={doing}>
      <p>{said.keysWhy}</p>
      <Made akun={akun} />
      {slow ? <SkeletonRows rows={1} /> : null}
      {error.value ? (
        <Failed title={said.keysFailed} still="" error={error.value} retry={() => list.retry()} />
      ) : null}
      {value.value?.length === 0 ? <p class="secondary">{said.noKeys}</p> : null}
      <ul class="akun-rows" aria-busy={loading.value}>
        {(value.value ?? []).map((made) => (
          <Key key={made.id} akun={akun} made={made} />
        ))}
      </ul>
      <NewKey akun={akun} />
    </Part>
  );
}
