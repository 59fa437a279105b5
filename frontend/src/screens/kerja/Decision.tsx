import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { FullItem, Reason } from "../../api/contract";
import { Problem } from "../../api/problem";
import { named, words as shared } from "../../i18n";
import { words } from "../../i18n/kerja";
import { Icon } from "../../panels/Icon";
import { isStillOpen } from "./acting";
import type { Field } from "./drafts";
import {
  type ActName,
  actsOn,
  fieldsOf,
  filledIn,
  isRequired,
  isSetback,
  movesOn,
  nameOfMove,
  PARTS,
  targetOf,
} from "./forms";
import { pointText } from "./spots";
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

/** What it is called to do it; holding back and showing are one act. */
function wordsOfAct(act: ActName, { published }: FullItem): string {
  const target = targetOf(act);
  if (target !== null) return named(words.value.moves, target);
  return act === "publication" && !published ? words.value.publish : named(words.value.acts, act);
}

function labelOf(act: ActName, field: Field, item: FullItem): string {
  if (field === "reason" && !isRequired(act, field, item)) return words.value.note;
  return words.value.fields[field];
}

/** What helps to fill a field in; a map beside the form is pointed at. */
function hintOf({ store }: FormProps, field: Field): string | null {
  if (field === "point" && store.map.value === null) return words.value.pointByHand;
  return words.value.hints[field] ?? null;
}

function PartOptions({ item }: { item: FullItem }) {
  return PARTS.filter((part) => item[part]).map((part) => (
    <option key={part} value={part}>
      {words.value.parts[part]}
    </option>
  ));
}

