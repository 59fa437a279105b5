import type { TroubledNotice } from "../../api/contract";
import { instant, named } from "../../i18n";
import { words } from "../../i18n/akun";
import { Failed, SkeletonRows } from "../../panels/faces";
import { useSlow } from "../../panels/useSlow";
import type { Akun } from "./state";

function Letter({ notice }: { notice: TroubledNotice }) {
  const said = words.value;
  const { kind, number, account, created, attempts, detail, next_attempt: next, reply_code: reply } = notice;
  return (
    <li class="akun-officer">
      <div class="akun-officer-head">
        <p class="title-group">{named(said.letterKinds, kind)}</p>
        <span class={next === null ? "chip chip-bad" : "chip chip-warn"}>
          {next === null ? said.givenUp : said.again}
        </span>
      </div>
      <p class="num">{number === null ? account : said.aboutUsulan(number)}</p>
      {detail === null ? null : (
        <p>
          {detail}
          {reply === null ? null : <span class="hint num"> {said.replyCode(reply)}</span>}
        </p>
      )}
      <p class="secondary num">
        {said.writtenAt(instant(created))} · {said.attempts(attempts)}
        {next === null ? null : ` · ${said.nextAt(instant(next))}`}
      </p>
    </li>
  );
}

/** What was told by e-mail, and what could not be. */
export function LettersView({ akun }: { akun: Akun }) {
  const said = words.value;
  const { notices } = akun.officers;
  const { value, error, loading } = notices;
  const slow = useSlow(loading.value && value.value === null);
  const told = value.value;
  return (
    <section class="akun-part" aria-label={said.viewNames.surel}>
      {slow ? <SkeletonRows rows={3} /> : null}
      {error.value ? (
        <Failed title={said.lettersFailed} still="" error={error.value} retry={() => notices.retry()} />
      ) : null}
      {told === null ? null : (
        <>
          <p class="num">{said.letterCounts(told.sent, told.waiting, told.given_up)}</p>
          {told.troubled.length === 0 ? <p class="secondary">{said.noTrouble}</p> : null}
          <ul class="akun-rows">
            {told.troubled.map((notice) => (
              <Letter key={notice.id} notice={notice} />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
