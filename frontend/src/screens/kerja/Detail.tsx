import { useEffect, useRef } from "preact/hooks";
import type { FullItem, NearCard } from "../../api/contract";
import { isGone } from "../../api/problem";
import { day, fixed, named, rupiah, words as shared } from "../../i18n";
import { words } from "../../i18n/kerja";
import { CategoryIcon } from "../../icons/CategoryIcon";
import { Face, Failed, SkeletonRows } from "../../panels/faces";
import { Icon } from "../../panels/Icon";
import { fullName } from "../../panels/names";
import { StatusChip } from "../../panels/StatusChip";
import { useSlow } from "../../panels/useSlow";
import { narrow } from "../../state/narrow";
import type { Outcome as OutcomeOf } from "./acting";
import { place } from "./address";
import { Decision } from "./Decision";
import { DueChip } from "./DueChip";
import { movesOn, nameOfMove, targetOf } from "./forms";
import { History } from "./History";
import { closeInnermost } from "./keys";
import type { KerjaStore } from "./store";

interface StoreProps {
  store: KerjaStore;
}

interface ItemProps extends StoreProps {
  item: FullItem;
}

export const DETAIL_ID = "usulan";

function Close({ store }: StoreProps) {
  const label = narrow.value ? words.value.back : words.value.close;
  const close = () => {
    store.acting.choose(null);
    closeInnermost(store);
  };
  return (
    <button type="button" class="btn btn-icon btn-quiet" aria-label={label} title={label} onClick={close}>
      <Icon name={narrow.value ? "left" : "close"} />
    </button>
  );
}

function Head({ store, item }: ItemProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const arrivals = store.arrivals.value;
  useEffect(() => {
    if (arrivals > 0) heading.current?.focus({ preventScroll: true });
  }, [arrivals, item.number]);
  const name = store.categoryOf.value.get(item.category)?.name ?? item.category;
  return (
    <header class="panel-head">
      <div>
        <p class="panel-category secondary">
          <span class={`tone-${item.group}`}>
            <CategoryIcon code={item.category} />
          </span>
          <span>
            {name} · <span class="num">{item.number}</span> · {day(item.created)}
          </span>
        </p>
        <h1 class="title-page" tabIndex={-1} ref={heading}>
          {item.title}
        </h1>
        <p class="panel-state">
          <StatusChip status={item.status} />
          <DueChip item={item} />
          <span class="secondary num">{words.value.supporters(item.supporters)}</span>
        </p>
      </div>
      <Close store={store} />
    </header>
  );
}

/** What was done: to which status, or by which act. */
function doneWords({ act, title, status }: OutcomeOf): string {
  const said = words.value;
  const name = named(shared.value.statuses, status);
  if (targetOf(act) !== null) return said.done(title, name);
  return act === "undo" ? said.undone(title, name) : said.didAct(title, said.actsDone[act] ?? act);
}

/** What was done last, where the focus goes once its form is gone. */
function Outcome({ store, item }: ItemProps) {
  const box = useRef<HTMLDivElement>(null);
  const outcome = store.acting.outcome.value;
  const own = outcome?.number === item.number ? outcome : null;
  useEffect(() => {
    if (own) box.current?.focus();
  }, [own]);
  if (!own) return null;
  return (
    <div class="notice notice-ok" role="status" tabIndex={-1} ref={box}>
      <Icon name="check" />
      <div>
        <p>{doneWords(own)}</p>
        {item.may.acts.includes("undo") ? (
          <button type="button" class="btn" onClick={() => store.acting.choose("undo")}>
            {words.value.acts.undo}
          </button>
        ) : null}
      </div>
    </div>
  );
}

/** Somebody was quicker: what stands now, and that nothing typed is lost. It stands far above the form, so the focus goes there. */
function Overtaken({ store, item }: ItemProps) {
  const box = useRef<HTMLDivElement>(null);
  const { overtaken, refusals } = store.acting;
  const own = overtaken.value === item.number;
  const refused = refusals.value;
  useEffect(() => {
    if (own) box.current?.focus();
  }, [own, refused]);
  if (!own) return null;
  const said = words.value;
  return (
    <div class="notice notice-warn" role="alert" tabIndex={-1} ref={box}>
      <Icon name="warning" />
      <div>
        <p class="title-group">{said.overtaken}</p>
        <p>
          {said.overtakenNow(named(shared.value.statuses, item.status))} {said.overtakenKept}
        </p>
      </div>
    </div>
  );
}

