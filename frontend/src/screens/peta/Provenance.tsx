import { useState } from "preact/hooks";
import type { AreaRead } from "../../api/contract";
import { statsAddress, statsQuery } from "../../api/endpoints";
import { instant } from "../../i18n";
import { words } from "../../i18n/peta";
import { Icon } from "../../panels/Icon";
import { fullName } from "../../panels/names";
import { chipsOf } from "./FilterChips";
import type { PetaStore } from "./store";

interface ProvenanceProps {
  store: PetaStore;
  area: AreaRead;
  asOf: string;
}

function CopyLink() {
  const [copied, setCopied] = useState(false);
  const copy = () => {
    void navigator.clipboard?.writeText(location.href).then(() => setCopied(true));
  };
  return (
    <button type="button" class="btn" onClick={copy}>
      <Icon name="copy" />
      <span aria-live="polite">{copied ? words.value.copied : words.value.copyLink}</span>
    </button>
  );
}

/** "Dari mana angka ini?": all that is needed to compute the figures of the panel again. */
export function Provenance({ store, area, asOf }: ProvenanceProps) {
  const filter = new URLSearchParams(store.filter.value ?? "");
  const address = statsAddress(statsQuery(filter, area.level, { area: area.code }));
  const filters = chipsOf(store)
    .filter(({ key }) => key !== area.code)
    .map(({ name }) => name)
    .join(", ");
  const names = words.value.provenanceRows;
  return (
    <details class="provenance">
      <summary class="link">{words.value.provenance}</summary>
      <dl>
        <dt>{names.content}</dt>
        <dd>{words.value.contentBody(fullName(area), filters || words.value.noFilters)}</dd>
        <dt>{names.notCounted}</dt>
        <dd>{words.value.notCountedBody}</dd>
        <dt>{names.boundary}</dt>
        <dd>{words.value.boundary(store.standings.of(area.level), area.edition)}</dd>
        <dt>{names.asOf}</dt>
        <dd class="num">{instant(asOf)}</dd>
        <dt>{names.address}</dt>
        <dd>
          <a class="address" href={address}>
            {decodeURIComponent(address)}
          </a>
        </dd>
      </dl>
      <CopyLink />
    </details>
  );
}
