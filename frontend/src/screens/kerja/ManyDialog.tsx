import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { DeskItem, RefusedOne } from "../../api/contract";
import { Problem } from "../../api/problem";
import { words as shared } from "../../i18n";
import { words } from "../../i18n/kerja";
import { Icon } from "../../panels/Icon";
import { Fields, type FieldsProps, fieldToFill, Meaning } from "./Fields";
import { wordsOfAct } from "./forms";
import type { Progress } from "./many";
import type { KerjaStore } from "./store";
import { actBehind, subjectOf } from "./together";

interface StoreProps {
  store: KerjaStore;
}

const GO_ID = "simpan-bersama";
const TROUBLE_ID = "galat-bersama";

/** What an act on several usulan is called. */
export function wordsOfMany(name: string, items: readonly DeskItem[]): string {
  return wordsOfAct(actBehind(name), subjectOf(name, items));
}

/** Which usulan an act is not for, and why; opened by their title. */
export function Refused({ refused, items }: { refused: readonly RefusedOne[]; items: readonly DeskItem[] }) {
  const titles = new Map(items.map(({ number, title }) => [number, title]));
  return (
    <ul class="refused">
      {refused.map(({ number, detail }) => (
        <li key={number}>
          <strong>{titles.get(number) ?? number}</strong> <span class="hint num">{number}</span>
          <br />
          {detail}
        </li>
      ))}
    </ul>
  );
}

function Counted({ store }: StoreProps) {
  const { counted, items } = store.many;
  if (counted.value === null) return null;
  const { would, refused } = counted.value;
  return (
    <div class="notice" role="status" id="hitungan-bersama" tabIndex={-1}>
      <Icon name="info" />
      <div>
        <p class="title-group">
          {would === 0 ? words.value.wouldNone : words.value.would(would, items.value.length)}
        </p>
        {refused.length > 0 && would > 0 ? <p>{words.value.wouldNot(refused.length)}</p> : null}
        <Refused refused={refused} items={items.value} />
      </div>
    </div>
  );
}

function Trouble({ store }: StoreProps) {
  const { error, faults } = store.many;
  if (error.value === null && faults.value.other === undefined) return null;
  const { value } = error;
  const detail = value instanceof Problem && !value.unanswered ? value.detail : "";
  return (
    <div class="notice notice-bad" role="alert" tabIndex={-1} id={TROUBLE_ID}>
      <Icon name="warning" />
      <p>
        {detail || faults.value.other || shared.value.noNetwork} {words.value.draftKept}
      </p>
    </div>
  );
}

function Working({ progress, stop }: { progress: Progress; stop: () => void }) {
  const { isMeant, done, all } = progress;
  return (
    <div class="working">
      <p role="status">{isMeant ? words.value.doing(done, all) : words.value.counting(done, all)}</p>
      <progress value={done} max={all} aria-label={words.value.manyProgress} />
      <button type="button" class="btn" onClick={stop}>
        {words.value.stop}
      </button>
    </div>
  );
}

/** Where the focus goes: into the form, to what is wrong with it, to the button that does it. */
function useManyFocus(props: FieldsProps): void {
  const { many } = props.store;
  const refusals = many.refusals.value;
  const counted = many.counted.value;
  const first = useRef(true);
  useEffect(() => {
    const wrong = many.error.value === null ? GO_ID : TROUBLE_ID;
    const id = fieldToFill(props, first.current) ?? wrong;
    first.current = false;
    document.getElementById(id)?.focus();
  }, [refusals, counted]);
}

function Form({ store, name }: StoreProps & { name: string }) {
  const { many } = store;
  const items = many.items.value;
  const fields: FieldsProps = {
    store,
    act: actBehind(name),
    item: subjectOf(name, items),
    draft: many.draft.value,
    faults: many.faults.value,
    change: (patch) => many.change(patch),
    form: "bersama",
  };
  useManyFocus(fields);
  const counted = many.counted.value;
  const isVain = counted?.would === 0;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!isVain) void many.submit();
  };
  return (
    <form class="many-form" noValidate onSubmit={submit} aria-labelledby="judul-bersama">
      <h2 id="judul-bersama">{words.value.manyTitle(wordsOfMany(name, items), items.length)}</h2>
      <Trouble store={store} />
      <Meaning act={fields.act} />
      <Fields {...fields} />
      <Counted store={store} />
      {many.progress.value ? <Working progress={many.progress.value} stop={() => many.stop()} /> : null}
      <div class="act-buttons">
        <button
          type="submit"
          class="btn btn-main"
          id={GO_ID}
          aria-disabled={isVain || many.progress.value !== null}
        >
          {counted === null ? words.value.countFirst : words.value.carryOut(counted.would)}
        </button>
        <button type="button" class="btn" onClick={() => many.close()}>
          {words.value.cancel}
        </button>
      </div>
    </form>
  );
}

/** One act on the ticked usulan: asked for, counted, then done. */
export function ManyDialog({ store }: StoreProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const name = store.many.open.value;
  // Shown before its form looks for the field to fill, which it would lose to the first.
  useLayoutEffect(() => {
    if (name !== null) dialog.current?.showModal();
    else dialog.current?.close();
  }, [name !== null]);
  return (
    <dialog class="many-dialog" ref={dialog} onClose={() => store.many.close()}>
      {name === null ? null : <Form key={name} store={store} name={name} />}
    </dialog>
  );
}
