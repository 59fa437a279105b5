import { useLayoutEffect, useRef } from "preact/hooks";
import type { FullItem } from "../../api/contract";
import { Problem } from "../../api/problem";
import { words as shared } from "../../i18n";
import { words } from "../../i18n/kerja";
import { Icon } from "../../panels/Icon";
import { isStillOpen } from "./acting";
import { Fields, type FieldsProps, fieldToFill, Meaning } from "./Fields";
import { type ActName, actsOn, isSetback, movesOn, nameOfMove, targetOf, wordsOfAct } from "./forms";
import { leaveForm, STEPS_ID } from "./steps";
import type { KerjaStore } from "./store";

interface ItemProps {
  store: KerjaStore;
  item: FullItem;
}

interface FormProps extends ItemProps {
  act: ActName;
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
function useFormFocus(props: FieldsProps): void {
  const refusals = props.store.acting.refusals.value;
  const first = useRef(true);
  // At once, so that the next key is not one of the page's.
  useLayoutEffect(() => {
    const otherwise = first.current ? "simpan-langkah" : "galat-langkah";
    const id = fieldToFill(props, first.current) ?? otherwise;
    first.current = false;
    document.getElementById(id)?.focus();
  }, [props.act, refusals]);
}

function Form({ store, item, act }: FormProps) {
  const { acting } = store;
  const open = isStillOpen(item, act);
  const fields: FieldsProps = {
    store,
    item,
    act,
    draft: acting.drafts.of(item.number, act),
    faults: acting.faults.value,
    change: (patch) => acting.drafts.change(item.number, act, patch),
    form: "isian",
  };
  useFormFocus(fields);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (open) void acting.take(item);
  };
  return (
    <form class="act-form" noValidate onSubmit={submit} aria-label={wordsOfAct(act, item)}>
      {open ? null : <p class="notice notice-warn">{words.value.notOpenNow}</p>}
      <Trouble store={store} />
      {open ? <Meaning act={act} /> : null}
      <Fields {...fields} />
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
