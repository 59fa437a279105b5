import { computed, effect, signal, untracked } from "@preact/signals";
import { askWho, isSignedOut, lapsed, me, resume, signOut } from "../../state/session";
import { AreaNames } from "./areaNames";
import type { Asked } from "./asked";
import { Doing } from "./doing";
import { FieldNames } from "./fieldNames";
import { Keys } from "./keys";
import { VIEWS, type View } from "./kinds";
import { Officers } from "./officers";
import { PasswordChange } from "./password";
import { SignIns } from "./signIns";

const viewIn = ({ hash }: Pick<Location, "hash">): View =>
  VIEWS.find((each) => hash === `#${each}`) ?? "saya";

/** What an officer knows and does about accounts: his own, and of those whom he administers. */
export class Akun {
  readonly unknown = signal<unknown>(null);
  readonly asked = signal<View>("saya");
  readonly confirming = signal<Asked | null>(null);
  readonly areas = new AreaNames();
  readonly fields = new FieldNames();
  readonly leaving = new Doing();
  readonly signIns = new SignIns();
  readonly keys = new Keys();
  readonly password = new PasswordChange(() => {
    this.signIns.load();
    this.keys.load();
  });
  readonly officers = new Officers(this.fields);
  /** The part of the page that is open; others are for administrators alone. */
  readonly view = computed<View>(() => (this.officers.isAdmin.value ? this.asked.value : "saya"));

  constructor(private readonly place: Location) {
    this.asked.value = viewIn(place);
  }

  start(): void {
    this.ask();
    addEventListener("hashchange", () => {
      this.asked.value = viewIn(this.place);
    });
    addEventListener("focus", () => {
      if (lapsed.peek()) void this.resume();
    });
    const email = computed(() => me.value?.email ?? null);
    effect(() => {
      if (email.value !== null) this.open();
    });
    effect(() => {
      if (email.value !== null) untracked(() => this.fields.start());
    });
    effect(() => {
      if (this.officers.isAdmin.value) this.officers.start();
    });
  }

  ask(): void {
    this.unknown.value = null;
    askWho().catch((error: unknown) => {
      this.unknown.value = error;
    });
  }

  /** Goes on once the same person has signed in again; with another one the page begins anew. */
  private async resume(): Promise<void> {
    try {
      if (!(await resume())) this.place.reload();
    } catch (error) {
      // Nobody has yet, or the server does not say: the next look asks again.
      if (!isSignedOut(error)) this.unknown.value = error;
    }
  }

  private open(): void {
    this.signIns.load();
    this.keys.load();
    for (const { area, city } of me.peek()?.roles ?? [])
      if (area !== null && city !== null) this.areas.want([area], city);
  }

  confirm(asked: Asked | null): void {
    this.confirming.value = asked;
  }

  async signOut(): Promise<void> {
    await this.leaving.attempt(async () => {
      await signOut();
      return null;
    });
  }
}
