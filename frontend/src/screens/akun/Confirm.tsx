import { useLayoutEffect, useRef } from "preact/hooks";
import { words } from "../../i18n/akun";
import type { Asked } from "./asked";
import type { Akun } from "./state";

function Question({ akun, asked }: { akun: Akun; asked: Asked }) {
  const run = () => {
    akun.confirm(null);
    void asked.run();
  };
  return (
    <>
      <h2 id="judul-pasti">{asked.title}</h2>
      <ul class="akun-effects">
        {asked.effects.map((effect) => (
          <li key={effect}>{effect}</li>
        ))}
      </ul>
      <div class="akun-ways">
        <button type="button" class="btn btn-danger" onClick={run}>
          {asked.yes}
        </button>
        {/* biome-ignore lint/a11y/noAutofocus: a dialog opens on its harmless button */}
        <button type="button" class="btn" autoFocus onClick={() => akun.confirm(null)}>
          {words.value.dont}
        </button>
      </div>
    </>
  );
}

/** Asks once more before what cannot be undone. */
export function Confirm({ akun }: { akun: Akun }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const asked = akun.confirming.value;
  useLayoutEffect(() => {
    if (asked !== null) dialog.current?.showModal();
    else dialog.current?.close();
  }, [asked]);
  return (
    <dialog
      class="akun-dialog"
      ref={dialog}
      aria-labelledby="judul-pasti"
      onClose={() => {
        if (akun.confirming.peek() !== null) akun.confirm(null);
      }}
    >
      {asked === null ? null : <Question akun={akun} asked={asked} />}
    </dialog>
  );
}
