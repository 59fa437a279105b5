import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

/** The id of the heading within. */
export const CONFIRM_TITLE = "judul-pasti";

interface ConfirmDialogProps {
  open: boolean;
  /** Called when the reader leaves it by Escape, too. */
  leave: () => void;
  children: ComponentChildren;
}

/** The box that asks once more before what cannot be undone. */
export function ConfirmDialog({ open, leave, children }: ConfirmDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  return (
    <dialog class="confirm-dialog" ref={dialog} aria-labelledby={CONFIRM_TITLE} onClose={leave}>
      {children}
    </dialog>
  );
}
