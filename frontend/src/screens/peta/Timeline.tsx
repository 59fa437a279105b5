import type { HistoryEvent } from "../../api/contract";
import { instant, named } from "../../i18n";
import { words } from "../../i18n/peta";
import { words as steps } from "../../i18n/steps";
import { Failed } from "../../panels/faces";
import { StatusChip } from "../../panels/StatusChip";
import { go } from "../../state/place";
import type { PetaStore } from "./store";

/** Of these the status alone tells what happened. */
const STEPS = ["perubahan_status", "pengajuan"];
/** A public number among words, as in "digabung ke 99.71-2027-N9782A". */
const NUMBER = /(\d{2}\.\d{2}-\d{4}-[0-9A-Z]{6})/;

/** A reason; the usulan that it names can be opened. */
function Reason({ text }: { text: string }) {
  const parts = text.split(NUMBER);
  return (
    <p class="secondary">
      {parts.map((part, index) =>
        index % 2 === 0 ? (
          part
        ) : (
          <button key={part} type="button" class="link num" onClick={() => go({ usulan: part })}>
            {part}
          </button>
        ),
      )}
    </p>
  );
}

function Event({ event }: { event: HistoryEvent }) {
  const { at, from, to, kind, actor, reason, reason_code } = event;
  const label = reason_code ? steps.value.reasons[reason_code] : null;
  return (
    <li class="event">
      <p class="event-head">
        {STEPS.includes(kind) ? null : <strong>{named(steps.value.kinds, kind)}</strong>}
        {from === to ? null : <StatusChip status={to} />}
      </p>
      <p class="hint num">
        <time dateTime={at}>{instant(at)}</time>
        {" · "}
        {words.value.by(named(steps.value.actors, actor.role))}
      </p>
      {label ? (
        <p class="secondary">
          <strong>{label}</strong> <span class="hint">{reason_code}</span>
        </p>
      ) : null}
      {reason ? <Reason text={reason} /> : null}
    </li>
  );
}

/** What happened to an usulan, oldest first, with the reasons that were given. */
export function Timeline({ store }: { store: PetaStore }) {
  const { history } = store.choice;
  const events = history.value.value?.events ?? [];
  return (
    <section>
      <h3>{words.value.history}</h3>
      {history.error.value ? (
        <Failed
          title={words.value.historyFailed}
          still={store.mapWorks.value ? words.value.mapStillWorks : ""}
          error={history.error.value}
          retry={() => history.retry()}
        />
      ) : null}
      <ol class="timeline" aria-busy={history.loading.value}>
        {events.map((event, index) => (
          <Event key={`${event.at} ${index}`} event={event} />
        ))}
      </ol>
    </section>
  );
}
