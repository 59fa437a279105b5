import type { ActName } from "./forms";
import type { KerjaStore } from "./store";

export const STEPS_ID = "langkah";

/** The focus on one of the steps that can be taken; without a name on the first. */
export function focusStep(act?: ActName): void {
  const own = act === undefined ? "" : `[data-act="${CSS.escape(act)}"]`;
  document.querySelector<HTMLElement>(`#${STEPS_ID} button${own}`)?.focus();
}

/** Closes the form, whose step then has the focus; what was typed stays. */
export function leaveForm(store: KerjaStore): void {
  const act = store.acting.open.peek();
  store.acting.choose(null);
  if (act !== null) focusStep(act);
}
