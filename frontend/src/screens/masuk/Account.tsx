import type { Me } from "../../api/contract";
import { words as shared } from "../../i18n";
import { words } from "../../i18n/masuk";
import type { Masuk } from "./state";

/** For whoever is signed in already: the ways on, and the way out. */
export function Account({ masuk, who }: { masuk: Masuk; who: Me }) {
  const said = words.value;
  return (
    <>
      <p class="masuk-email">{who.email}</p>
      <div class="masuk-ways">
        <a class="btn btn-main" href="/kerja">
          {said.toWork}
        </a>
        <a class="btn" href="/akun">
          {shared.value.account}
        </a>
        <button
          type="button"
          class="btn"
          aria-disabled={masuk.sending.value}
          onClick={() => void masuk.signOut()}
        >
          {said.signOut}
        </button>
      </div>
      {who.roles.length === 0 ? <p>{said.noRoles}</p> : null}
    </>
  );
}
