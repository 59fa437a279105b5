import type { AnsweredEvent, FullItem } from "../../api/contract";
import { instant, named } from "../../i18n";
import { words } from "../../i18n/kerja";
import { words as steps } from "../../i18n/steps";
import { fullName } from "../../panels/names";
import { StatusChip } from "../../panels/StatusChip";
import type { KerjaStore } from "./store";

interface EventProps {
  store: KerjaStore;
  item: FullItem;
  event: AnsweredEvent;
}

/** The area in which somebody acted, by name where it is one of the usulan's own. */
function areaOf({ areas }: FullItem, code: string | null): string {
  const area = areas.find((each) => each.code === code);
  return area ? ` · ${fullName(area)}` : code ? ` · ${code}` : "";
}

function Event({ store, item, event }: EventProps) {
  const said = words.value;
  const { at, from, to, kind, actor, reason, reason_code, details, answer } = event;
  const reasonName = (store.reasons.value.value ?? []).find(({ code }) => code === reason_code)?.name;
  const isStep = kind === "perubahan_status" || kind === "pengajuan";
  const into = typeof details.into === "string" ? details.into : null;
  return (
    <li class="event">
      <p class="event-head">
        {isStep ? null : <strong>{named(steps.value.kinds, kind)}</strong>}
        {from === to ? null : <StatusChip status={to} />}
        {into ? <span class="secondary num">{said.merges(into)}</span> : null}
      </p>
      <p class="hint num">
        <time dateTime={at}>{instant(at)}</time> · {said.by(named(said.actors, actor.role))}
        {areaOf(item, actor.area)}
      </p>
      {reason_code ? (
        <p class="secondary">
          <strong>{reasonName ?? reason_code}</strong> <span class="hint">{reason_code}</span>
        </p>
      ) : null}
      {reason ? <p class="secondary">{reason}</p> : null}
      {answer ? <blockquote class="answer">{answer}</blockquote> : null}
    </li>
  );
}

/** What happened to an usulan, the newest first: an officer asks what stands now. */
export function History({ store, item }: { store: KerjaStore; item: FullItem }) {
  return (
    <section>
      <h2>{words.value.history}</h2>
      <ol class="timeline">
        {[...item.events].reverse().map((event) => (
          <Event key={event.hash} store={store} item={item} event={event} />
        ))}
      </ol>
    </section>
  );
}
