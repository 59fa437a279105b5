import { signal } from "@preact/signals";
import type { FullLoad, ListMapping } from "../../api/contract";
import { isSameMapping } from "./mapping";

const NOTHING: ListMapping = { sheet: null, columns: {}, values: {}, defaults: {} };

/** The mapping that an officer is about to put, kept while the load is read anew. */
export class Draft {
  readonly mapping = signal<ListMapping | null>(null);
  private of: string | null = null;
  private from: ListMapping | null = null;

  /** Begins with what the server has; what was changed since stays. */
  follow(load: FullLoad): void {
    const from = load.mapping ?? load.guess?.mapping ?? (load.guess ? NOTHING : null);
    if (this.of === load.id && (from === null || isSameMapping(from, this.from))) return;
    this.of = load.id;
    this.from = from;
    this.mapping.value = from;
  }

  change(change: (mapping: ListMapping) => ListMapping): void {
    if (this.mapping.peek()) this.mapping.value = change(this.mapping.peek() ?? NOTHING);
  }

  /** Whether anything was changed that no dry run has seen. */
  isChanged(load: FullLoad): boolean {
    const now = this.mapping.value;
    return now !== null && load.mapping !== null && !isSameMapping(now, load.mapping);
  }
}
