import { useEffect, useRef } from "preact/hooks";
import type { AreaName, Category } from "../../api/contract";
import type { Problem } from "../../api/problem";
import { words as common } from "../../i18n";
import { words } from "../../i18n/lapor";
import { CategoryIcon } from "../../icons/CategoryIcon";
import { Icon } from "../../panels/Icon";
import { findPersonal, hidePersonal, personalParts } from "../../search/personal";
import { HiddenPlace } from "./CategoryStep";
import { writtenNumber } from "./check";
import { areaLabel, innermostFirst } from "./cityArea";
import type { Draft } from "./draft";
import type { Lapor } from "./state";

/** The areas of the draft's place as far as they are known now, kota first. */
export function areasOf(lapor: Lapor): AreaName[] {
  const { place } = lapor.draft.value;
  const located = lapor.locator.located.value;
  if (place?.kind === "area") return lapor.directory.around(place.area);
  return located.state === "found" ? located.at.areas : [];
}

const PUBLIC_LEVELS: Record<Category["precision"], string[]> = {
  exact: ["rt", "rw", "kelurahan", "kecamatan"],
  rw: ["rw", "kelurahan", "kecamatan"],
  count: ["kelurahan", "kecamatan"],
};

function publicPlace(areas: AreaName[], category: Category | null): string {
  const levels = PUBLIC_LEVELS[category?.precision ?? "exact"];
  const shown = innermostFirst(areas).filter(({ level }) => levels.includes(level));
  return shown.map(areaLabel).join(", ");
}

/** A point that ends its line rather than begin the next. */
const BETWEEN = "\u00a0· ";

/** A text of the resident's with its personal numbers marked. */
function Marked({ text }: { text: string }) {
  return (
    <>
      {personalParts(text).map((part, index) =>
        part.personal ? <mark key={index}>{part.text}</mark> : part.text,
      )}
    </>
  );
}

function PersonalWarning({ lapor }: { lapor: Lapor }) {
  const { title, problem } = lapor.draft.value;
  if (findPersonal(title).length + findPersonal(problem).length === 0) return null;
  const hide = () =>
    lapor.change({
      title: hidePersonal(title, words.value.cover),
      problem: hidePersonal(problem, words.value.cover),
    });
  return (
    <div class="notice notice-warn" role="status">
      <Icon name="warning" />
      <div>
        <p>
          <b>{words.value.personalFound}</b> {words.value.personalWarning}
        </p>
        <button type="button" class="btn" onClick={hide}>
          {words.value.hidePersonal}
        </button>
      </div>
    </div>
  );
}

function facts(draft: Draft): string[] {
  const volume = writtenNumber(draft.volume);
  const people = writtenNumber(draft.beneficiaries);
  return [
    volume ? common.value.amount(volume, draft.unit) : "",
    draft.severity ? words.value.severities[draft.severity] : "",
    people ? words.value.beneficiaryCount(people) : "",
  ].filter(Boolean);
}

function PublicCard({ lapor }: { lapor: Lapor }) {
  const draft = lapor.draft.value;
  const category = lapor.category.value;
  const open = category?.precision === "exact";
  const place = publicPlace(areasOf(lapor), category);
  return (
    <article class="public-card">
      <p class="public-category secondary">
        <CategoryIcon code={draft.category ?? ""} />
        {category?.name}
      </p>
      <h2>{open ? <Marked text={draft.title} /> : category?.name}</h2>
      {open ? (
        <p class="public-problem">
          <Marked text={draft.problem} />
        </p>
      ) : (
        <p class="secondary">{words.value.textHidden}</p>
      )}
      {facts(draft).length > 0 ? <p class="num">{facts(draft).join(" · ")}</p> : null}
      <p class="secondary">{[place, words.value.proposerIs].filter(Boolean).join(BETWEEN)}</p>
    </article>
  );
}

function cause(problem: Problem): string {
  if (problem.code === "TANPA_JARINGAN") return words.value.notSentOffline;
  if (problem.code === "WAKTU_HABIS") return words.value.notSentTimeout;
  const details = problem.errors.map(({ detail }) => detail);
  return [problem.detail || problem.title || problem.code, ...details].join(" ");
}

/** What the person can do: nothing but mend the text where the server would refuse the same again. */
function remedy({ code, status, retryAfterS, unanswered }: Problem): string {
  const { sendWhenBack, sendLater, waitSeconds, notDoubled } = words.value;
  if (code === "TANPA_JARINGAN") return `${sendWhenBack} ${notDoubled}`;
  if (!unanswered && status !== 429 && status < 500) return "";
  return `${retryAfterS === null ? sendLater : waitSeconds(retryAfterS)} ${notDoubled}`;
}

/** Why the sending failed; what was typed stays. Takes the focus. */
export function NotSent({ lapor }: { lapor: Lapor }) {
  const box = useRef<HTMLDivElement>(null);
  const failure = lapor.failure.value;
  useEffect(() => {
    if (failure) box.current?.focus();
  }, [failure]);
  if (!failure) return null;
  return (
    <div class="notice notice-bad" role="alert" tabIndex={-1} ref={box}>
      <Icon name={failure.unanswered ? "offline" : "warning"} />
      <div>
        <p class="title-group">{words.value.notSent}</p>
        <p>
          {cause(failure)} {lapor.kept.value ? words.value.draftKept : words.value.draftOnPage}{" "}
          {remedy(failure)}
        </p>
      </div>
    </div>
  );
}

export function ReviewStep({ lapor }: { lapor: Lapor }) {
  const open = lapor.category.value?.precision === "exact";
  return (
    <>
      <NotSent lapor={lapor} />
      <PublicCard lapor={lapor} />
      <p class="not-shown">
        <Icon name="lock" />
        <span>
          <b>{words.value.notShown}</b> {words.value.notShownItems}
        </span>
      </p>
      {open ? <PersonalWarning lapor={lapor} /> : <HiddenPlace category={lapor.category.value} />}
    </>
  );
}
