/** Where an answer outlives the page. */
export type Shelf = Pick<Storage, "getItem" | "setItem" | "removeItem">;

const nameOf = (number: string): string => `peta.lacak.jawaban.${number}`;

/** Answers that were begun and not sent, by the number of their usulan: a code is kept nowhere. */
export class Answers {
  constructor(private readonly shelf: Shelf) {}

  of(number: string): string {
    try {
      return this.shelf.getItem(nameOf(number)) ?? "";
    } catch {
      return "";
    }
  }

  keep(number: string, text: string): void {
    try {
      if (text === "") this.shelf.removeItem(nameOf(number));
      else this.shelf.setItem(nameOf(number), text);
    } catch {
      // Then it lives as long as the page.
    }
  }
}
