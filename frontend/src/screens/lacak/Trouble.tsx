import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../../panels/Icon";
import type { Lacak } from "./state";

/** Why the last act was not done; takes the focus, so that it is read first. */
export function Trouble({ lacak }: { lacak: Lacak }) {
  const box = useRef<HTMLDivElement>(null);
  const trouble = lacak.trouble.value;
  const refusals = lacak.refusals.value;
  useEffect(() => box.current?.focus(), [refusals]);
  if (trouble === null) return null;
  return (
    <div class="notice notice-bad" role="alert" tabIndex={-1} ref={box}>
      <Icon name="warning" />
      <p>{trouble.sentence}</p>
    </div>
  );
}
