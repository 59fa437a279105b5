import type { HistoryEvent } from "../../api/contract";
import { instant, named } from "../../i18n";
import { words } from "../../i18n/peta";
import { words as steps } from "../../i18n/steps";
import { Failed } from "../../panels/faces";
import { StatusChip } from "../../panels/StatusChip";
import type { PetaStore } from "./store";

function Event({ event }: { event: HistoryEvent }) {
  const { at, to, actor, reason, reason_code } = event;
  const label = reason_code ? steps.value.reasons[reason_code] : null;
  return (
    <li class="event">
      {to ? <StatusChip status={to} /> : null}
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
      {reason ? <p class="secondary">{reason}</p> : null}
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
