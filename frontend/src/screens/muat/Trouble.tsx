import { useEffect, useRef } from "preact/hooks";
import { Problem } from "../../api/problem";
import { words as shared } from "../../i18n";
import { words } from "../../i18n/muat";
import { Icon } from "../../panels/Icon";

/** What the server said of a refusal, or that it said nothing. */
export function sentenceOf(error: unknown): string {
  if (!(error instanceof Problem)) return `${shared.value.noNetwork}.`;
  if (error.code === "TANPA_JARINGAN") return words.value.noNetwork;
  if (error.code === "WAKTU_HABIS") return words.value.noAnswer;
  if (error.code === "TERLALU_BESAR") return words.value.tooLarge;
  const wrong = error.errors.map(({ detail }) => detail).filter(Boolean);
  return wrong.join(" ") || error.detail || error.title || error.code;
}

/** Why the last thing was not done; takes the focus, so that it is read first. */
export function Trouble({ error }: { error: unknown }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (error) box.current?.focus();
  }, [error]);
  if (!error) return null;
  return (
    <div class="notice notice-bad" role="alert" tabIndex={-1} ref={box}>
      <Icon name="warning" />
      <p>{sentenceOf(error)}</p>
    </div>
  );
}
