import { batch, computed, effect, signal } from "@preact/signals";
import type { Tracking } from "../../api/contract";
import { isGone } from "../../api/problem";
import { eraseOwnData, readOwnData, readTracking, sendAnswer, withdraw } from "../../api/tracking";
import { words } from "../../i18n/lacak";
import { Resource } from "../../state/resource";
import { timeZone } from "../../state/timeZone";
import type { Act, Final } from "./acts";
import { Answers, type Shelf } from "./answers";
import { codeIn, faultOfCode, tidyCode } from "./codes";
import { saveFile } from "./save";
import { faultIn, faultOfAnswer, isOvertaken, sentenceOf } from "./troubles";

type Face = "code" | "waiting" | "failed" | "found";

const squeezed = (text: string): string => text.replace(/\s+/g, " ").trim();

/** What a reporter does on the page of his usulan. */
export class Lacak {
  readonly typed = signal("");
  /** What is wrong with the code that was typed. */
  readonly codeFault = signal<string | null>(null);
  /** Counts refusals: each brings the focus to its words. */
  readonly refusals = signal(0);
  /** The code that is followed; null while none is. */
  readonly code = signal<string | null>(null);
  readonly found = new Resource<Tracking>();
  /** An answer that was begun; it outlives refusals and the page. */
  readonly answer = signal("");
  readonly answerFault = signal<string | null>(null);
  readonly sending = signal<Act | null>(null);
  /** The last refusal, in words that follow no later change of language. */
  readonly trouble = signal<{ act: Act; sentence: string } | null>(null);
  /** What was done, said in place. */
  readonly done = signal<string | null>(null);
  readonly confirming = signal<Final | null>(null);
  readonly face = computed<Face>(() => {
    if (this.code.value === null) return "code";
    if (this.found.value.value !== null) return "found";
    return this.found.error.value ? "failed" : "waiting";
  });
  private readonly number = computed(() => this.found.value.value?.number ?? null);
  private readonly answers: Answers;

  constructor(
    private readonly place: Location,
    shelf: Shelf,
  ) {
    this.answers = new Answers(shelf);
  }

  start(): void {
    addEventListener("hashchange", () => this.follow(codeIn(this.place)));
    effect(() => {
      if (isGone(this.found.error.value)) this.refuseCode(this.code.peek() ?? "", words.peek().unknownCode);
    });
    effect(() => {
      const zone = this.found.value.value?.time_zone;
      if (zone) timeZone.value = zone;
    });
    effect(() => {
      const number = this.number.value;
      this.answer.value = number === null ? "" : this.answers.of(number);
    });
    this.follow(codeIn(this.place));
  }

  /** Follows the code that was typed, and puts it where a reload finds it. */
  open(): void {
    const code = tidyCode(this.typed.peek());
    if (code === null) this.refuseCode(this.typed.peek(), faultOfCode(this.typed.peek()));
    else if (this.place.hash === `#${code}`) this.follow(code);
    else this.place.hash = code;
  }

  /** Back to the field, for another code. */
  close(): void {
    history.pushState(null, "", "/lacak");
    this.typed.value = "";
    this.follow("");
  }

  private follow(typed: string): void {
    const code = tidyCode(typed);
    if (code === null && typed !== "") {
      this.refuseCode(typed, faultOfCode(typed));
      return;
    }
    batch(() => {
      this.forgetActs();
      this.codeFault.value = null;
      this.code.value = code;
      this.found.clear();
    });
    if (code !== null) void this.found.load((signal) => readTracking(code, signal), code);
  }

  /** A code that leads nowhere stays in its field to be mended, and in no address. */
  private refuseCode(typed: string, fault: string): void {
    history.replaceState(null, "", "/lacak");
    batch(() => {
      this.typed.value = typed;
      this.code.value = null;
      this.codeFault.value = fault;
      this.refusals.value += 1;
      this.found.clear();
    });
  }

  private forgetActs(): void {
    this.trouble.value = null;
    this.done.value = null;
    this.answerFault.value = null;
    this.confirming.value = null;
  }

  write(text: string): void {
    const number = this.number.peek();
    this.answer.value = text;
    if (number !== null) this.answers.keep(number, text);
  }

  confirm(act: Final | null): void {
    batch(() => {
      this.trouble.value = null;
      this.confirming.value = act;
    });
  }

  async reply(): Promise<void> {
    const text = this.answer.peek().trim();
    const fault = faultOfAnswer(text);
    if (fault !== null) {
      this.refuseAnswer(fault);
      return;
    }
    await this.attempt("reply", (code) => sendAnswer(code, text));
  }

  private refuseAnswer(fault: string): void {
    batch(() => {
      this.trouble.value = null;
      this.done.value = null;
      this.answerFault.value = fault;
      this.refusals.value += 1;
    });
  }

  /** Does what was confirmed. */
  async carryOut(act: Final): Promise<void> {
    await this.attempt(act, act === "withdraw" ? withdraw : eraseOwnData);
  }

  async download(): Promise<void> {
    await this.attempt("download", async (code) => {
      const kept = await readOwnData(code);
      saveFile(kept, `data-usulan-${kept.usulan.number}.json`);
      return null;
    });
  }

  /** Does one thing at a time; a refusal is told, and what was typed stays. */
  private async attempt(act: Act, work: (code: string) => Promise<Tracking | null>): Promise<void> {
    const code = this.code.peek();
    if (code === null || this.sending.peek() !== null) return;
    batch(() => {
      this.sending.value = act;
      this.trouble.value = null;
      this.done.value = null;
      this.answerFault.value = null;
    });
    try {
      const told = await work(code);
      if (this.code.peek() !== code) return;
      if (told !== null) await this.found.load(() => Promise.resolve(told), code);
      this.succeed(act);
    } catch (error) {
      await this.refuse(act, error, code);
    } finally {
      this.sending.value = null;
    }
  }

  private succeed(act: Act): void {
    batch(() => {
      if (act === "reply" || act === "erase") this.write("");
      this.confirming.value = null;
      this.done.value = words.value.done[act];
    });
  }

  private async refuse(act: Act, error: unknown, code: string): Promise<void> {
    // A refusal of what the page no longer shows is told nowhere, and changes nothing here.
    if (this.code.peek() !== code) return;
    if (isOvertaken(error)) {
      await this.found.load((signal) => readTracking(code, signal), code);
      if (this.code.peek() !== code) return;
      // The first try had arrived after all, and only its answer was lost.
      if (this.isDone(act)) {
        this.succeed(act);
        return;
      }
      this.confirming.value = null;
    }
    const fault = act === "reply" ? faultIn(error) : null;
    if (fault !== null) {
      this.refuseAnswer(fault);
      return;
    }
    batch(() => {
      this.trouble.value = { act, sentence: sentenceOf(error, act) };
      this.refusals.value += 1;
    });
  }

  private isDone(act: Act): boolean {
    const told = this.found.value.peek();
    if (act === "withdraw") return told?.status === "dibatalkan";
    const sent = squeezed(this.answer.peek());
    return act === "reply" && (told?.events ?? []).some(({ answer }) => squeezed(answer ?? "") === sent);
  }
}
