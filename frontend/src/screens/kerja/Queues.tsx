import { number } from "../../i18n";
import { words } from "../../i18n/kerja";
import { Choice } from "../../panels/Choice";
import { narrow } from "../../state/narrow";
import { go, place, QUEUES, type Queue } from "./address";
import type { KerjaStore } from "./store";

/** The kinds of work with how much there is of each. */
export function Queues({ store }: { store: KerjaStore }) {
  const counts = store.list.queues.value;
  const choose = (queue: Queue) => go({ queue, usulan: null });
  const named = (queue: Queue) => words.value.queues[queue];
  if (narrow.value) {
    return (
      <Choice
        label={words.value.queuesLabel}
        value={place.value.queue}
        options={QUEUES.map((queue) => [
          queue,
          counts[queue] === undefined ? named(queue) : `${named(queue)} (${number(counts[queue])})`,
        ])}
        choose={(queue) => choose(queue as Queue)}
      />
    );
  }
  return (
    <nav class="queue-list" aria-label={words.value.queuesLabel}>
      {QUEUES.map((queue) => (
        <button
          key={queue}
          type="button"
          class={queue === "terlambat" && counts[queue] ? "queue queue-late" : "queue"}
          aria-current={place.value.queue === queue ? "true" : undefined}
          aria-label={words.value.queueCounted(named(queue), counts[queue] ?? 0)}
          onClick={() => choose(queue)}
        >
          {named(queue)}
          <span class="queue-count num">{counts[queue] === undefined ? "" : number(counts[queue])}</span>
        </button>
      ))}
    </nav>
  );
}
