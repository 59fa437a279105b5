import { batch, signal } from "@preact/signals";
import { words } from "../../i18n/akun";
import { isSignedOut, lapse } from "../../state/session";
import { type Faults, faultsIn, type Sentences, sentenceOf } from "./troubles";

/** What is done in one part of the page, one thing at a time, and what became of it. */
export class Doing {
  readonly sending = signal(false);
  /** What is wrong with single fields, by the id of each. */
  readonly faults = signal<Faults>({});
  /** The last refusal, in words that follow no later change of language. */
  readonly trouble = signal<string | null>(null);
  /** What was done, said in place. */
  readonly done = signal<string | null>(null);
  /** Counts refusals: each brings the focus to its words. */
  readonly refusals = signal(0);

  constructor(
    /** The field of this part that the server means, by its JSON pointer. */
    private readonly fields: Readonly<Record<string, string>> = {},
    /** Words of this part for some codes of refusals. */
    private readonly sentences: Sentences = {},
  ) {}

  /** Does it unless something is being done; what it answers is said. */
  async attempt(work: () => Promise<string | null>): Promise<boolean> {
    if (this.sending.peek()) return false;
    this.clear();
    this.sending.value = true;
    try {
      this.done.value = await work();
      return true;
    } catch (error) {
      this.take(error);
      return false;
    } finally {
      this.sending.value = false;
    }
  }

  private take(error: unknown): void {
    if (isSignedOut(error)) {
      lapse();
      this.refuse({}, words.value.signedOut);
      return;
    }
    const faults = faultsIn(error, this.fields);
    const named = Object.keys(faults).length > 0;
    this.refuse(faults, named ? null : sentenceOf(error, this.sentences));
  }

  refuse(faults: Faults, trouble: string | null = null): void {
    batch(() => {
      this.done.value = null;
      this.faults.value = faults;
      this.trouble.value = trouble;
      this.refusals.value += 1;
    });
  }

  /** Takes a wrong form back before anything is sent; whether it was. */
  isFaulty(faults: Faults): boolean {
    if (Object.keys(faults).length === 0) return false;
    this.refuse(faults);
    return true;
  }

  clear(): void {
    batch(() => {
      this.faults.value = {};
      this.trouble.value = null;
      this.done.value = null;
    });
  }
}
