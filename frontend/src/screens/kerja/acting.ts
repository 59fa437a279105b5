import { batch, signal } from "@preact/signals";
import type { DeskItem, FullItem } from "../../api/contract";
import { Problem } from "../../api/problem";
import { act as send } from "../../api/staff";
import { isSignedOut } from "../../state/session";
import type { Drafts } from "./drafts";
import { type ActName, actsOn, bodyOf, type Faults, faultsIn, faultsOf, movesOn, targetOf } from "./forms";

/** Somebody was quicker, or the step is none of the officer's any more. */
const OVERTAKEN = new Set(["KONFLIK", "TRANSISI_TIDAK_SAH"]);

export interface Outcome {
  number: string;
  title: string;
  act: ActName;
  status: string;
}

export interface ActingEvents {
  /** An act was taken: whatever shows the usulan is out of date. */
  done: (item: DeskItem) => void;
  /** What was looked at is no longer what stands. */
  overtaken: () => void;
  signedOut: () => void;
}

/** One act at a time on the usulan that is open: its form, its sending, and how that ended. */
export class Acting {
  /** The form that is open. */
  readonly open = signal<ActName | null>(null);
  readonly sending = signal(false);
  readonly faults = signal<Faults>({});
  readonly error = signal<unknown>(null);
  /** The usulan of which somebody else wrote a step in between. */
  readonly overtaken = signal<string | null>(null);
  readonly outcome = signal<Outcome | null>(null);
  /** Counts refusals: each brings the focus to what is wrong. */
  readonly refusals = signal(0);

  constructor(
    readonly drafts: Drafts,
    private readonly events: ActingEvents,
  ) {}

  choose(act: ActName | null): void {
    batch(() => {
      this.open.value = act;
      this.faults.value = {};
      this.error.value = null;
    });
  }

  /** Another usulan is looked at: nothing of the last one's forms stays, but for what was typed. */
  turn(): void {
    batch(() => {
      this.choose(null);
      this.overtaken.value = null;
    });
  }

  async take(item: FullItem): Promise<void> {
    const act = this.open.peek();
    if (act === null || this.sending.peek()) return;
    const draft = this.drafts.of(item.number, act);
    const faults = faultsOf(draft, act, item);
    if (Object.keys(faults).length > 0) return this.refuse(faults, null);
    batch(() => {
      this.sending.value = true;
      this.faults.value = {};
      this.error.value = null;
      this.outcome.value = null;
    });
    try {
      const path = targetOf(act) === null ? act : "status";
      const now = await send(item.number, path, bodyOf(draft, act, item));
      this.succeed(act, now);
    } catch (error) {
      this.fail(error, item.number, act);
    } finally {
      this.sending.value = false;
    }
  }

  private succeed(act: ActName, item: DeskItem): void {
    const { number, title, status } = item;
    batch(() => {
      this.drafts.drop(number, act);
      this.turn();
      this.outcome.value = { number, title, act, status };
    });
    this.events.done(item);
  }

  private refuse(faults: Faults, error: unknown): void {
    batch(() => {
      this.faults.value = faults;
      this.error.value = error;
      this.refusals.value += 1;
    });
  }

  private fail(error: unknown, number: string, act: ActName): void {
    if (isSignedOut(error)) this.events.signedOut();
    if (error instanceof Problem && OVERTAKEN.has(error.code)) {
      batch(() => {
        this.overtaken.value = number;
        this.refuse({}, null);
      });
      this.events.overtaken();
      return;
    }
    const faults = error instanceof Problem ? faultsIn(error.errors, act) : {};
    this.refuse(faults, Object.keys(faults).length > 0 ? null : error);
  }
}

/** False for a form whose step is no longer open; what was typed in it can still be read. */
export const isStillOpen = (item: FullItem, act: ActName): boolean =>
  movesOn(item).includes(act) || actsOn(item).includes(act);
