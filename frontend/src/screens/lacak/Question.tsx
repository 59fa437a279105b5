import { useEffect } from "preact/hooks";
import type { Tracking } from "../../api/contract";
import { day } from "../../i18n";
import { words } from "../../i18n/lacak";
import { Icon } from "../../panels/Icon";
import type { Lacak } from "./state";
import { Trouble } from "./Trouble";
import { LONGEST_ANSWER, lengthOf } from "./troubles";

interface LacakProps {
  lacak: Lacak;
}

const FIELD = "jawaban";

function ReplyForm({ lacak }: LacakProps) {
  const said = words.value;
  const fault = lacak.answerFault.value;
  const refusals = lacak.refusals.value;
  const sending = lacak.sending.value === "reply";
  useEffect(() => {
    if (lacak.answerFault.peek() !== null) document.getElementById(FIELD)?.focus();
  }, [lacak, refusals]);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void lacak.reply();
  };
  return (
    <form class="lacak-form" onSubmit={submit} noValidate>
      {lacak.trouble.value?.act === "reply" ? <Trouble lacak={lacak} /> : null}
      <div class="field">
        <label for={FIELD}>{said.answer}</label>
        <textarea
          id={FIELD}
          class="textarea"
          value={lacak.answer.value}
          onInput={(event) => lacak.write(event.currentTarget.value)}
          aria-invalid={fault !== null}
          aria-describedby={fault === null ? "petunjuk-jawaban" : "galat-jawaban petunjuk-jawaban"}
        />
        {fault === null ? null : (
          <p class="field-error" id="galat-jawaban">
            {fault}
          </p>
        )}
        <p class="hint num" id="petunjuk-jawaban">
          {said.answerHint} {said.count(lengthOf(lacak.answer.value), LONGEST_ANSWER)}
        </p>
      </div>
      <button type="submit" class="btn btn-main btn-wide" aria-disabled={sending}>
        {sending ? said.sending : said.send}
      </button>
    </form>
  );
}

/** What officers asked, with a form while it may be answered. */
export function Question({ lacak, told }: LacakProps & { told: Tracking }) {
  const said = words.value;
  const { question, due, may, status } = told;
  if (question === null || status !== "dikembalikan") return <Unsent lacak={lacak} />;
  const open = may.includes("reply");
  return (
    <section class="lacak-part lacak-question" aria-labelledby="judul-pertanyaan">
      <h2 id="judul-pertanyaan">{said.question}</h2>
      <blockquote class="lacak-asked">{question}</blockquote>
      {open ? (
        <>
          {due === null ? null : <p class="num">{said.answerUntil(day(due))}</p>}
          <ReplyForm lacak={lacak} />
        </>
      ) : (
        <>
          <p class="notice notice-warn">
            <Icon name="clock" />
            <span>{said.questionOver(due === null ? null : day(due))}</span>
          </p>
          <Unsent lacak={lacak} />
        </>
      )}
    </section>
  );
}

/** An answer that came too late to be sent; it can still be read and copied. */
function Unsent({ lacak }: LacakProps) {
  const text = lacak.answer.value;
  if (text.trim() === "") return null;
  return (
    <section class="lacak-part" aria-labelledby="judul-belum-terkirim">
      <h3 id="judul-belum-terkirim">{words.value.unsent}</h3>
      <blockquote class="answer">{text}</blockquote>
      <button type="button" class="btn" onClick={() => lacak.write("")}>
        {words.value.drop}
      </button>
    </section>
  );
}
