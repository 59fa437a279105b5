import type { DeskItem } from "../../api/contract";
import type { Draft } from "./drafts";
import { type ActName, actsOn, bodyOf, movesOn, type Subject, targetOf } from "./forms";

/** Letting the public see what is held back: for one usulan it is the other side of holding it back. */
export const SHOWING = "publication:show";

/** Each usulan has words and a place of its own; these are corrected one by one. */
const ONE_BY_ONE = new Set(["redaction", "place"]);

export const actBehind = (name: string): ActName => (name === SHOWING ? "publication" : name);

/** The doubts that all of them have. */
function sharedDoubts([first, ...others]: readonly DeskItem[]): string[] {
  return (first?.doubts ?? []).filter((doubt) => others.every(({ doubts }) => doubts.includes(doubt)));
}

/** What stands for several usulan where a form looks at one. */
export function subjectOf(name: string, items: readonly DeskItem[]): Subject {
  return {
    may: { moves: [], acts: [] },
    seen: "",
    published: name !== SHOWING,
    doubts: sharedDoubts(items),
    category: "",
    title: "",
    problem: "",
    address: null,
    landmark: null,
  };
}

function namesOn(item: DeskItem): string[] {
  const acts = actsOn(item).filter((act) => !ONE_BY_ONE.has(act));
  const named = acts.map((act) => (act === "publication" && !item.published ? SHOWING : act));
  return [...movesOn(item), ...named];
}

/** What can be done to some of them at least, with of how many the server says so. */
export function actsTogether(items: readonly DeskItem[]): [name: string, count: number][] {
  const counts = new Map<string, number>();
  for (const item of items) {
    for (const name of namesOn(item)) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  if (sharedDoubts(items).length === 0) counts.delete("doubts");
  const isMove = ([name]: [string, number]) => targetOf(name) !== null;
  const found = [...counts];
  return [...found.filter(isMove), ...found.filter((each) => !isMove(each))];
}

/** One act on many, as each stands when its turn comes. */
export function manyBody(
  name: string,
  draft: Draft,
  items: readonly DeskItem[],
): { kind: string } & Record<string, unknown> {
  const act = actBehind(name);
  const { seen: _ofOne, ...body } = bodyOf(draft, act, subjectOf(name, items));
  return { kind: targetOf(act) === null ? act : "status", ...body };
}