function CategoryOptions({ store, item }: ItemProps) {
  const others = (store.categories.value.value ?? []).filter(({ code }) => code !== item.category);
  return (
    <>
      <option value="">{words.value.chooseCategory}</option>
      {others.map(({ code, name }) => (
        <option key={code} value={code}>
          {name}
        </option>
      ))}
    </>
  );
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

function Options({ store, item, act, field }: FormProps & { field: Field }) {
  if (field === "part") return <PartOptions item={item} />;
  if (field === "category") return <CategoryOptions store={store} item={item} />;
  return <CodeOptions reasons={store.reasons.value.value ?? []} target={targetOf(act) ?? ""} />;
}

const CHOSEN: ReadonlySet<Field> = new Set(["code", "part", "category"]);
const LONG: ReadonlySet<Field> = new Set(["reason", "question"]);

function Control(form: FormProps & { field: Field }) {
  const { store, item, act, field } = form;
  const { drafts, faults } = store.acting;
  const fault = faults.value[field];
  const described = [hintOf(form, field) ? `petunjuk-${field}` : "", fault ? `galat-${field}` : ""].filter(
    Boolean,
  );
  const change = (value: string) => drafts.change(item.number, act, { [field]: value });
  const shared = {
    id: idOf(field),
    value: filledIn(drafts.of(item.number, act), act, field, item),
    "aria-invalid": fault !== undefined,
    "aria-required": isRequired(act, field, item),
    ...(described.length > 0 && { "aria-describedby": described.join(" ") }),
  };
  if (CHOSEN.has(field)) {
    return (
      <select class="select" {...shared} onChange={(event) => change(event.currentTarget.value)}>
        <Options {...form} />
      </select>
    );
  }
  if (LONG.has(field)) {
    return (
      <textarea
        class="textarea"
        rows={isRequired(act, field, item) ? 3 : 2}
        maxLength={500}
        {...shared}
        onInput={(event) => change(event.currentTarget.value)}
      />
    );
  }
  return (
    <input
      class="input num"
      autocomplete="off"
      {...shared}
      onInput={(event) => change(event.currentTarget.value)}
    />
  );
}

/** The middle of the map as the place: what the keyboard has instead of a tap on it. */
function MapCentre({ store, item, act }: FormProps) {
  if (store.map.value === null) return null;
  const take = () => {
    const centre = store.map.peek()?.centre();
    if (centre) store.drafts.change(item.number, act, { point: pointText(centre) });
  };
  return (
    <button type="button" class="btn" onClick={take}>
      <Icon name="locate" />
      {words.value.useCentre}
    </button>
  );
}

function FieldBox({ children, ...form }: FormProps & { field: Field; children?: ComponentChildren }) {
  const { store, item, act, field } = form;
  const fault = store.acting.faults.value[field];
  const hint = hintOf(form, field);
  return (
    <div class="field">
      <label for={idOf(field)}>
        {labelOf(act, field, item)}{" "}
        {isRequired(act, field, item) ? null : <span class="hint">({words.value.optional})</span>}
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
      {field === "point" ? <MapCentre store={store} item={item} act={act} /> : null}
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
function useFormFocus({ store, item, act }: FormProps): void {
  const refusals = store.acting.refusals.value;
  const first = useRef(true);
  useEffect(() => {
    const fields = fieldsOf(act);
    const faulty = fields.find((field) => field in store.acting.faults.value);
    const [asked] = fields.some((field) => isRequired(act, field, item)) ? fields : [];
    const opened = first.current ? (asked ? idOf(asked) : "simpan-langkah") : "galat-langkah";
    first.current = false;
    document.getElementById(faulty ? idOf(faulty) : opened)?.focus();
  }, [act, refusals]);
}

function Form(form: FormProps) {
  const { store, item, act } = form;
  const { acting } = store;
  const fields = fieldsOf(act);
  const target = targetOf(act);
  const open = isStillOpen(item, act);
  useFormFocus(form);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (open) void acting.take(item);
  };
  return (
    <form class="act-form" noValidate onSubmit={submit} aria-label={wordsOfAct(act, item)}>
      {open ? null : <p class="notice notice-warn">{words.value.notOpenNow}</p>}
      <Trouble store={store} />
      {target !== null && open ? (
        <p class="secondary">{words.value.becomes(named(shared.value.statuses, target))}</p>
      ) : null}
      {target === null && words.value.actMeans[act] ? (
        <p class="secondary">{words.value.actMeans[act]}</p>
      ) : null}
      {fields.map((field) => (
        <FieldBox key={field} store={store} item={item} act={act} field={field} />
      ))}
      <div class="act-buttons">
        {open ? (
          <button type="submit" class="btn btn-main" id="simpan-langkah" aria-disabled={acting.sending.value}>
            {acting.sending.value ? words.value.sending : `${words.value.send}: ${wordsOfAct(act, item)}`}
          </button>
        ) : null}
        <button type="button" class="btn" onClick={() => leaveForm(store)}>
          {words.value.cancel}
        </button>
      </div>
    </form>
  );
}

interface StepProps extends FormProps {
  kind: string;
}

function Step({ store, item, act, kind }: StepProps) {
  const { open } = store.acting;
  return (
    <button
      type="button"
      class={kind}
      data-act={act}
      aria-expanded={open.value === act}
      onClick={() => store.acting.choose(open.value === act ? null : act)}
    >
      {wordsOfAct(act, item)}
    </button>
  );
}

/** Everything that the officer may do to the open usulan; each asks for what it needs in place. */
export function Decision({ store, item }: ItemProps) {
  const { open } = store.acting;
  const moves = movesOn(item);
  const acts = actsOn(item);
  const [next] = moves;
  const kindOf = (act: ActName) => {
    if (act === next && open.value === null && !isSetback(targetOf(act) ?? "")) return "btn btn-main";
    return act === nameOfMove("ditolak") ? "btn btn-danger" : "btn";
  };
  return (
    <section class="decision" id={STEPS_ID}>
      <h2>{words.value.decide}</h2>
      {moves.length + acts.length === 0 ? <p class="secondary">{words.value.noActs}</p> : null}
      <div class="acts">
        {moves.map((act) => (
          <Step key={act} store={store} item={item} act={act} kind={kindOf(act)} />
        ))}
      </div>
      {acts.length > 0 ? (
        <div class="acts acts-beside" role="group" aria-label={words.value.beside}>
          {acts.map((act) => (
            <Step key={act} store={store} item={item} act={act} kind="btn" />
          ))}
        </div>
      ) : null}
      {open.value === null ? null : <Form key={open.value} store={store} item={item} act={open.value} />}
    </section>
  );
}
