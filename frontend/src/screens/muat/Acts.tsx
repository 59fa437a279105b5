import { useSignal } from "@preact/signals";
import type { FullLoad } from "../../api/contract";
import type { LoadAct } from "../../api/loads";
import { words } from "../../i18n/muat";
import { Confirm, type Question } from "./Confirm";
import { isUnreadable } from "./states";
import type { MuatStore } from "./store";

/** How many would be written, and that it can be taken back. */
function commitQuestion({ report }: FullLoad): Question | null {
  if (!report) return null;
  const { created, updated, rejected } = report;
  const said = words.value;
  return {
    title: said.commitTitle(created + updated),
    body: [
      created ? said.commitCreated(created) : "",
      updated ? said.commitUpdated(updated) : "",
      rejected ? said.commitRejected(rejected) : "",
      created ? said.commitUndo : "",
      updated ? said.commitNoUndo : "",
    ].filter(Boolean),
    go: said.commit(created + updated),
  };
}

function undoQuestion({ report }: FullLoad): Question {
  const said = words.value;
  return {
    title: said.undoTitle(report?.created ?? 0),
    body: [
      said.undoTouched,
      said.undoHistory,
      report?.updated ? said.undoUpdated(report.updated) : "",
    ].filter(Boolean),
    go: said.undoGo,
    danger: true,
  };
}

const cancelQuestion = (): Question => ({
  title: words.value.cancelTitle,
  body: [words.value.cancelBody],
  go: words.value.cancelGo,
  danger: true,
});

function questionFor(act: LoadAct | null, load: FullLoad): Question | null {
  if (act === "commit") return commitQuestion(load);
  if (act === "undo") return undoQuestion(load);
  return act === "cancel" ? cancelQuestion() : null;
}

/** How many usulan a stored load changed that made none: it cannot be taken back. */
export const onlyUpdated = ({ state, report }: FullLoad): number =>
  state === "selesai" && report?.created === 0 ? report.updated : 0;

/** What there is to do, as the load stands and as its mapping was changed here since. */
export interface Ways {
  /** How many usulan a commit would write; 0 where it cannot be. */
  rows: number;
  /** Tried as it is, and there is nothing to store. */
  isVain: boolean;
  /** Tried under a role of somebody else: it is tried once more before it is stored under one's own. */
  isOthers: boolean;
  canCheck: boolean;
}

export function waysOf(load: FullLoad, changed: boolean): Ways {
  const { report, may } = load;
  const counted = report ? report.created + report.updated : 0;
  const rows = may.includes("commit") && !changed ? counted : 0;
  const isVain = load.state === "menunggu" && report !== null && counted === 0 && !changed;
  const canCheck = may.includes("check") && rows === 0 && !isVain && !isUnreadable(load);
  const isOthers = load.state === "menunggu" && counted > 0 && rows === 0 && !changed;
  return { rows, isVain, isOthers, canCheck };
}

/** What may be done to the load as it stands; what writes or throws away asks first. */
export function Acts({ store, load }: { store: MuatStore; load: FullLoad }) {
  const asked = useSignal<LoadAct | null>(null);
  const busy = store.acting.value !== null;
  const changed = store.draft.isChanged(load);
  const { rows, isVain, isOthers, canCheck } = waysOf(load, changed);
  const ask = (act: LoadAct) => () => {
    asked.value = act;
  };
  return (
    <div class="muat-acts">
      {rows > 0 ? (
        <button type="button" class="btn btn-main" aria-disabled={busy} onClick={ask("commit")}>
          {words.value.commit(rows)}
        </button>
      ) : null}
      {canCheck ? (
        <button type="button" class="btn btn-main" aria-disabled={busy} onClick={() => void store.check()}>
          {load.report ? words.value.checkAgain : words.value.check}
        </button>
      ) : null}
      {(["undo", "cancel"] as const)
        .filter((act) => load.may.includes(act))
        .map((act) => (
          <button key={act} type="button" class="btn btn-danger" aria-disabled={busy} onClick={ask(act)}>
            {words.value[act]}
          </button>
        ))}
      {isVain ? <p class="secondary">{words.value.nothingToStore}</p> : null}
      {onlyUpdated(load) ? <p class="secondary">{words.value.onlyUpdated(onlyUpdated(load))}</p> : null}
      {isOthers && canCheck ? <p class="secondary">{words.value.triedByOther}</p> : null}
      {changed && load.report ? <p class="secondary">{words.value.changedSince}</p> : null}
      <Confirm
        question={questionFor(asked.value, load)}
        close={() => {
          asked.value = null;
        }}
        sure={() => {
          const act = asked.value;
          asked.value = null;
          if (act) void store.act(act);
        }}
      />
    </div>
  );
}
