import { signal } from "@preact/signals";

/** What the forms of acts ask for. */
export type Field =
  | "code"
  | "reason"
  | "question"
  | "into"
  | "part"
  | "words"
  | "category"
  | "agency"
  | "programme"
  | "point";

/** What an officer has written for one act on one usulan, by field. */
export type Draft = Readonly<Record<string, string>>;

const EMPTY: Draft = {};
const KEY = "peta.kerja.drafts";

/** Where drafts outlive a page. */
export type Shelf = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** Everything begun and not yet sent: it outlives another usulan, a refusal and a new sign-in in this tab. */
export class Drafts {
  private readonly known = signal<Readonly<Record<string, Draft>>>({});

  constructor(private readonly shelf: Shelf) {
    try {
      this.known.value = JSON.parse(shelf.getItem(KEY) ?? "{}") as Record<string, Draft>;
    } catch {
      // Kept by an older page, or not to be read: nothing was begun then.
    }
  }

  of(number: string, act: string): Draft {
    return this.known.value[`${number} ${act}`] ?? EMPTY;
  }

  change(number: string, act: string, patch: Draft): void {
    const name = `${number} ${act}`;
    const known = this.known.peek();
    this.keep({ ...known, [name]: { ...known[name], ...patch } });
  }

  drop(number: string, act: string): void {
    const { [`${number} ${act}`]: _sent, ...others } = this.known.peek();
    this.keep(others);
  }

  clear(): void {
    this.keep({});
  }

  private keep(drafts: Readonly<Record<string, Draft>>): void {
    this.known.value = drafts;
    try {
      if (Object.keys(drafts).length === 0) this.shelf.removeItem(KEY);
      else this.shelf.setItem(KEY, JSON.stringify(drafts));
    } catch {
      // Then they live as long as the page.
    }
  }
}
