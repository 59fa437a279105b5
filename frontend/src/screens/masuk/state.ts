import { batch, computed, signal } from "@preact/signals";
import { askPassword, setPassword } from "../../api/session";
import { words } from "../../i18n/masuk";
import { ownPath } from "../../state/ownPath";
import * as session from "../../state/session";
import {
  type Faults,
  faultsIn,
  faultsOfEmail,
  faultsOfNewPassword,
  faultsOfSignIn,
  sentenceOf,
} from "./troubles";

type Face = "waiting" | "sign-in" | "forgotten" | "invited" | "account";

/** The token of an invitation in an address: after `#`, which no server and no log ever gets. */
export function invitationIn({ hash, search }: Pick<Location, "hash" | "search">): string | null {
  const asked = new URLSearchParams(hash.slice(1)).get("undangan");
  return asked ?? new URLSearchParams(search).get("undangan");
}

/** What somebody does on the page of signing in. */
export class Masuk {
  readonly invitation = signal<string | null>(null);
  /** Whether a new password is asked for, and not signed in. */
  readonly forgotten = signal(false);
  readonly email = signal("");
  readonly password = signal("");
  readonly faults = signal<Faults>({});
  /** The last refusal, in words that follow no later change of language. */
  readonly trouble = signal<string | null>(null);
  readonly sending = signal(false);
  /** What was done, said in place. */
  readonly done = signal<string | null>(null);
  /** Counts refusals: each brings the focus to its words. */
  readonly refusals = signal(0);
  readonly unknown = signal<unknown>(null);
  readonly face = computed<Face>(() => {
    if (this.invitation.value !== null) return "invited";
    if (session.me.value === undefined) return "waiting";
    if (session.me.value !== null) return "account";
    return this.forgotten.value ? "forgotten" : "sign-in";
  });
  private readonly destination: string | null;

  constructor(private readonly place: Location) {
    this.invitation.value = invitationIn(place);
    this.destination = ownPath(new URLSearchParams(place.search).get("ke"), place.origin);
    // Out of the query, which servers write down, before anything else is asked.
    if (new URLSearchParams(place.search).has("undangan") && this.invitation.value)
      history.replaceState(null, "", `/masuk#undangan=${encodeURIComponent(this.invitation.value)}`);
  }

  start(): void {
    this.ask();
    // A link that is pasted over this page's own address loads nothing anew.
    addEventListener("hashchange", () => {
      const token = invitationIn(this.place);
      if (token === null) return;
      this.closeInvitation(`#undangan=${encodeURIComponent(token)}`);
      this.invitation.value = token;
    });
  }

  /** Who is here; whoever was sent here and is signed in already goes back at once. */
  ask(): void {
    this.unknown.value = null;
    session.askWho().then(
      () => {
        if (session.me.value && this.destination && this.invitation.value === null) this.leave();
      },
      (error) => {
        this.unknown.value = error;
      },
    );
  }

  private leave(): void {
    if (this.destination) this.place.assign(this.destination);
  }

  /** Does one thing at a time; a refusal is told, and what was typed stays. */
  private async attempt(work: () => Promise<void>): Promise<void> {
    if (this.sending.peek()) return;
    batch(() => {
      this.sending.value = true;
      this.faults.value = {};
      this.trouble.value = null;
      this.done.value = null;
    });
    try {
      await work();
    } catch (error) {
      const faults = faultsIn(error);
      this.refuse(faults, Object.keys(faults).length > 0 ? null : sentenceOf(error));
    } finally {
      this.sending.value = false;
    }
  }

  private refuse(faults: Faults, trouble: string | null): void {
    batch(() => {
      this.faults.value = faults;
      this.trouble.value = trouble;
      this.refusals.value += 1;
    });
  }

  /** Takes a wrong form back before anything is sent; whether it was. */
  private isFaulty(faults: Faults): boolean {
    if (Object.keys(faults).length === 0) return false;
    this.refuse(faults, null);
    return true;
  }

  async signIn(): Promise<void> {
    const [email, password] = [this.email.value.trim(), this.password.value];
    if (this.isFaulty(faultsOfSignIn(email, password))) return;
    await this.attempt(async () => {
      await session.signIn(email, password);
      this.password.value = "";
      this.leave();
    });
  }

  /** To the form that asks for a new password, or back; the address that was typed stays. */
  turnToForgotten(forgotten: boolean): void {
    batch(() => {
      this.forgotten.value = forgotten;
      this.password.value = "";
      this.faults.value = {};
      this.trouble.value = null;
      this.done.value = null;
    });
  }

  async askPassword(): Promise<void> {
    const email = this.email.value.trim();
    if (this.isFaulty(faultsOfEmail(email))) return;
    await this.attempt(async () => {
      await askPassword(email);
      this.turnToForgotten(false);
      this.done.value = words.value.linkAsked;
    });
  }

  async setPassword(): Promise<void> {
    const token = this.invitation.value;
    if (token === null || this.isFaulty(faultsOfNewPassword(this.password.value))) return;
    await this.attempt(async () => {
      await setPassword(token, this.password.value);
      session.forget();
      this.closeInvitation();
      this.done.value = words.value.passwordSet;
    });
  }

  /** To the form of signing in, where nothing of the invitation is left. */
  closeInvitation(hash = ""): void {
    history.replaceState(null, "", `/masuk${hash}`);
    batch(() => {
      this.invitation.value = null;
      this.password.value = "";
      this.faults.value = {};
      this.trouble.value = null;
      this.done.value = null;
    });
  }

  async signOut(): Promise<void> {
    await this.attempt(async () => {
      await session.signOut();
      this.done.value = words.value.signedOut;
    });
  }
}
