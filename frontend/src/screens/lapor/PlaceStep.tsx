import type { AreaName } from "../../api/contract";
import type { NearestArea } from "../../api/problem";
import { justInside } from "../../geo/nearest";
import { words as common, named } from "../../i18n";
import { words } from "../../i18n/lapor";
import { Breadcrumb } from "../../panels/Breadcrumb";
import { Icon } from "../../panels/Icon";
import { online } from "../../state/online";
import { AreaLists } from "./AreaLists";
import { areaLabel, innermostFirst, labelBeside, lowest } from "./cityArea";
import type { Located } from "./located";
import type { Lapor } from "./state";

type Found = Extract<Located, { state: "found" }>;

/** RT 001 > RW 004 > Kauman, and the wider areas in a second line. */
export function PlaceCrumbs({ areas }: { areas: AreaName[] }) {
  const isWide = ({ level }: AreaName) => level === "kecamatan" || level === "kota";
  const inside = innermostFirst(areas);
  const crumbs = inside.filter((area) => !isWide(area));
  return (
    <Breadcrumb
      label={words.value.place}
      crumbs={crumbs.map((area) => ({ code: area.code, text: areaLabel(area) }))}
      wide={inside.filter(isWide).map(areaLabel).join(", ")}
    />
  );
}

/** The doubts of the place in plain words, the one that asks something first. */
function doubtLines({ at, neighbours }: Found, accuracy_m: number | null): string[] {
  const own = lowest(at);
  if (!own) return [];
  const label = areaLabel(own);
  const [next] = neighbours;
  const edge_m = at.edge_distance_m ?? 0;
  const lines: Record<string, () => string> = {
    dekat_batas: () =>
      next
        ? words.value.nearBorder(edge_m, labelBeside(next.feature.properties, own), label)
        : words.value.nearSomeBorder(edge_m, label),
    perkiraan: () => words.value.estimated(label),
    akurasi_rendah: () => words.value.lowAccuracy(accuracy_m ?? 0),
    tanpa_rt: () => words.value.withoutRt(label),
  };
  return Object.keys(lines).flatMap((doubt) =>
    at.doubts.some((own) => own === doubt) ? [lines[doubt]?.() ?? ""] : [],
  );
}

function Declare({ lapor, found, own }: { lapor: Lapor; found: Found; own: AreaName }) {
  if (found.neighbours.length === 0) return null;
  const { declared } = lapor.draft.value;
  const choose = (code: string) => {
    const feature = found.neighbours.find(({ feature: { properties } }) => properties.code === code)?.feature;
    const { level, name } = feature?.properties ?? own;
    lapor.change({ declared: feature ? { level, code, name } : null });
  };
  return (
    <div class="declare">
      <label for="deklarasi">{words.value.declaredChoice}</label>
      <select
        id="deklarasi"
        class="select"
        value={declared?.code ?? own.code}
        onChange={(event) => choose(event.currentTarget.value)}
      >
        <option value={own.code}>{words.value.byMap(areaLabel(own))}</option>
        {found.neighbours.map(({ feature: { properties } }) => (
          <option key={properties.code} value={properties.code}>
            {labelBeside(properties, own)}
          </option>
        ))}
      </select>
    </div>
  );
}

function FoundPlace({ lapor, found }: { lapor: Lapor; found: Found }) {
  const { place, declared } = lapor.draft.value;
  const own = lowest(found.at);
  const accuracy_m = place?.kind === "pin" ? place.accuracy_m : null;
  const doubts = doubtLines(found, accuracy_m);
  const asks = doubts.length > 0 || declared !== null;
  return (
    <>
      <PlaceCrumbs areas={found.at.areas} />
      {doubts.map((doubt) => (
        <p class="doubt" key={doubt}>
          <Icon name="info" small />
          {doubt}
        </p>
      ))}
      {asks && own ? <Declare lapor={lapor} found={found} own={own} /> : null}
      {declared && own ? (
        <p class="secondary">{words.value.declared(labelBeside(declared, own), areaLabel(own))}</p>
      ) : null}
      <p class="secondary">{words.value.movePin}</p>
      {accuracy_m !== null && !found.at.doubts.includes("akurasi_rendah") ? (
        <p class="secondary">{words.value.accuracy(accuracy_m)}</p>
      ) : null}
    </>
  );
}

/** `Kelurahan Pandean`: of a stranger's place the level is not plain from the name. */
const levelled = ({ level, name }: NearestArea): string => `${named(common.value.levels, level)} ${name}`;

interface OutsideProps {
  found: Extract<Located, { state: "outside" }>;
  city: string | null;
}

function Outside({ found: { nearest, way }, city }: OutsideProps) {
  return (
    <div class="notice notice-bad" role="alert">
      <Icon name="warning" />
      <div>
        <p class="title-group">{words.value.outside(city)}</p>
        {nearest ? <p>{words.value.nearest(levelled(nearest), nearest.distance_m, way)}</p> : null}
      </div>
    </div>
  );
}

/** In place of the step's own button while the pin is outside: no place that is refused can be taken along. */
export function MoveInside({ lapor }: { lapor: Lapor }) {
  const located = lapor.locator.located.value;
  const { place } = lapor.draft.value;
  const feature = located.state === "outside" ? located.feature : null;
  const inside = feature && place?.kind === "pin" ? justInside(place.position, feature.geometry) : null;
  if (!inside) return null;
  const move = () => {
    lapor.pinAt(inside, null);
    lapor.map?.lookAt(inside);
  };
  return (
    <button type="button" class="btn btn-wide" onClick={move}>
      {words.value.moveInside}
    </button>
  );
}

function Answer({ lapor }: { lapor: Lapor }) {
  const { place } = lapor.draft.value;
  const located = lapor.locator.located.value;
  if (located.state === "found") return <FoundPlace lapor={lapor} found={located} />;
  if (located.state === "outside") return <Outside found={located} city={lapor.here.value?.name ?? null} />;
  if (place?.kind === "pin" && located.state === "failed") {
    return <p class="doubt">{online.value ? words.value.seekFailed : words.value.noNetworkSeek}</p>;
  }
  if (place?.kind === "pin") return <p class="secondary">{words.value.seeking}</p>;
  // Nobody can tap what is not there.
  return lapor.mapFailed.value ? null : <p class="secondary">{words.value.mapHint}</p>;
}

/** What stands below the map: where the pin is, with its doubts; or the lists. */
export function PlaceStep({ lapor }: { lapor: Lapor }) {
  const byList = lapor.byList.value;
  return (
    <>
      <div class="answer" aria-live="polite">
        {byList ? null : <Answer lapor={lapor} />}
      </div>
      {byList ? <AreaLists lapor={lapor} /> : null}
      <button type="button" class="link place-switch" onClick={() => lapor.chooseByList(!byList)}>
        {byList ? words.value.fromMap : words.value.fromLists}
      </button>
    </>
  );
}
