import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { words as shared } from "../../i18n";
import { words } from "../../i18n/kerja";
import { Choice } from "../../panels/Choice";
import type { KerjaStore } from "./store";

interface StoreProps {
  store: KerjaStore;
}

const LONGEST_NAME = 60;
const ASK_ID = "simpan-tampilan";

function Fault({ store }: StoreProps) {
  const { fault } = store.saved;
  if (fault.value === null) return null;
  return (
    <p class="field-error" id="galat-tampilan" role="alert">
      {words.value.viewFailed} {fault.value || shared.value.noNetwork}
    </p>
  );
}

/** Asks what the present list is to be called. */
function Naming({ store }: StoreProps) {
  const { saved } = store;
  const name = useSignal("");
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => field.current?.focus(), []);
  const leave = () => {
    saved.ask(false);
    requestAnimationFrame(() => document.getElementById(ASK_ID)?.focus());
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (name.value.trim()) void saved.save(name.value.trim());
    else field.current?.focus();
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === "Escape") leave();
  };
  return (
    <form class="view-naming" onSubmit={submit} onKeyDown={press}>
      <input
        ref={field}
        class="input"
        aria-label={words.value.viewName}
        aria-describedby="petunjuk-tampilan"
        placeholder={words.value.viewName}
        maxLength={LONGEST_NAME}
        value={name.value}
        onInput={(event) => {
          name.value = event.currentTarget.value;
        }}
      />
      <button type="submit" class="btn" aria-disabled={saved.busy.value}>
        {words.value.send}
      </button>
      <button type="button" class="btn btn-quiet" onClick={leave}>
        {words.value.cancel}
      </button>
      <span class="visually-hidden" id="petunjuk-tampilan">
        {words.value.viewNameHint}
      </span>
      <Fault store={store} />
    </form>
  );
}

/** Lists of work by names of the officer's own: chosen, saved, and forgotten again. */
export function SavedViews({ store }: StoreProps) {
  const { saved } = store;
  const views = saved.list.value.value ?? [];
  const current = saved.current.value;
  if (saved.naming.value) return <Naming store={store} />;
  return (
    <div class="views">
      {views.length > 0 ? (
        <Choice
          label={words.value.savedViews}
          {...(current === null && { all: words.value.chooseView })}
          value={current ?? ""}
          options={views.map(({ name }) => [name, name])}
          choose={(name) => saved.open(name)}
        />
      ) : null}
      {current === null ? (
        <button type="button" class="link" id={ASK_ID} onClick={() => saved.ask(true)}>
          {words.value.saveView}
        </button>
      ) : (
        <button type="button" class="link" id={ASK_ID} onClick={() => void saved.drop(current)}>
          {words.value.dropView}
        </button>
      )}
      <Fault store={store} />
    </div>
  );
}
