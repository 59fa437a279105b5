import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { named } from "../../i18n";
import { words } from "../../i18n/muat";
import { Icon } from "../../panels/Icon";
import { areasToLoad } from "../../state/loaders";
import type { MuatStore } from "./store";
import { Trouble } from "./Trouble";

interface StoreProps {
  store: MuatStore;
}

const KINDS = ".csv,.tsv,.txt,.xlsx,.geojson,.json,.gpkg";
const YEAR = /^20\d\d$/;

/** What is wrong with what was chosen; a server that refuses a file too large may just hang up. */
function faultOf(file: File | null, year: string, mostMb: number): "file" | "large" | "year" | null {
  if (file === null) return "file";
  if (mostMb > 0 && file.size > mostMb * 1_000_000) return "large";
  return year && !YEAR.test(year) ? "year" : null;
}

function Sending({ store }: StoreProps) {
  const share = store.sent.value;
  if (share === null) return null;
  const percent = Math.floor(100 * share);
  return (
    <div class="muat-working">
      <p role="status">{percent < 100 ? words.value.sending : words.value.sentAll}</p>
      <progress value={percent} max={100} aria-label={words.value.sendProgress} />
      <span class="num" aria-hidden="true">
        {words.value.percent(percent)}
      </span>
      <button type="button" class="btn" onClick={() => store.stopSending()}>
        {words.value.stopSending}
      </button>
    </div>
  );
}

function AreaChoice({
  store,
  areas,
  area,
}: StoreProps & { areas: (string | null)[]; area: { value: string } }) {
  if (areas.length < 2) return null;
  return (
    <div class="field">
      <label for="wilayah">{words.value.forArea}</label>
      <select
        id="wilayah"
        class="select"
        value={area.value}
        onChange={(event) => {
          area.value = event.currentTarget.value;
        }}
      >
        {areas.map((code) => (
          <option key={code} value={code ?? ""}>
            {code === null ? words.value.wholeCity : named(store.areaNames.value, code)}
          </option>
        ))}
      </select>
    </div>
  );
}

/** A file is chosen, or dropped, and sent. */
export function UploadForm({ store }: StoreProps) {
  const file = useSignal<File | null>(null);
  const year = useSignal("");
  const most = store.configuration.value.value?.list_max_mb ?? 0;
  const areas = areasToLoad(store.city.value?.code);
  const area = useSignal(areas.includes(null) ? "" : (areas[0] ?? ""));
  const fault = useSignal<"file" | "large" | "year" | null>(null);
  const faultOfFile = fault.value === "file" || fault.value === "large";
  const input = useRef<HTMLInputElement>(null);
  const isSending = store.sent.value !== null;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const said = year.value.trim();
    fault.value = faultOf(file.value, said, most);
    if (fault.value === "file" || fault.value === "large") input.current?.focus();
    if (fault.value === "year") document.getElementById("tahun")?.focus();
    if (fault.value === null && file.value) void store.send(file.value, said, area.value);
  };
  return (
    <form class="muat-form" onSubmit={submit} noValidate aria-labelledby="judul-kirim">
      <h2 id="judul-kirim">{words.value.newLoad}</h2>
      <Trouble error={store.trouble.value} />
      <div class="field">
        <label for="berkas">{words.value.file}</label>
        <div class="muat-file" data-wrong={faultOfFile}>
          <input
            id="berkas"
            class="muat-file-input"
            type="file"
            accept={KINDS}
            ref={input}
            aria-invalid={faultOfFile}
            aria-describedby="petunjuk-berkas"
            onChange={(event) => {
              file.value = event.currentTarget.files?.[0] ?? null;
              fault.value = null;
            }}
          />
          <span class="btn" aria-hidden="true">
            {words.value.chooseFile}
          </span>
          <span class={file.value ? "muat-file-name" : "secondary"} aria-hidden="true">
            {file.value?.name ?? words.value.dropHere}
          </span>
        </div>
        {faultOfFile ? (
          <p class="field-error" role="alert">
            {fault.value === "file" ? words.value.noFile : words.value.tooLarge}
          </p>
        ) : null}
        <p class="hint" id="petunjuk-berkas">
          {words.value.fileHint(most)}
        </p>
      </div>
      <div class="field">
        <label for="tahun">{words.value.year}</label>
        <input
          id="tahun"
          class="input muat-year"
          inputMode="numeric"
          autocomplete="off"
          maxLength={4}
          value={year.value}
          aria-invalid={fault.value === "year"}
          aria-describedby="petunjuk-tahun"
          onInput={(event) => {
            year.value = event.currentTarget.value;
          }}
        />
        {fault.value === "year" ? (
          <p class="field-error" role="alert">
            {words.value.wrongYear}
          </p>
        ) : null}
        <p class="hint" id="petunjuk-tahun">
          {words.value.yearHint}
        </p>
      </div>
      <AreaChoice store={store} areas={areas} area={area} />
      <button type="submit" class="btn btn-main muat-go" aria-disabled={isSending}>
        <Icon name="share" />
        {words.value.send}
      </button>
      <Sending store={store} />
    </form>
  );
}
