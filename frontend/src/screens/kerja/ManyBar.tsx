import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { number, rupiah } from "../../i18n";
import { words } from "../../i18n/kerja";
import { Icon } from "../../panels/Icon";
import { Refused, wordsOfMany } from "./ManyDialog";
import type { ManyOutcome } from "./many";
import type { KerjaStore } from "./store";
import { sumsOf } from "./ticks";
import { actsTogether } from "./together";

interface StoreProps {
  store: KerjaStore;
}

export const MANY_ID = "langkah-bersama";

/** How the last act on many went, with the way back from it. */
function Outcome({ store, outcome }: StoreProps & { outcome: ManyOutcome }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), [outcome]);
  const { name, all, done, refused, left } = outcome;
  const said = words.value;
  const undone = name === "undo";
  const told = undone ? said.manyUndone(done.length) : said.manyDone(wordsOfMany(name, all), done.length);
  const hide = () => {
    store.many.outcome.value = null;
  };
  return (
    <div class="many-outcome" role="status" tabIndex={-1} ref={box}>
      <p class="title-group">{told}</p>
      {left.length > 0 ? <p>{said.manyLeft(left.length)}</p> : null}
      {refused.length > 0 ? <p>{said.manyRefused(refused.length)}</p> : null}
      <Refused refused={refused} items={all} />
      <div class="act-buttons">
        {done.length > 0 && !undone ? (
          <button type="button" class="btn" onClick={() => store.many.begin("undo", done)}>
            {said.undoMany(done.length)}
          </button>
        ) : null}
        <button type="button" class="btn" onClick={hide}>
          {said.hide}
        </button>
      </div>
    </div>
  );
}

function Sum({ store }: StoreProps) {
  const items = store.ticks.items.value;
  const { cost, costed, supporters } = sumsOf(items);
  const said = words.value;
  return (
    <p class="num" role="status">
      <strong>{said.ticked(items.length)}</strong>
      {costed > 0 ? ` · ${said.ticksCost(rupiah(cost), costed, items.length)}` : ""}
      {` · ${said.supporters(supporters)}`}
    </p>
  );
}

/** What can be done to the ticked ones; choosing alone does nothing yet, for arrows choose too. */
function Acts({ store }: StoreProps) {
  const items = store.ticks.items.value;
  const acts = actsTogether(items);
  const chosen = useSignal("");
  const name = acts.some(([each]) => each === chosen.value) ? chosen.value : (acts[0]?.[0] ?? "");
  const said = words.value;
  const begin = (event: SubmitEvent) => {
    event.preventDefault();
    if (name) store.many.begin(name, items);
  };
  return (
    <form class="many-acts" onSubmit={begin}>
      <select
        class="select"
        id={MANY_ID}
        aria-label={said.manyAct}
        value={name}
        onChange={(event) => {
          chosen.value = event.currentTarget.value;
        }}
      >
        {acts.length === 0 ? <option value="">{said.manyNone}</option> : null}
        {acts.map(([each, count]) => (
          <option key={each} value={each}>
            {wordsOfMany(each, items)} ({number(count)})
          </option>
        ))}
      </select>
      <button type="submit" class="btn" aria-disabled={name === ""}>
        {said.manyGo}
      </button>
      <button
        type="button"
        class="btn btn-icon"
        aria-label={said.untick}
        title={said.untick}
        onClick={() => store.ticks.clear()}
      >
        <Icon name="close" />
      </button>
    </form>
  );
}

/** What is ticked, what that sums to, and what can be done to all of it. */
export function ManyBar({ store }: StoreProps) {
  const outcome = store.many.outcome.value;
  return (
    <>
      {outcome ? <Outcome store={store} outcome={outcome} /> : null}
      {store.ticks.items.value.length > 0 ? (
        <div class="many-bar">
          <Sum store={store} />
          <Acts store={store} />
        </div>
      ) : null}
    </>
  );
}
