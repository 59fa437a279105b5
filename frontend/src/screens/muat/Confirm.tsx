import { useLayoutEffect, useRef } from "preact/hooks";
import { words as shared } from "../../i18n";
import { words } from "../../i18n/muat";

export interface Question {
  title: string;
  body: string[];
  /** What the button says that does it. */
  go: string;
  danger?: boolean;
}

interface ConfirmProps {
  question: Question | null;
  sure: () => void;
  close: () => void;
}

/** Asks before something is written or thrown away, with the count. */
export function Confirm({ question, sure, close }: ConfirmProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    if (question) dialog.current?.showModal();
    else dialog.current?.close();
  }, [question !== null]);
  return (
    <dialog class="muat-dialog" ref={dialog} onClose={close} aria-labelledby="judul-tanya">
      {question ? (
        <>
          <h2 id="judul-tanya">{question.title}</h2>
          {question.body.map((line) => (
            <p key={line}>{line}</p>
          ))}
          <div class="muat-acts">
            <button type="button" class={question.danger ? "btn btn-danger" : "btn btn-main"} onClick={sure}>
              {question.go}
            </button>
            <button type="button" class="btn" onClick={close}>
              {question.danger ? words.value.keepIt : shared.value.close}
            </button>
          </div>
        </>
      ) : null}
    </dialog>
  );
}
