import type { Step } from "./draft";
import type { Lapor } from "./state";

export interface Walk {
  forward: () => void;
  back: () => void;
  /** Follows the browser's own Back and Forward; returns how to stop. */
  listen: (page: EventTarget) => () => void;
}

const isStep = (value: unknown): value is Step => value === 1 || value === 2 || value === 3 || value === 4;

/** Going from step to step, so that the browser's Back is the page's Back. */
export function walkThrough(lapor: Lapor, history: History): Walk {
  const step = () => lapor.draft.value.step;
  return {
    forward() {
      if (step() === 4 || !lapor.mayLeave()) return;
      history.replaceState({ step: step() }, "");
      lapor.go((step() + 1) as Step);
      history.pushState({ step: step(), walked: true }, "");
    },
    back() {
      lapor.faults.value = [];
      if (history.state?.walked && history.state.step === step()) history.back();
      else if (step() > 1) lapor.go((step() - 1) as Step);
    },
    listen(page) {
      const follow = (event: Event) => {
        const to: unknown = (event as PopStateEvent).state?.step;
        if (lapor.sent.value !== null || !isStep(to)) return;
        // A step ahead is reached through the checks of the one before it.
        if (to > step() && !lapor.mayLeave()) return;
        lapor.faults.value = [];
        lapor.go(to);
      };
      page.addEventListener("popstate", follow);
      return () => page.removeEventListener("popstate", follow);
    },
  };
}
