import { useEffect, useMemo } from "preact/hooks";
import { words as common } from "../../i18n";
import { words } from "../../i18n/lapor";
import { Face } from "../../panels/faces";
import { Icon } from "../../panels/Icon";
import { NoBoundaries } from "../../panels/NoBoundaries";
import { language } from "../../state/language";
import { CategoryStep } from "./CategoryStep";
import { CityChoice } from "./CityChoice";
import { DetailsStep } from "./DetailsStep";
import type { Step } from "./draft";
import { FaultSummary } from "./Faults";
import { FindPlace } from "./FindPlace";
import { Bar, Offline, Question, Resumed, Steps } from "./Frame";
import { OtherCities } from "./OtherCities";
import { PlaceMap } from "./PlaceMap";
import { MoveInside, PlaceStep } from "./PlaceStep";
import { ReviewStep } from "./ReviewStep";
import { SentActions, SentStep } from "./SentStep";
import type { Lapor } from "./state";
import { type Walk, walkThrough } from "./walk";

const question = (step: Step): string =>
  [words.value.where, words.value.what, words.value.details, words.value.review][step - 1] ?? "";

function Body({ lapor }: { lapor: Lapor }) {
  const sent = lapor.sent.value;
  if (sent) return <SentStep lapor={lapor} sent={sent} />;
  const { step } = lapor.draft.value;
  return (
    <>
      <FaultSummary lapor={lapor} />
      {step === 1 ? <PlaceStep lapor={lapor} /> : null}
      {step === 2 ? <CategoryStep lapor={lapor} /> : null}
      {step === 3 ? <DetailsStep lapor={lapor} /> : null}
      {step === 4 ? <ReviewStep lapor={lapor} /> : null}
    </>
  );
}

function SendButton({ lapor }: { lapor: Lapor }) {
  const again = lapor.failure.value ? words.value.sendAgain : words.value.send;
  return (
    <button
      type="button"
      class="btn btn-main"
      aria-disabled={lapor.sending.value}
      onClick={() => void lapor.send(() => new Date())}
    >
      {lapor.sending.value ? words.value.sending : again}
    </button>
  );
}

function Actions({ lapor, walk }: { lapor: Lapor; walk: Walk }) {
  const sent = lapor.sent.value;
  if (sent) return <SentActions lapor={lapor} sent={sent} />;
  const { step, place } = lapor.draft.value;
  const located = lapor.locator.located.value;
  // Before there is a place, putting the pin is the next step and not this button.
  const main = step > 1 || place ? "btn btn-main" : "btn";
  if (step === 1 && located.state === "outside" && located.feature) return <MoveInside lapor={lapor} />;
  return (
    <>
      {step > 1 ? (
        <button type="button" class="btn" onClick={walk.back}>
          {step === 4 ? words.value.edit : words.value.back}
        </button>
      ) : null}
      {step < 4 ? (
        <button type="button" class={`${main} btn-next`} onClick={walk.forward}>
          {step === 1 ? words.value.useThisPlace : words.value.next}
        </button>
      ) : (
        <SendButton lapor={lapor} />
      )}
    </>
  );
}

/** Instead of the form, which nothing could be sent from: the city has no areas yet, or is not here at all. */
function NoCity({ lapor }: { lapor: Lapor }) {
  const others = <OtherCities lapor={lapor} />;
  if (lapor.unmapped.value) return <NoBoundaries city={lapor.unmapped.value}>{others}</NoBoundaries>;
  return (
    <Face icon="map" title={common.value.unknownCity((lapor.city ?? "").slice(0, 20))}>
      {others}
    </Face>
  );
}

/** One question at a time; on wide windows the map stays beside it. */
export function LaporScreen({ lapor }: { lapor: Lapor }) {
  const sent = lapor.sent.value !== null;
  const { step } = lapor.draft.value;
  const walk = useMemo(() => walkThrough(lapor, history), [lapor]);
  useEffect(() => walk.listen(window), [walk]);
  useEffect(() => {
    if (language.value) void lapor.loadCategories();
  }, [lapor, language.value]);
  if (lapor.unmapped.value || lapor.unknown.value)
    return (
      <div class="lapor">
        <Bar lapor={lapor} back={walk.back} />
        <main class="lapor-main lapor-unmapped">
          <NoCity lapor={lapor} />
        </main>
      </div>
    );
  const face = sent ? "sent" : `step-${step}`;
  return (
    <div class={`lapor lapor-${face}${lapor.byList.value ? " lapor-by-list" : ""}`}>
      <Bar lapor={lapor} back={walk.back} />
      <Offline lapor={lapor} />
      <main class="lapor-main">
        <div class="lapor-question">
          {sent ? null : <Steps step={step} />}
          <Resumed lapor={lapor} />
          <div class="lapor-heading">
            {sent ? (
              <span class="sent-mark">
                <Icon name="check" />
              </span>
            ) : null}
            <Question lapor={lapor}>{sent ? words.value.thanks : question(step)}</Question>
          </div>
          {step === 1 && !sent ? <CityChoice lapor={lapor} /> : null}
          {step === 1 && !sent && !lapor.byList.value ? <FindPlace lapor={lapor} /> : null}
        </div>
        <PlaceMap lapor={lapor} />
        <div class="lapor-body">
          <Body lapor={lapor} />
        </div>
        <div class="lapor-foot">
          <Actions lapor={lapor} walk={walk} />
        </div>
      </main>
    </div>
  );
}
