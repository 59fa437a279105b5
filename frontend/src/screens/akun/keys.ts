import { batch, signal } from "@preact/signals";
import { addKey, endKey, readKeys } from "../../api/accounts";
import type { ApiKey, ToldKey } from "../../api/contract";
import { words } from "../../i18n/akun";
import { Resource } from "../../state/resource";
import { Doing } from "./doing";
import { SCOPES, type Scope } from "./kinds";
import { faultsOf } from "./troubles";

export const NAME = "kunci-nama";
export const SCOPES_ID = "kunci-guna";

/** For how many days a key may be made. */
export const TERMS = [30, 90, 180, 366] as const;

const DAY_MS = 86_400_000;

/** The last day of a key that is made now. */
export const lastDay = (days: number, now: Date): string =>
  new Date(now.getTime() + days * DAY_MS).toISOString();

/** One's own keys for programs. */
export class Keys {
  readonly list = new Resource<ApiKey[]>();
  readonly name = signal("");
  readonly scopes = signal<readonly Scope[]>(["baca"]);
  readonly days = signal<number>(90);
  /** The key that was just made: nobody is told it again. */
  readonly made = signal<ToldKey | null>(null);
  readonly doing = new Doing(
    { "/name": NAME, "/scopes": SCOPES_ID },
    { TIDAK_BERWENANG: () => words.value.keyNotPermitted },
  );

  load(): void {
    void this.list.load(readKeys);
  }

  turn(scope: Scope, on: boolean): void {
    this.scopes.value = SCOPES.filter((each) => (each === scope ? on : this.scopes.peek().includes(each)));
  }

  async add(): Promise<void> {
    const name = this.name.peek().trim();
    const scopes = this.scopes.peek();
    const faults = faultsOf({
      [NAME]: name ? null : words.value.missingKeyName,
      [SCOPES_ID]: scopes.length > 0 ? null : words.value.missingScope,
    });
    if (this.doing.isFaulty(faults)) return;
    await this.doing.attempt(async () => {
      const made = await addKey({ name, scopes, days: this.days.peek() });
      batch(() => {
        this.made.value = made;
        this.name.value = "";
      });
      await this.list.load(readKeys);
      return null;
    });
  }

  async end({ id, name }: ApiKey): Promise<void> {
    await this.doing.attempt(async () => {
      await endKey(id);
      if (this.made.peek()?.id === id) this.made.value = null;
      await this.list.load(readKeys);
      return words.value.keyEnded(name);
    });
  }
}
