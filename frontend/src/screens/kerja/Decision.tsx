import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { FullItem, Reason } from "../../api/contract";
import { Problem } from "../../api/problem";
import { named, words as shared } from "../../i18n";
import { words } from "../../i18n/kerja";
import { Icon } from "../../panels/Icon";
import { isStillOpen } from "./acting";
import {
  type ActName,
  actsOn,
  type Field,
  fieldsOf,
  filledIn,
  isRequired,
  isSetback,
  nameOfMove,
  targetOf,
} from "./forms";
import { leaveForm, STEPS_ID } from "./steps";
import type { KerjaStore } from "./store";

interface ItemProps {
  store: KerjaStore;
  item: FullItem;
}

interface FormProps extends ItemProps {
  act: ActName;
}

const idOf = (field: Field): string => `isian-${field}`;

export function wordsOfAct(act: ActName): string {
  const target = targetOf(act);
  return target === null ? act : named(words.value.moves, target);
}

function labelOf(act: ActName, field: Field): string {
  const said = words.value;
  if (field === "reason") return isSetback(targetOf(act) ?? "") ? said.reason : said.note;
  return { code: said.code, question: said.askWhat, into: said.into }[field];
}

function hintOf(field: Field): string | null {
  const said = words.value;
  return { code: null, reason: said.reasonHint, question: said.askHint, into: said.intoHint }[field];
}

function CodeOptions({ reasons, target }: { reasons: readonly Reason[]; target: string }) {
  const usual = reasons.filter(({ suits }) => suits.includes(target));
  const others = reasons.filter((each) => !usual.includes(each));
  const option = ({ code, name }: Reason) => (
    <option key={code} value={code}>
      {code} · {name}
    </option>
  );
  return (
    <>
      <option value="">{words.value.chooseCode}</option>
      <optgroup label={words.value.usualCodes}>{usual.map(option)}</optgroup>
      <optgroup label={words.value.otherCodes}>{others.map(option)}</optgroup>
    </>
  );
}

function Control({ store, item, act, field }: FormProps & { field: Field }) {
  const { drafts, faults } = store.acting;
  const fault = faults.value[field];
  const described = [hintOf(field) ? `petunjuk-${field}` : "", fault ? `galat-${field}` : ""].filter(Boolean);
  const shared = {
    id: idOf(field),
    value: filledIn(drafts.of(item.number, act), act, field),
    "aria-invalid": fault !== undefined,
    "aria-required": isRequired(act, field),
    ...(described.length > 0 && { "aria-describedby": described.join(" ") }),
  };
  const change = (value: string) => drafts.change(item.number, act, { [field]: value });
  if (field === "code") {
    return (
      <select class="select" {...shared} onChange={(event) => change(event.currentTarget.value)}>
        <CodeOptions reasons={store.reasons.value.value ?? []} target={targetOf(act) ?? ""} />
      </select>
    );
  }
  if (field === "into") {
    return (
      <input
        class="input num"
        autocomplete="off"
        {...shared}
        onInput={(event) => change(event.currentTarget.value)}
      />
    );
  }
  return (
    <textarea
      class="textarea"
      rows={field === "reason" && !isRequired(act, field) ? 2 : 3}
      maxLength={500}
      {...shared}
      onInput={(event) => change(event.currentTarget.value)}
    />
  );
}

function FieldBox({ children, ...form }: FormProps & { field: Field; children?: ComponentChildren }) {
  const { store, act, field } = form;
  const fault = store.acting.faults.value[field];
  const hint = hintOf(field);
  return (
    <div class="field">
      <label for={idOf(field)}>
        {labelOf(act, field)}{" "}
        {isRequired(act, field) ? null : <span class="hint">({words.value.optional})</span>}
      </label>
      <Control {...form} />
      {fault ? (
        <p class="field-error" id={`galat-${field}`}>
          {fault}
        </p>
      ) : null}
      {hint ? (
        <p class="hint" id={`petunjuk-${field}`}>
          {hint}
        </p>
      ) : null}
    </div>
  );
}

/** Why an act was not taken, where that is of no single field. */
function Trouble({ store }: { store: KerjaStore }) {
  const { error, faults } = store.acting;
  if (error.value === null && faults.value.other === undefined) return null;
  const { value } = error;
  const reason = value instanceof Problem ? value.detail : (faults.value.other ?? "");
  const silent = value instanceof Problem && value.unanswered;
  return (
    <div class="notice notice-bad" role="alert" tabIndex={-1} id="galat-langkah">
      <Icon name="warning" />
      <div>
        <p class="title-group">{words.value.actFailed}</p>
        <p>
          {silent || !reason ? shared.value.noNetwork : reason} {words.value.draftKept}
        </p>
      </div>
    </div>
  );
}

/** Where the focus goes: into a form that opens, and to what was wrong with it. */
function useFormFocus(store: KerjaStore, act: ActName, fields: readonly Field[]): void {
  const refusals = store.acting.refusals.value;
  const first = useRef(true);
  useEffect(() => {
    const faulty = fields.find((field) => field in store.acting.faults.value);
    const needed = fields.find((field) => isRequired(act, field));
    const opened = first.current ? (needed ? idOf(needed) : "simpan-langkah") : "galat-langkah";
    first.current = false;
    document.getElementById(faulty ? idOf(faulty) : opened)?.focus();
  }, [act, refusals]);
}

function Form({ store, item, act }: FormProps) {
  const { acting } = store;
  const fields = fieldsOf(act);
  const target = targetOf(act);
  const open = isStillOpen(item, act);
  useFormFocus(store, act, fields);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (open) void acting.take(item);
  };
  return (
    <form class="act-form" noValidate onSubmit={submit} aria-label={wordsOfAct(act)}>
      {open ? null : <p class="notice notice-warn">{words.value.notOpenNow}</p>}
      <Trouble store={store} />
      {target !== null && open ? (
        <p class="secondary">{words.value.becomes(named(shared.value.statuses, target))}</p>
      ) : null}
      {fields.map((field) => (
        <FieldBox key={field} store={store} item={item} act={act} field={field} />
      ))}
      <div class="act-buttons">
        {open ? (
          <button type="submit" class="btn btn-main" id="simpan-langkah" aria-disabled={acting.sending.value}>
            {acting.sending.value ? words.value.sending : `${words.value.send}: ${wordsOfAct(act)}`}
          </button>
        ) : null}
        <button type="button" class="btn" onClick={() => leaveForm(store)}>
          {words.value.cancel}
        </button>
      </div>
    </form>
  );
}

/** Everything that the officer may do to the open usulan; each asks for what it needs in place. */
export function Decision({ store, item }: ItemProps) {
  const { open } = store.acting;
  const acts = actsOn(item);
  const [next] = acts;
  const kindOf = (act: ActName) => {
    if (act === next && open.value === null && !isSetback(targetOf(act) ?? "")) return "btn btn-main";
    return act === nameOfMove("ditolak") ? "btn btn-danger" : "btn";
  };
  return (
    <section class="decision" id={STEPS_ID}>
      <h2>{words.value.decide}</h2>
      {acts.length === 0 ? <p class="secondary">{words.value.noActs}</p> : null}
      <div class="acts">
        {acts.map((act) => (
          <button
            key={act}
            type="button"
            class={kindOf(act)}
            data-act={act}
            aria-expanded={open.value === act}
            onClick={() => store.acting.choose(open.value === act ? null : act)}
          >
            {wordsOfAct(act)}
          </button>
        ))}
      </div>
      {open.value === null ? null : <Form key={open.value} store={store} item={item} act={open.value} />}
    </section>
  );
}
