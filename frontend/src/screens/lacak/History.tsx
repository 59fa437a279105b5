import type { OwnEvent, Tracking } from "../../api/contract";
import { instant, named } from "../../i18n";
import { words } from "../../i18n/lacak";
import { words as steps } from "../../i18n/steps";
import { fullName } from "../../panels/names";
import { StatusChip } from "../../panels/StatusChip";

interface EventProps {
  told: Tracking;
  event: OwnEvent;
}

/** Who did it: oneself, or an office with its area where that is one of the usulan's own. */
function actorOf({ areas }: Tracking, { role, area: code }: OwnEvent["actor"]): string {
  if (role === "warga") return words.value.you;
  const area = areas.find((each) => each.code === code);
  return area ? `${named(steps.value.actors, role)}, ${fullName(area)}` : named(steps.value.actors, role);
}

function Event({ told, event }: EventProps) {
  const { at, from, to, kind, actor, reason, reason_code, answer } = event;
  const isStep = kind === "perubahan_status";
  // Of withdrawing the server keeps a sentence of its own, which says the same in one language.
  const own = kind === "penarikan";
  return (
    <li class="event">
      <p class="event-head">
        {isStep ? null : <strong>{named(words.value.kinds, kind)}</strong>}
        {from === to ? null : <StatusChip status={to} />}
      </p>
      <p class="hint num">
        <time dateTime={at}>{instant(at)}</time> · {words.value.by(actorOf(told, actor))}
      </p>
      {reason_code ? (
        <p class="secondary">
          <strong>{named(steps.value.reasons, reason_code)}</strong>{" "}
          <span class="hint reason-code">{words.value.reasonCode(reason_code)}</span>
        </p>
      ) : null}
      {reason && !own ? <p class="secondary">{reason}</p> : null}
      {answer ? <blockquote class="answer">{answer}</blockquote> : null}
    </li>
  );
}

/** What happened since, the newest first: that is what one comes back for. */
export function History({ told }: { told: Tracking }) {
  return (
    <section class="lacak-part" aria-labelledby="judul-riwayat">
      <h2 id="judul-riwayat">{words.value.history}</h2>
      <ol class="timeline">
        {[...told.events].reverse().map((event) => (
          <Event key={event.hash} told={told} event={event} />
        ))}
      </ol>
    </section>
  );
}
