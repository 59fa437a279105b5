import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { words } from "../../i18n/lapor";
import { Icon } from "../../panels/Icon";
import { Switches } from "../../panels/TopBar";
import { online } from "../../state/online";
import type { Lapor } from "./state";

interface BarProps {
  lapor: Lapor;
  back: () => void;
}

/** The page's own bar: one way back, what this is, theme and language. */
export function Bar({ lapor, back }: BarProps) {
  const { step } = lapor.draft.value;
  const first = step === 1 || lapor.sent.value !== null;
  return (
    <header class="lapor-bar">
      {first ? (
        <a class="btn btn-icon btn-bare" href={lapor.query("/", {})} aria-label={words.value.toMap}>
          <Icon name={lapor.sent.value ? "close" : "left"} />
        </a>
      ) : (
        <button type="button" class="btn btn-icon btn-bare" aria-label={words.value.back} onClick={back}>
          <Icon name="left" />
        </button>
      )}
      <p class="lapor-name">{lapor.sent.value ? words.value.sentBar : words.value.makeUsulan}</p>
      <Switches />
    </header>
  );
}

export function Steps({ step }: { step: number }) {
  return (
    <div class="lapor-steps">
      <ol aria-hidden="true">
        {[1, 2, 3, 4].map((each) => (
          <li key={each} class={each <= step ? "done" : ""} />
        ))}
      </ol>
      <p class="hint">{words.value.step(step)}</p>
    </div>
  );
}

/** A heading that takes the focus when its step begins, so that a screen reader starts there. */
export function Question({ lapor, children }: { lapor: Lapor; children: ComponentChildren }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const arrival = lapor.arrivals.value;
  const faulty = lapor.faults.value.length > 0 || lapor.failure.value !== null;
  useEffect(() => {
    if (arrival === 0 || faulty) return;
    for (const pane of [document.documentElement, document.querySelector(".lapor-body")])
      pane?.scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
    // A fault that is mended must not pull the focus out of its field.
  }, [arrival]);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
}

export function Offline({ lapor }: { lapor: Lapor }) {
  if (online.value) return null;
  return (
    <div class="offline-strip" role="status">
      <Icon name="offline" />
      {lapor.kept.value ? words.value.offline : words.value.offlineNotKept}
    </div>
  );
}

export function Resumed({ lapor }: { lapor: Lapor }) {
  if (!lapor.resumed.value || lapor.sent.value) return null;
  return (
    <p class="lapor-resumed" role="status">
      {words.value.resumed}
      <button type="button" class="link" onClick={() => lapor.startOver()}>
        {words.value.startOver}
      </button>
    </p>
  );
}
