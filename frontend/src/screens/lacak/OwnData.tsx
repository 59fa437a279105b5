import type { Tracking } from "../../api/contract";
import { instant } from "../../i18n";
import { words } from "../../i18n/lacak";
import { Icon } from "../../panels/Icon";
import { erasedAt } from "./erased";
import type { Lacak } from "./state";

interface OwnProps {
  lacak: Lacak;
  told: Tracking;
}

/** What is kept of the reporter: his to have, and to erase. */
export function OwnData({ lacak, told }: OwnProps) {
  const said = words.value;
  const erased = erasedAt(told);
  const loading = lacak.sending.value === "download";
  return (
    <section class="lacak-part" aria-labelledby="judul-data">
      <h2 id="judul-data">{said.ownData}</h2>
      <p>{erased === null ? said.ownDataWhy : said.erasedOn(instant(erased))}</p>
      <div class="lacak-ways">
        <button type="button" class="btn" aria-disabled={loading} onClick={() => void lacak.download()}>
          <Icon name="download" />
          {loading ? said.downloading : said.download}
        </button>
        {erased === null ? (
          <button type="button" class="btn btn-danger" onClick={() => lacak.confirm("erase")}>
            {said.erase}
          </button>
        ) : null}
      </div>
    </section>
  );
}

/** Taking the usulan back, as long as the status lets its reporter. */
export function Withdrawal({ lacak, told }: OwnProps) {
  if (!told.may.includes("withdraw")) return null;
  return (
    <section class="lacak-part" aria-labelledby="judul-batal">
      <h2 id="judul-batal">{words.value.withdrawal}</h2>
      <p>{words.value.withdrawalWhy}</p>
      <div class="lacak-ways">
        <button type="button" class="btn btn-danger" onClick={() => lacak.confirm("withdraw")}>
          {words.value.withdraw}
        </button>
      </div>
    </section>
  );
}
