import { useSignal } from "@preact/signals";

const STEPS: Record<string, (at: number, count: number) => number> = {
  ArrowDown: (at, count) => Math.min(at + 1, count - 1),
  ArrowUp: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_at, count) => count - 1,
};

/**
 * One tab stop for a whole list: the arrows walk in it, Tab leaves it.
 *
 * `chosen` is the entry that stands out already, -1 for none; it takes the tab stop until another had the focus.
 */
export function useRoving(keys: readonly string[], chosen: number) {
  const last = useSignal<string | null>(null);
  const remembered = last.value === null ? -1 : keys.indexOf(last.value);
  const stop = Math.max(0, remembered >= 0 ? remembered : chosen);
  const press = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
    const buttons = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>("[data-roving]")];
    const at = buttons.indexOf(event.target as HTMLElement);
    if (at < 0) return;
    event.preventDefault();
    buttons[step(at, buttons.length)]?.focus();
  };
  const focused = (index: number) => {
    last.value = keys[index] ?? null;
  };
  return { press, focused, stop };
}
