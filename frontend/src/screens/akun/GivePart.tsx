import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { AreaName } from "../../api/contract";
import { words as shared } from "../../i18n";
import { words } from "../../i18n/akun";
import { fullName } from "../../panels/names";
import { readBeneath } from "./areaNames";
import type { FieldNames } from "./fieldNames";
import { AREA, EMAIL, FIELDS, type Giving, NAME, PROGRAMMES, ROLE, UNTIL } from "./giving";
import type { Officers } from "./officers";
import { Beneath, described, Form, Said, Submit, TextField } from "./Parts";

interface GivingProps {
  giving: Giving;
}

/** The areas of one list; null until they have come. */
function useBeneath(city: string, parent: string | null) {
  const areas = useSignal<AreaName[] | null>(null);
  const failed = useSignal(false);
  const attempt = useSignal(0);
  useEffect(() => {
    const abort = new AbortController();
    areas.value = null;
    failed.value = false;
    readBeneath(city, parent, abort.signal).then(
      (found) => {
        if (!abort.signal.aborted) areas.value = found;
      },
      () => {
        failed.value = !abort.signal.aborted;
      },
    );
    return () => abort.abort();
  }, [city, parent, attempt.value, areas, failed]);
  return { areas: areas.value, failed: failed.value, retry: () => attempt.value++ };
}

interface StepProps extends GivingProps {
  city: string;
  depth: number;
  parent: AreaName | null;
}

/** One list of areas on the way down to those of the role. */
function AreaStep({ giving, city, depth, parent }: StepProps) {
  const { areas, failed, retry } = useBeneath(city, parent?.code ?? null);
  const id = depth === 0 ? AREA : `${AREA}-${depth}`;
  if (failed)
    return (
      <p class="field-error" role="alert">
        {words.value.areasFailed}{" "}
        <button type="button" class="link" onClick={retry}>
          {shared.value.retry}
        </button>
      </p>
    );
  const leading = areas?.filter((area) => giving.leads(area));
  if (leading?.length === 0) return <p class="secondary">{words.value.nothingBeneath}</p>;
  const level = leading?.[0]?.level;
  return (
    <div class="field">
      <label for={id}>{level ? shared.value.levels[level] : words.value.area}</label>
      <select
        id={id}
        class="select"
        value={giving.chain.value[depth]?.code ?? ""}
        disabled={leading === undefined}
        onChange={({ currentTarget }) =>
          giving.take(depth, leading?.find(({ code }) => code === currentTarget.value) ?? null)
        }
        {...described(giving.doing, AREA, false)}
      >
        <option value="">{leading === undefined ? shared.value.loading : words.value.choose}</option>
        {leading?.map((area) => (
          <option key={area.code} value={area.code}>
            {fullName(area)}
          </option>
        ))}
      </select>
    </div>
  );
}

function Area({ giving, city }: GivingProps & { city: string }) {
  if (!giving.needsArea.value) return null;
  const chain = giving.chain.value;
  const last = chain.at(-1);
  const parents = last !== undefined && giving.reaches(last) ? chain.slice(0, -1) : chain;
  return (
    <fieldset class="akun-areas">
      <legend class="visually-hidden">{words.value.area}</legend>
      {[null, ...parents].map((parent, depth) => (
        <AreaStep key={parent?.code ?? ""} giving={giving} city={city} depth={depth} parent={parent} />
      ))}
      <Beneath doing={giving.doing} id={AREA} />
    </fieldset>
  );
}

function Role({ giving, all }: GivingProps & { all: boolean }) {
  const said = words.value;
  const roles = (giving.roles.value.value ?? []).filter(({ level }) => all || level !== null);
  return (
    <div class="field">
      <label for={ROLE}>{said.role}</label>
      <select
        id={ROLE}
        class="select"
        value={giving.role.value}
        onChange={({ currentTarget }) => {
          giving.role.value = currentTarget.value;
          giving.chain.value = [];
        }}
        {...described(giving.doing, ROLE, false)}
      >
        <option value="">{giving.roles.loading.value ? shared.value.loading : said.choose}</option>
        {roles.map(({ role, name }) => (
          <option key={role} value={role}>
            {name}
          </option>
        ))}
      </select>
      <Beneath doing={giving.doing} id={ROLE} />
    </div>
  );
}

interface FieldsProps extends GivingProps {
  names: FieldNames;
}

/** Each field of government in words. */
function FieldList({ giving, names }: FieldsProps) {
  const said = words.value;
  const { value, error } = names.list;
  if (error.value)
    return (
      <p class="field-error" role="alert">
        {said.fieldsFailed}{" "}
        <button type="button" class="link" onClick={() => names.list.retry()}>
          {shared.value.retry}
        </button>
      </p>
    );
  return (
    <div class="akun-field-list">
      {(value.value ?? []).map(({ code, name }) => (
        <label key={code}>
          <input
            type="checkbox"
            checked={giving.fields.value.includes(code)}
            onChange={(event) => giving.turn(code, event.currentTarget.checked)}
          />
          <span>{name}</span>
        </label>
      ))}
    </div>
  );
}

/** The fields of government that the role is for, or all of them. */
function Fields({ giving, names }: FieldsProps) {
  if (!giving.kind.value?.by_field) return null;
  const said = words.value;
  const every = giving.everyField.value;
  return (
    <>
      <fieldset class="akun-fields" id={FIELDS} tabIndex={-1} {...described(giving.doing, FIELDS, true)}>
        <legend class="field-label">{said.fieldsLabel}</legend>
        <Beneath doing={giving.doing} id={FIELDS} />
        <label class="akun-every-field">
          <input
            type="checkbox"
            checked={every}
            onChange={(event) => {
              giving.everyField.value = event.currentTarget.checked;
            }}
          />
          <span>{said.everyField}</span>
        </label>
        {every ? null : <FieldList giving={giving} names={names} />}
      </fieldset>
      {every ? null : (
        <TextField
          doing={giving.doing}
          id={PROGRAMMES}
          label={said.programmesLabel}
          value={giving.programmes}
          hint={said.programmesHint}
        />
      )}
    </>
  );
}

/** Giving somebody a role, who is invited where he has no account. */
export function GivePart({ officers }: { officers: Officers }) {
  const said = words.value;
  const { giving } = officers;
  const city = officers.city.value;
  if (city === null) return null;
  return (
    <details class="akun-more">
      <summary>{said.give}</summary>
      <p class="secondary">{said.giveWhy}</p>
      <Form send={() => giving.send()}>
        <TextField doing={giving.doing} id={EMAIL} label={said.email} value={giving.email} kind="email" />
        <TextField
          doing={giving.doing}
          id={NAME}
          label={said.name}
          value={giving.name}
          hint={said.nameHint}
        />
        <Role giving={giving} all={officers.runsInstallation.value} />
        <Area giving={giving} city={city.code} />
        <Fields giving={giving} names={officers.fields} />
        <TextField
          doing={giving.doing}
          id={UNTIL}
          label={said.untilLabel}
          value={giving.until}
          kind="date"
          hint={said.untilHint}
        />
        <Said doing={giving.doing} />
        <Submit doing={giving.doing} text={said.giveRole} busy={said.saving} />
      </Form>
    </details>
  );
}
