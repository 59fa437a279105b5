import { useEffect, useRef } from "preact/hooks";
import type { FullLoad } from "../../api/contract";
import { rejectsAddress } from "../../api/loads";
import { isGone } from "../../api/problem";
import { instant, named, number } from "../../i18n";
import { words } from "../../i18n/muat";
import { Face, Failed, Waiting } from "../../panels/faces";
import { Icon } from "../../panels/Icon";
import { Acts } from "./Acts";
import { go } from "./address";
import { StateChip } from "./LoadList";
import { MappingForm } from "./MappingForm";
import { Report } from "./Report";
import { isUnreadable, isWorking } from "./states";
import type { MuatStore } from "./store";
import { Trouble } from "./Trouble";

interface LoadProps {
  store: MuatStore;
  load: FullLoad;
}

const MEGA = 1_000_000;

const sizeOf = (bytes: number): string =>
  bytes < MEGA
    ? words.value.kilobytes(Math.ceil(bytes / 1_000))
    : words.value.megabytes(number(bytes / MEGA, 1));

function Back() {
  const open = (event: MouseEvent) => {
    event.preventDefault();
    go({ load: null });
  };
  const query = new URLSearchParams(location.search);
  query.delete("muatan");
  return (
    <a class="muat-back" href={`/muat?${query}`} onClick={open}>
      <Icon name="left" small />
      {words.value.back}
    </a>
  );
}

function Working({ load }: { load: FullLoad }) {
  if (!isWorking(load.state)) return null;
  const { done, about } = load.progress;
  const known = about > 0;
  return (
    <div class="muat-working">
      <progress
        aria-label={words.value.progress}
        {...(known ? { value: Math.min(done, about), max: about } : {})}
      />
      <p class="num">{done > 0 ? words.value.rowsDone(done, known ? about : null) : words.value.begun}</p>
      <p class="hint">{words.value.mayLeave}</p>
    </div>
  );
}

/** Why it came to nothing: in words of our own, or as whoever read the list says it. */
function Failure({ load }: { load: FullLoad }) {
  if (load.failure === null) return null;
  const own = words.value.failures[load.failure];
  const said = `${load.failure.charAt(0).toUpperCase()}${load.failure.slice(1)}.`;
  return (
    <div class="notice notice-bad" role="alert">
      <Icon name="warning" />
      <div>
        <p class="title-group">{named(words.value.failedTitles, load.state)}</p>
        <p lang={own ? undefined : "id"}>{own ?? said.replace("..", ".")}</p>
        <p>{isUnreadable(load) ? words.value.unreadableNext : words.value.failedNext}</p>
      </div>
    </div>
  );
}

function Undone({ load }: { load: FullLoad }) {
  if (!load.undone) return null;
  const { withdrawn, kept, kept_numbers: numbers } = load.undone;
  return (
    <section class="muat-part">
      <p>{words.value.withdrawn(withdrawn)}</p>
      {load.report?.updated ? <p>{words.value.undoUpdated(load.report.updated)}</p> : null}
      {kept > 0 ? (
        <>
          <p>{words.value.kept(kept)}</p>
          <ul class="muat-kept num">
            {numbers.map((each) => (
              <li key={each}>
                <a href={`/kerja?usulan=${encodeURIComponent(each)}`}>{each}</a>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </section>
  );
}

function Rejects({ store, load }: LoadProps) {
  const city = store.city.value?.code;
  if (!city || !load.report?.rejects_file) return null;
  if (!load.may.includes("rejects")) return <p class="secondary">{words.value.rejectsNotYours}</p>;
  return (
    <div class="muat-rejects">
      <p>{words.value.rejectsWhy}</p>
      <a class="btn" href={rejectsAddress(city, load.id, "xlsx")} download>
        <Icon name="download" />
        {words.value.rejectsXlsx}
      </a>
      <a class="link" href={rejectsAddress(city, load.id, "csv")} download>
        {words.value.rejectsCsv}
      </a>
    </div>
  );
}

/** The name of the file and where its load stands; has the focus when that has changed. */
function Head({ store, load }: LoadProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const before = useRef(load.state);
  useEffect(() => {
    const free = document.activeElement === document.body || document.activeElement === null;
    if (before.current !== load.state && free) heading.current?.focus();
    before.current = load.state;
  }, [load.state]);
  return (
    <div class="muat-head">
      <h1 tabIndex={-1} ref={heading}>
        {load.file.name}
      </h1>
      <p class="secondary">
        {sizeOf(load.file.bytes)} ·{" "}
        {words.value.sentAt(instant(load.created), named(store.areaNames.value, load.area))}
        {load.year === null ? "" : ` · ${words.value.ofYear(load.year)}`}
      </p>
      <p role="status">
        <StateChip state={load.state} /> <span>{named(words.value.stateWords, load.state)}</span>
      </p>
    </div>
  );
}

function Whole({ store, load }: LoadProps) {
  const isOpen = load.may.includes("mapping");
  const { report } = load;
  const isTried = load.state === "menunggu" && report !== null;
  const mapping = isOpen ? <MappingForm store={store} load={load} /> : null;
  return (
    <>
      <Head store={store} load={load} />
      <Trouble error={store.trouble.value} />
      <Failure load={load} />
      <Working load={load} />
      {isTried ? <Acts store={store} load={load} /> : null}
      <Undone load={load} />
      {report ? (
        <Report store={store} report={report} load={load}>
          <Rejects store={store} load={load} />
        </Report>
      ) : null}
      {isTried && mapping ? (
        <details class="muat-part" open={store.draft.isChanged(load)}>
          <summary>{words.value.changeMapping}</summary>
          {mapping}
        </details>
      ) : (
        mapping
      )}
      {isTried ? null : <Acts store={store} load={load} />}
    </>
  );
}

/** One load, from its upload to its end. */
export function LoadPane({ store }: { store: MuatStore }) {
  const load = store.load.value.value;
  const error = store.load.error.value;
  if (load)
    return (
      <>
        <Back />
        {error ? (
          <p class="notice notice-warn" role="status">
            <Icon name="warning" />
            {words.value.standsSince}
          </p>
        ) : null}
        <Whole store={store} load={load} />
      </>
    );
  if (error && isGone(error))
    return (
      <>
        <Back />
        <Face icon="search" title={words.value.noSuchLoad}>
          <p>{words.value.noSuchLoadBody}</p>
        </Face>
      </>
    );
  if (error)
    return (
      <>
        <Back />
        <Failed title={words.value.loadFailed} still="" error={error} retry={() => store.load.retry()} />
      </>
    );
  return <Waiting />;
}
