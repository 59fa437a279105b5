import type { LoadItem } from "../../api/contract";
import { instant, named } from "../../i18n";
import { words } from "../../i18n/muat";
import { Face, Failed, SkeletonRows } from "../../panels/faces";
import { useSlow } from "../../panels/useSlow";
import { go } from "./address";
import type { MuatStore } from "./store";

const TONES: Record<string, string> = {
  selesai: "chip chip-ok",
  gagal: "chip chip-bad",
  menunggu: "chip chip-warn",
  batal: "chip",
  ditarik: "chip",
};

/** Where a load stands, in a word. */
export function StateChip({ state }: { state: string }) {
  return <span class={TONES[state] ?? "chip chip-plan"}>{named(words.value.states, state)}</span>;
}

function Row({ item, store }: { item: LoadItem; store: MuatStore }) {
  const open = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go({ load: item.id });
  };
  const query = new URLSearchParams(location.search);
  query.set("muatan", item.id);
  return (
    <li class="muat-row">
      <div>
        <a href={`/muat?${query}`} onClick={open}>
          {item.file.name}
        </a>
        <p class="secondary">
          {words.value.sentAt(instant(item.created), named(store.areaNames.value, item.area))}
          {item.own ? "" : ` ${words.value.byOther}`}
        </p>
      </div>
      <StateChip state={item.state} />
    </li>
  );
}

/** The loads of the officer's areas, the newest first. */
export function LoadList({ store }: { store: MuatStore }) {
  const { value, error, loading } = store.loads;
  const slow = useSlow(loading.value && value.value === null);
  return (
    <section class="muat-part" aria-labelledby="judul-muatan">
      <h2 id="judul-muatan">{words.value.loads}</h2>
      {error.value ? (
        <Failed
          title={words.value.loadsFailed}
          still=""
          error={error.value}
          retry={() => store.loads.retry()}
        />
      ) : null}
      {slow ? <SkeletonRows rows={3} /> : null}
      {value.value?.length === 0 ? (
        <Face icon="list" title={words.value.noLoads}>
          <p>{words.value.noLoadsBody}</p>
        </Face>
      ) : null}
      <ul>
        {(value.value ?? []).map((item) => (
          <Row key={item.id} item={item} store={store} />
        ))}
      </ul>
    </section>
  );
}
