import type { DeskItem } from "../../api/contract";
import { day } from "../../i18n";
import { words } from "../../i18n/kerja";
import { Icon } from "../../panels/Icon";
import { timeZone } from "../../state/timeZone";
import { dayIn, dueWords, type Urgency, urgencyOf } from "./due";

const TINTS: Record<Urgency, string> = { late: "chip-bad", soon: "chip-warn", later: "" };

/** Until when something should be done: by words and a sign, not by colour alone. */
export function DueChip({ item }: { item: Pick<DeskItem, "due" | "late"> }) {
  const today = dayIn(new Date(), timeZone.value);
  const urgency = urgencyOf(item, today);
  if (urgency === null || item.due === null) return null;
  return (
    <span class={`chip due ${TINTS[urgency]}`} title={words.value.dueOn(day(`${item.due}T12:00Z`))}>
      <Icon name={urgency === "late" ? "warning" : "clock"} small />
      {dueWords(item, today)}
    </span>
  );
}
