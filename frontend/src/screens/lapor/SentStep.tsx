import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { request } from "../../api/client";
import type { AreaName, UsulanFeature } from "../../api/contract";
import { words as common, instant } from "../../i18n";
import { words } from "../../i18n/lapor";
import { Icon } from "../../panels/Icon";
import { areaLabel } from "./cityArea";
import { PlaceCrumbs } from "./PlaceStep";
import type { Lapor, Sent } from "./state";

function CopyButton({ code }: { code: string }) {
  const said = useSignal("");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(code);
      said.value = words.value.copied;
    } catch {
      // Without a secure connection the browser gives no clipboard; the code itself can be marked.
      const box = document.getElementById("kode-lacak");
      if (box) getSelection()?.selectAllChildren(box);
      said.value = words.value.copyFailed;
    }
  };
  return (
    <div class="copy">
      <button type="button" class="btn" onClick={copy}>
        <Icon name="copy" />
        {words.value.copy}
      </button>
      <p class="secondary" role="status">
        {said.value}
      </p>
    </div>
  );
}

function Slip({ lapor, sent }: { lapor: Lapor; sent: Sent }) {
  const { tracking_code: code, number } = sent.answer;
  const address = new URL(lapor.query("/", { usulan: number }), location.href).href;
  const page = new URL("/lacak", location.href);
  // Behind `#`: no server on the way, and no log, gets the code.
  const follow = `${page.href}#${code}`;
  const text = words.value.shareText({ title: sent.draft.title.trim(), number, code, address, follow });
  return (
    <>
      <section class="slip" aria-label={words.value.trackingCode}>
        <p class="secondary">{words.value.trackingCode}</p>
        <p id="kode-lacak" class="tracking-code num">
          {code}
        </p>
        <CopyButton code={code} />
      </section>
      <div class="notice notice-warn">
        <Icon name="warning" />
        <p>
          <b>{words.value.keepCode}</b> {words.value.keepCodeWhy}{" "}
          {words.value.followAt(`${page.host}${page.pathname}`)}
        </p>
      </div>
      <div class="slip-actions">
        <a
          class="btn"
          href={`https://wa.me/?text=${encodeURIComponent(text)}`}
          target="_blank"
          rel="noopener noreferrer"
        >
          <Icon name="share" />
          {words.value.whatsapp}
        </a>
        <button type="button" class="btn" onClick={() => print()}>
          {words.value.print}
        </button>
        <a class="btn slip-follow" href={follow}>
          {words.value.follow}
        </a>
      </div>
    </>
  );
}

const STREET_ZOOM = 17;

/** The view of the map in which the pin is seen; none for a private need, whose pin stays with the officers. */
function viewOf(lapor: Lapor): { at?: string } {
  const place = lapor.sent.value?.draft.place;
  if (place?.kind !== "pin" || lapor.category.value?.precision !== "exact") return {};
  return { at: [...place.position.map((degrees) => degrees.toFixed(5)), STREET_ZOOM].join(",") };
}

/** A link to the map once the usulan can be seen there; before, one sentence, so that no link is dead. */
function SeeOnMap({ lapor, number }: { lapor: Lapor; number: string }) {
  const published = useSignal<boolean | null>(null);
  useEffect(() => {
    request<UsulanFeature>(lapor.query(`/api/v1/usulan/${encodeURIComponent(number)}`, {})).then(
      () => {
        published.value = true;
      },
      () => {
        published.value = false;
      },
    );
  }, [lapor, number, published]);
  if (published.value === null) return <p class="secondary">{common.value.loading}</p>;
  if (!published.value) return <p class="secondary">{words.value.notPublicYet}</p>;
  return (
    <a class="btn btn-main btn-wide" href={lapor.query("/", { usulan: number, ...viewOf(lapor) })}>
      {words.value.seeOnMap}
    </a>
  );
}

/** `Kelurahan Kauman`, with its kecamatan where the city has two of that name. */
function kelurahanName(lapor: Lapor, kelurahan: AreaName): string {
  const name = `${common.value.levels.kelurahan} ${kelurahan.name}`;
  const kecamatan = lapor.directory.kecamatanOf(kelurahan);
  return kecamatan ? words.value.inKecamatan(name, areaLabel(kecamatan)) : name;
}

export function SentStep({ lapor, sent }: { lapor: Lapor; sent: Sent }) {
  const { answer, at, earlier } = sent;
  const kelurahan = answer.areas.find(({ level }) => level === "kelurahan");
  return (
    <div class="sent">
      <p class="secondary num">{words.value.numberIs(answer.number, instant(at))}</p>
      {earlier ? <p class="notice">{words.value.changedText}</p> : null}
      <Slip lapor={lapor} sent={sent} />
      <h2>{words.value.place}</h2>
      <PlaceCrumbs areas={answer.areas} />
      <h2>{words.value.nextStep}</h2>
      <p>
        {words.value.nextStepText(
          kelurahan ? kelurahanName(lapor, kelurahan) : common.value.levels.kelurahan,
          answer.year,
        )}
      </p>
    </div>
  );
}

export function SentActions({ lapor, sent }: { lapor: Lapor; sent: Sent }) {
  return (
    <>
      <button type="button" class="btn" onClick={() => lapor.startOver()}>
        {words.value.another}
      </button>
      <SeeOnMap lapor={lapor} number={sent.answer.number} />
    </>
  );
}
