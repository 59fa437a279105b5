import { words } from "../../i18n/lacak";
import { CONFIRM_TITLE, ConfirmDialog } from "../../panels/ConfirmDialog";
import type { Final } from "./acts";
import type { Lacak } from "./state";
import { Trouble } from "./Trouble";

function Asked({ lacak, act }: { lacak: Lacak; act: Final }) {
  const said = words.value.confirm[act];
  const sending = lacak.sending.value === act;
  return (
    <>
      <h2 id={CONFIRM_TITLE}>{said.title}</h2>
      <Trouble lacak={lacak} />
      <ul class="confirm-effects">
        {said.effects.map((effect) => (
          <li key={effect}>{effect}</li>
        ))}
      </ul>
      <div class="lacak-ways">
        <button
          type="button"
          class="btn btn-danger"
          aria-disabled={sending}
          onClick={() => void lacak.carryOut(act)}
        >
          {sending ? words.value.sending : said.yes}
        </button>
        {/* biome-ignore lint/a11y/noAutofocus: a dialog opens on its harmless button */}
        <button type="button" class="btn" autoFocus onClick={() => lacak.confirm(null)}>
          {said.no}
        </button>
      </div>
    </>
  );
}

/** Asks once more before what cannot be undone. */
export function Confirm({ lacak }: { lacak: Lacak }) {
  const act = lacak.confirming.value;
  const leave = () => {
    if (lacak.confirming.peek() !== null) lacak.confirm(null);
  };
  return (
    <ConfirmDialog open={act !== null} leave={leave}>
      {act === null ? null : <Asked key={act} lacak={lacak} act={act} />}
    </ConfirmDialog>
  );
}
