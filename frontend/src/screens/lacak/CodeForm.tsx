import { useEffect } from "preact/hooks";
import { words } from "../../i18n/lacak";
import type { Lacak } from "./state";

const FIELD = "kode";

/** Where a reporter writes his tracking code; the face of the page without one. */
export function CodeForm({ lacak }: { lacak: Lacak }) {
  const said = words.value;
  const fault = lacak.codeFault.value;
  const refusals = lacak.refusals.value;
  // The page has this one task; after a refusal the field is where it is mended.
  useEffect(() => document.getElementById(FIELD)?.focus(), [refusals]);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    lacak.open();
  };
  return (
    <form class="lacak-form" onSubmit={submit} noValidate>
      <p>{said.codeWhy}</p>
      <div class="field">
        <label for={FIELD}>{said.code}</label>
        <input
          id={FIELD}
          class="input lacak-code num"
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
          value={lacak.typed.value}
          onInput={(event) => {
            lacak.typed.value = event.currentTarget.value;
          }}
          aria-invalid={fault !== null}
          aria-describedby={fault === null ? "petunjuk-kode" : "galat-kode petunjuk-kode"}
        />
        {fault === null ? null : (
          <p class="field-error" id="galat-kode">
            {fault}
          </p>
        )}
        <p class="hint" id="petunjuk-kode">
          {said.codeHint}
        </p>
      </div>
      <button type="submit" class="btn btn-main btn-wide">
        {said.open}
      </button>
      <section class="lacak-part">
        <h2>{said.lost}</h2>
        <p>{said.lostBody}</p>
        <p class="lacak-ways">
          <a class="btn" href="/">
            {said.toMap}
          </a>
          <a class="btn" href="/lapor">
            {said.toForm}
          </a>
        </p>
      </section>
    </form>
  );
}
