/** What is asked once more before it is done: it cannot be undone. */
export interface Asked {
  title: string;
  effects: readonly string[];
  yes: string;
  run: () => Promise<void>;
}
