import type { ComponentChildren } from "preact";
import { Problem } from "../api/problem";
import { instant, words } from "../i18n";
import { pauseMs } from "../state/again";
import { lastAnswer, numbersAsOf, online } from "../state/online";
import { Icon, type IconName } from "./Icon";
import { useSlow } from "./useSlow";

/** Grey shapes of the rows to come; shown only once loading has lasted 300 ms, see `useSlow`. */
export function SkeletonRows({ rows = 4 }: { rows?: number }) {
  return (
    <div class="skeleton" role="status" aria-label={words.value.loading}>
      {Array.from({ length: rows }, (_, row) => (
        <div class="skeleton-row" key={row}>
          <span class="bone bone-square" />
          <span class="bone bone-long" />
          <span class="bone bone-short" />
        </div>
      ))}
    </div>
  );
}

/** A page that cannot be drawn yet: nothing for 300 ms, then that it is coming. */
export function Waiting() {
  const slow = useSlow(true);
  return (
    <div class="peta-waiting" aria-busy="true">
      {slow ? (
        <>
          <p class="secondary" role="status">
            {words.value.renewing}
          </p>
          <SkeletonRows rows={3} />
        </>
      ) : null}
    </div>
  );
}

interface FaceProps {
  icon: IconName;
  title: string;
  children?: ComponentChildren;
}

/** What was looked for, what there is otherwise, one way out: the empty and the failed block. */
export function Face({ icon, title, children }: FaceProps) {
  return (
    <div class="face">
      <Icon name={icon} />
      <h3 class="title-section">{title}</h3>
      {children}
    </div>
  );
}

function reason(error: unknown): string {
  if (!(error instanceof Problem)) return words.value.noNetwork;
  if (error.code === "WAKTU_HABIS") return words.value.noAnswer;
  if (error.code === "TANPA_JARINGAN") return words.value.noNetwork;
  // The code follows in brackets, and then the full stop.
  return (error.detail || error.title).replace(/\.$/, "");
}

interface FailedProps {
  title: string;
  /** What still works, one sentence; empty when nothing else does. */
  still: string;
  error: unknown;
  retry: () => void;
}

export function Failed({ title, still, error, retry }: FailedProps) {
  const code = error instanceof Problem ? error.code : "TANPA_JARINGAN";
  const passing = pauseMs(error, 0, 0) !== null;
  return (
    <div role="alert">
      <Face icon="warning" title={title}>
        <p>
          {still} {reason(error)} ({words.value.errorCode(code)}).
          {passing ? ` ${words.value.triesAgain}` : null}
        </p>
        <button type="button" class="btn" onClick={retry}>
          {words.value.retry}
        </button>
      </Face>
    </div>
  );
}

/** The ink strip on top while the network, or the server's database, is gone, with the time of what is still shown. */
export function OfflineStrip() {
  const standing = numbersAsOf.value;
  if (online.value && standing === null) return null;
  const when = lastAnswer.value;
  return (
    <div class="offline-strip" role="status">
      <Icon name="offline" />
      {online.value && standing !== null
        ? words.value.standing(instant(standing))
        : words.value.offline(when ? instant(when) : null)}
    </div>
  );
}