function Notes({ item }: { item: FullItem }) {
  const said = words.value;
  const notes = [
    item.published ? null : said.notPublished,
    item.precision === "exact" ? null : said.privateNeed,
    item.doubts.length > 0
      ? said.doubtful(item.doubts.map((doubt) => named(said.doubtNames, doubt)).join(", "))
      : null,
  ].filter(Boolean);
  if (notes.length === 0) return null;
  return (
    <div class="notice secondary">
      <Icon name="info" />
      <div>
        {notes.map((note) => (
          <p key={note}>{note}</p>
        ))}
      </div>
    </div>
  );
}

/** The area that the reporter named, where it is not the one that holds the pin. */
function declaredArea({ declared_area, areas }: FullItem): string | null {
  if (declared_area === null || areas.some(({ code }) => code === declared_area)) return null;
  const [above, rw, rt] = declared_area.split("-");
  return [rt && `RT ${rt}`, rw && `RW ${rw}`, above].filter(Boolean).join(" · ");
}

type Fact = [name: string, value: string];

function factsOf(item: FullItem): Fact[] {
  const said = words.value;
  const areas = item.areas.filter(({ level }) => level !== "kota").reverse();
  const accuracy = item.accuracy_m === null ? "" : ` · ${said.accuracy(item.accuracy_m)}`;
  const facts: [string, string | null][] = [
    [said.place, `${areas.map(fullName).join(" · ")}${accuracy}`],
    [said.address, item.address],
    [said.landmark, item.landmark],
    [said.declared, declaredArea(item)],
    [said.volume, item.volume === null ? null : shared.value.amount(item.volume, item.unit ?? "").trim()],
    [said.cost, item.estimated_cost === null ? null : rupiah(item.estimated_cost)],
    [said.beneficiaries, item.beneficiaries === null ? null : said.people(item.beneficiaries)],
    [said.severity, item.severity === null ? null : (said.severities[item.severity] ?? null)],
    [said.planYear, String(item.year)],
    [said.sentTo, [item.agency, item.programme].filter(Boolean).join(" · ")],
  ];
  return facts.filter((fact): fact is Fact => Boolean(fact[1]));
}

