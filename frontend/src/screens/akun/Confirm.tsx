import { words } from "../../i18n/akun";
import { CONFIRM_TITLE, ConfirmDialog } from "../../panels/ConfirmDialog";
import type { Asked } from "./asked";
import type { Akun } from "./state";

function Question({ akun, asked }: { akun: Akun; asked: Asked }) {
  const run = () => {
    akun.confirm(null);
    void asked.run();
  };
  return (
    <>
      <h2 id={CONFIRM_TITLE}>{asked.title}</h2>
      <ul class="confirm-effects">
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
  const asked = akun.confirming.value;
  const leave = () => {
    if (akun.confirming.peek() !== null) akun.confirm(null);
  };
  return (
    <ConfirmDialog open={asked !== null} leave={leave}>
      {asked === null ? null : <Question akun={akun} asked={asked} />}
    </ConfirmDialog>
  );
}
