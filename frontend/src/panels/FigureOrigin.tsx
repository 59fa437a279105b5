import { useState } from "preact/hooks";
import { Icon } from "./Icon";

interface FigureOriginProps {
  title: string;
  rows: [term: string, told: string][];
  addressTerm: string;
  /** Where the figure can be asked for again. */
  address: string;
  copy: { act: string; done: string };
}

function CopyLink({ act, done }: { act: string; done: string }) {
  const [copied, setCopied] = useState(false);
  const copy = () => {
    void navigator.clipboard?.writeText(location.href).then(() => setCopied(true));
  };
  return (
    <button type="button" class="btn" onClick={copy}>
      <Icon name="copy" />
      <span aria-live="polite">{copied ? done : act}</span>
    </button>
  );
}

/** "Dari mana angka ini?": all that is needed to compute a figure again. */
export function FigureOrigin({ title, rows, addressTerm, address, copy }: FigureOriginProps) {
  return (
    <details class="provenance">
      <summary class="link">{title}</summary>
      <dl>
        {rows.map(([term, told]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd class="num">{told}</dd>
          </div>
        ))}
        <div>
          <dt>{addressTerm}</dt>
          <dd>
            <a class="address" href={address}>
              {decodeURIComponent(address)}
            </a>
          </dd>
        </div>
      </dl>
      <CopyLink {...copy} />
    </details>
  );
}
