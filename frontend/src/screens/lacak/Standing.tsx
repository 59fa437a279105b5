import { useEffect, useRef } from "preact/hooks";
import type { Tracking } from "../../api/contract";
import { day, named } from "../../i18n";
import { words } from "../../i18n/lacak";
import { Breadcrumb } from "../../panels/Breadcrumb";
import { Icon } from "../../panels/Icon";
import { fullName } from "../../panels/names";
import { StatusChip } from "../../panels/StatusChip";
import { Confirm } from "./Confirm";
import { History } from "./History";
import { OwnData, Withdrawal } from "./OwnData";
import { Question } from "./Question";
import type { Lacak } from "./state";
import { Trouble } from "./Trouble";

interface StandingProps {
  lacak: Lacak;
  told: Tracking;
}

/** An usulan of the same city on the public map. */
function mapAddress({ number }: Tracking, shown: string): string {
  // A number begins with its city.
  const [city = ""] = number.split("-");
  return `/?${new URLSearchParams({ city, usulan: shown })}`;
}

/** The title of the usulan; has the focus once the code has opened it. */
function Title({ told }: { told: Tracking }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [told.number]);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {told.title}
    </h1>
  );
}

function Head({ told }: { told: Tracking }) {
  const crumbs = told.areas
    .filter(({ level }) => level !== "kota")
    .map((area) => ({ code: area.code, text: fullName(area) }));
  return (
    <header class="lacak-head">
      <Breadcrumb label={words.value.place} crumbs={crumbs} />
      <Title told={told} />
      <p class="hint num">{words.value.numberIs(told.number)}</p>
    </header>
  );
}

function dueOf({ due, late, status }: Tracking): string | null {
  // Of a question the last day stands beside the form.
  if (due === null || status === "dikembalikan") return null;
  return late ? words.value.lateSince(day(due)) : words.value.dueBy(day(due));
}

/** Where the usulan stands, in plain words. */
function Now({ told }: { told: Tracking }) {
  const said = words.value;
  const due = dueOf(told);
  const asked = told.status === "dikembalikan" && told.question !== null;
  return (
    <section class="lacak-now" aria-labelledby="judul-sekarang">
      <h2 id="judul-sekarang" class="visually-hidden">
        {said.now}
      </h2>
      <StatusChip status={told.status} />
      <p class="evidence">{asked ? said.asked : named(said.meanings(told.year), told.status)}</p>
      {due === null ? null : <p class="secondary num">{due}</p>}
      {told.merged_into === null ? null : (
        <a href={mapAddress(told, told.merged_into)}>{said.survivor(told.merged_into)}</a>
      )}
    </section>
  );
}

/** What was done; said aloud, and where the focus goes when what had it is gone. */
function Done({ lacak }: { lacak: Lacak }) {
  const box = useRef<HTMLParagraphElement>(null);
  const done = lacak.done.value;
  useEffect(() => {
    if (done !== null) box.current?.focus();
  }, [done]);
  return (
    <div role="status">
      {done === null ? null : (
        <p class="notice lacak-done" tabIndex={-1} ref={box}>
          <Icon name="check" />
          {done}
        </p>
      )}
    </div>
  );
}

function OnMap({ told }: { told: Tracking }) {
  if (!told.published) return <p class="secondary">{words.value.notPublished}</p>;
  return (
    <a class="btn" href={mapAddress(told, told.number)}>
      <Icon name="map" />
      {words.value.seeOnMap}
    </a>
  );
}

/** Whether a refusal is told where it was asked for: in the dialog, or above the answer. */
function isToldInPlace({ confirming, trouble }: Lacak, { may }: Tracking): boolean {
  if (confirming.value !== null) return true;
  return trouble.value?.act === "reply" && may.includes("reply");
}

/** One usulan as its reporter sees it, with everything that is his to do. */
export function Standing({ lacak, told }: StandingProps) {
  return (
    <>
      <Head told={told} />
      <Done lacak={lacak} />
      {isToldInPlace(lacak, told) ? null : <Trouble lacak={lacak} />}
      <Now told={told} />
      <Question lacak={lacak} told={told} />
      <History told={told} />
      <div class="lacak-ways">
        <OnMap told={told} />
        <button type="button" class="btn" onClick={() => lacak.close()}>
          {words.value.otherCode}
        </button>
      </div>
      <OwnData lacak={lacak} told={told} />
      <Withdrawal lacak={lacak} told={told} />
      <Confirm lacak={lacak} />
    </>
  );
}
