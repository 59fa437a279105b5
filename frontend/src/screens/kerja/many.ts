import { batch, signal } from "@preact/signals";
import type { DeskItem, ManyDone, RefusedOne } from "../../api/contract";
import { Problem } from "../../api/problem";
import { actOnMany } from "../../api/staff";
import { isSignedOut } from "../../state/session";
import type { Draft } from "./drafts";
import { type Faults, faultsIn, faultsOf } from "./forms";
import { actBehind, manyBody, subjectOf } from "./together";

/** So many go in one request: between two of them the work can be seen and stopped. */
const PIECE = 50;

export interface Progress {
  /** False while it is only counted. */
  isMeant: boolean;
  done: number;
  all: number;
}

export interface ManyOutcome {
  name: string;
  all: readonly DeskItem[];
  /** Those that it went well for. */
  done: DeskItem[];
  refused: RefusedOne[];
  /** Those that were not reached: it was stopped, or an answer did not come. */
  left: readonly DeskItem[];
}

export interface ManyEvents {
  /** It went through, but for those that were left. */
  done: (left: readonly DeskItem[]) => void;
  signedOut: () => void;
}

/** One act on many usulan: its form, the count before it happens, its progress and its end. */
export class Many {
  readonly open = signal<string | null>(null);
  readonly items = signal<readonly DeskItem[]>([]);
  readonly draft = signal<Draft>({});
  readonly faults = signal<Faults>({});
  readonly error = signal<unknown>(null);
  readonly progress = signal<Progress | null>(null);
  /** What a dry run of the form as it stands found. */
  readonly counted = signal<ManyDone | null>(null);
  readonly outcome = signal<ManyOutcome | null>(null);
  readonly refusals = signal(0);
  private stopped = false;

  constructor(
    private readonly events: ManyEvents,
    private readonly send: typeof actOnMany = actOnMany,
  ) {}

  begin(name: string, items: readonly DeskItem[]): void {
    batch(() => {
      this.open.value = name;
      this.items.value = items;
      this.draft.value = {};
      this.faults.value = {};
      this.error.value = null;
      this.counted.value = null;
      this.outcome.value = null;
    });
  }

  close(): void {
    this.stopped = true;
    this.open.value = null;
  }

  change(patch: Draft): void {
    batch(() => {
      this.draft.value = { ...this.draft.peek(), ...patch };
      this.counted.value = null;
    });
  }

  stop(): void {
    this.stopped = true;
  }

  /** Counts first; once that has been seen, does it. */
  async submit(): Promise<void> {
    const name = this.open.peek();
    if (name === null || this.progress.peek() !== null) return;
    const items = this.items.peek();
    const draft = this.draft.peek();
    const faults = faultsOf(draft, actBehind(name), subjectOf(name, items));
    if (Object.keys(faults).length > 0) return this.refuse(faults, null);
    const isMeant = this.counted.peek() !== null;
    batch(() => {
      this.faults.value = {};
      this.error.value = null;
    });
    const told = await this.run(name, items, isMeant);
    if (told !== null && isMeant) this.succeed(name, items, told);
    else if (told !== null && !this.stopped && this.draft.peek() === draft) this.counted.value = told;
  }

  /** Goes through them piece by piece; null where the first of them failed already. */
  private async run(name: string, items: readonly DeskItem[], isMeant: boolean): Promise<Told | null> {
    const act = manyBody(name, this.draft.peek(), items);
    const numbers = items.map(({ number }) => number);
    const told: Told = { would: 0, done: 0, refused: [], reached: 0 };
    this.stopped = false;
    try {
      while (told.reached < numbers.length && !this.stopped) {
        this.progress.value = { isMeant, done: told.reached, all: numbers.length };
        const piece = numbers.slice(told.reached, told.reached + PIECE);
        const answer = await this.send({ numbers: piece, act, dry_run: !isMeant });
        told.reached += piece.length;
        told.would += answer.would;
        told.done += answer.done;
        told.refused.push(...answer.refused);
      }
    } catch (error) {
      this.fail(error, name);
      if (told.done === 0) return null;
    } finally {
      this.progress.value = null;
    }
    return told;
  }

  private succeed(name: string, items: readonly DeskItem[], told: Told): void {
    const refused = new Set(told.refused.map(({ number }) => number));
    const reached = items.slice(0, told.reached);
    const left = items.slice(told.reached);
    batch(() => {
      this.open.value = null;
      this.outcome.value = {
        name,
        all: items,
        done: reached.filter(({ number }) => !refused.has(number)),
        refused: told.refused,
        left,
      };
    });
    this.events.done(left);
  }

  private refuse(faults: Faults, error: unknown): void {
    batch(() => {
      this.faults.value = faults;
      this.error.value = error;
      this.refusals.value += 1;
    });
  }

  private fail(error: unknown, name: string): void {
    if (isSignedOut(error)) this.events.signedOut();
    const errors = error instanceof Problem ? error.errors : [];
    const pointed = errors.map(({ field, detail }) => ({
      field: field.replace(/^\/act(\/\w+)?(?=\/)/, ""),
      detail,
    }));
    const faults = faultsIn(pointed, actBehind(name));
    this.refuse(faults, Object.keys(faults).length > 0 ? null : error);
  }
}

interface Told extends ManyDone {
  /** How many had their turn. */
  reached: number;
}