function Facts({ facts }: { facts: Fact[] }) {
  return (
    <dl class="facts num">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Only for whom the server tells it. */
function Contact({ item }: { item: FullItem }) {
  const { contact } = item;
  if (contact === undefined) return null;
  const told = contact === null ? [] : [contact.name, contact.phone, contact.email].filter(Boolean);
  return (
    <section>
      <h2>{words.value.contact}</h2>
      <p>{told.length > 0 ? told.join(" · ") : words.value.noContact}</p>
      {told.length > 0 ? <p class="hint">{words.value.contactWhy}</p> : null}
    </section>
  );
}

/** The words that were closed to everybody else, for whom the server tells them. */
function Kept({ item }: { item: FullItem }) {
  const kept = item.kept ?? [];
  if (kept.length === 0) return null;
  return (
    <section>
      <h2>{words.value.kept}</h2>
      <ul>
        {kept.map(({ field, words: closed }) => (
          <li key={`${field} ${closed}`}>
            <span class="secondary">{named(words.value.parts, field)}:</span> {closed}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Card({ store, item, card }: ItemProps & { card: NearCard }) {
  const said = words.value;
  const merge = nameOfMove("digabung");
  const begin = () => {
    store.drafts.change(item.number, merge, { into: card.number });
    store.acting.choose(merge);
  };
  return (
    <li class="near">
      <div>
        <p class="title-group">{card.title}</p>
        <p class="secondary num">
          {card.number} · {said.similarAt(card.distance_m, fixed(card.score, 2))}
        </p>
        <StatusChip status={card.status} />
      </div>
      <div class="near-acts">
        <button type="button" class="btn" onClick={() => store.choose(card)}>
          {said.look}
        </button>
        {movesOn(item).includes(merge) ? (
          <button type="button" class="btn" aria-label={said.mergeIntoThat(card.title)} onClick={begin}>
            {said.mergeInto}
          </button>
        ) : null}
      </div>
    </li>
  );
}

function Similar({ store, item }: ItemProps) {
  if (item.similar.length === 0) return null;
  return (
    <section>
      <h2>{words.value.similar}</h2>
      <ul>
        {item.similar.map((card) => (
          <Card key={card.number} store={store} item={item} card={card} />
        ))}
      </ul>
    </section>
  );
}

function Merged({ store, item }: ItemProps) {
  const { into, from } = item.merged;
  const link = (number: string) => (
    <button key={number} type="button" class="link num" onClick={() => store.choose({ number })}>
      {number}
    </button>
  );
  if (into === null && from.length === 0) return null;
  return (
    <p class="notice secondary">
      <Icon name="copy" />
      <span>
        {into === null ? words.value.mergedFrom : words.value.mergedInto}{" "}
        {into === null ? from.map(link) : link(into)}
      </span>
    </p>
  );
}

function Body({ store, item }: ItemProps) {
  return (
    <>
      <Head store={store} item={item} />
      <Outcome store={store} item={item} />
      <Overtaken store={store} item={item} />
      <p class="problem">{item.problem}</p>
      <Merged store={store} item={item} />
      <Notes item={item} />
      {item.question ? (
        <div class="notice notice-warn">
          <Icon name="talk" />
          <div>
            <p class="title-group">{words.value.question}</p>
            <p>{item.question}</p>
          </div>
        </div>
      ) : null}
      <Decision store={store} item={item} />
      <Facts facts={factsOf(item)} />
      <Contact item={item} />
      <Kept item={item} />
      <Similar store={store} item={item} />
      <History store={store} item={item} />
    </>
  );
}

function Nothing({ store }: StoreProps) {
  const { empty, items } = store.list;
  // While the list is on its way, or could not be read, there is nothing to choose from.
  if (items.value.length === 0 && !empty.value) return null;
  if (empty.value)
    return (
      <Face icon="list" title={words.value.nothingToOpen}>
        <p>{words.value.nothingToOpenBody}</p>
      </Face>
    );
  return (
    <Face icon="list" title={words.value.choose}>
      {place.value.sort === "due" ? <p>{words.value.chooseBody}</p> : null}
    </Face>
  );
}

/** What is being opened, as the list knows it, and the way back; on a phone nothing else stands here. */
function Coming({ store, number }: StoreProps & { number: string }) {
  const known = store.list.items.value.find((item) => item.number === number);
  return (
    <header class="panel-head">
      <div>
        <p class="secondary num">{number}</p>
        {known ? <h1 class="title-page">{known.title}</h1> : null}
      </div>
      <Close store={store} />
    </header>
  );
}

export function Detail({ store }: StoreProps) {
  const { value, error, loading } = store.choice;
  const number = place.value.usulan;
  const slow = useSlow(loading.value && value.value === null);
  const item = number === null ? null : value.value;
  return (
    <section
      class="panel-column kerja-detail"
      id={DETAIL_ID}
      tabIndex={-1}
      aria-label={item?.title ?? words.value.choose}
      aria-busy={loading.value}
    >
      <div class="panel">
        {number === null ? <Nothing store={store} /> : null}
        {number !== null && item === null && !isGone(error.value) ? (
          <Coming store={store} number={number} />
        ) : null}
        {slow ? <SkeletonRows rows={5} /> : null}
        {number !== null && isGone(error.value) ? (
          <Face icon="search" title={words.value.gone}>
            <p>{words.value.goneBody(number)}</p>
            <Close store={store} />
          </Face>
        ) : null}
        {number !== null && error.value && !isGone(error.value) ? (
          <Failed
            title={words.value.openFailed}
            still=""
            error={error.value}
            retry={() => store.choice.retry()}
          />
        ) : null}
        {item && !isGone(error.value) ? <Body key={item.number} store={store} item={item} /> : null}
      </div>
    </section>
  );
}
