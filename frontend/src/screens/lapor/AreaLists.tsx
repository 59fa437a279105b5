import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { isAbort, request } from "../../api/client";
import type { AreaCollection, AreaName, Level, Stats } from "../../api/contract";
import { words as common } from "../../i18n";
import { words } from "../../i18n/lapor";
import { areaLabel } from "./cityArea";
import { faultAt, faultAttributes } from "./Faults";
import type { Lapor } from "./state";

// The shapes are not looked at here: as few corners as the server will send.
const ROUGH_ZOOM = 8;

const byCode = (a: AreaName, b: AreaName) => (a.code < b.code ? -1 : 1);
const byName = (a: AreaName, b: AreaName) => a.name.localeCompare(b.name, "id");

/** All kelurahan without their shapes, which would weigh a hundred times as much. */
async function kelurahanOf(lapor: Lapor, signal: AbortSignal): Promise<AreaName[]> {
  const { rows } = await request<Stats>(lapor.query("/api/v1/stats", { level: "kelurahan" }), { signal });
  return rows.map(({ area, name, level }) => ({ code: area, name, level })).sort(byName);
}

async function childrenOf(
  lapor: Lapor,
  parent: string,
  level: Level,
  signal: AbortSignal,
): Promise<AreaName[]> {
  const path = lapor.query("/api/v1/areas", { level, parent, simplify: ROUGH_ZOOM });
  const { features } = await request<AreaCollection>(path, { signal });
  return features.map(({ properties }) => properties).sort(byCode);
}

interface ListProps {
  lapor: Lapor;
  level: Level;
  /** Null lists the whole city. */
  parent: string | null;
  chosen: string;
  /** The first choice: none yet, or the whole parent. */
  none: string;
  choose: (area: AreaName | null) => void;
}

function AreaList({ lapor, level, parent, chosen, none, choose }: ListProps) {
  const areas = useSignal<AreaName[] | null>(null);
  const failed = useSignal(false);
  const attempt = useSignal(0);
  useEffect(() => {
    const abort = new AbortController();
    areas.value = null;
    failed.value = false;
    const asked = parent ? childrenOf(lapor, parent, level, abort.signal) : kelurahanOf(lapor, abort.signal);
    asked.then(
      (found) => {
        areas.value = found;
      },
      (error) => {
        failed.value = !isAbort(error);
      },
    );
    return () => abort.abort();
  }, [lapor, level, parent, attempt.value, areas, failed]);
  if (failed.value) {
    return (
      <p class="field-error" role="alert">
        {words.value.listFailed}{" "}
        <button type="button" class="link" onClick={() => attempt.value++}>
          {common.value.retry}
        </button>
      </p>
    );
  }
  if (areas.value?.length === 0) return null;
  const id = `daftar-${level}`;
  return (
    <div class="field">
      <label for={id}>{common.value.levels[level]}</label>
      <select
        id={id}
        class="select"
        value={chosen}
        disabled={areas.value === null}
        onChange={(event) =>
          choose(areas.value?.find(({ code }) => code === event.currentTarget.value) ?? null)
        }
        {...faultAttributes(faultAt(lapor, "place"))}
      >
        <option value="">{areas.value === null ? common.value.loading : none}</option>
        {areas.value?.map((area) => (
          <option key={area.code} value={area.code}>
            {areaLabel(area)}
          </option>
        ))}
      </select>
    </div>
  );
}

/** The codes of an area's own chain below the kecamatan: kelurahan, then RW, then RT. */
function chainOf(code: string): string[] {
  const [kelurahan = "", rw, rt] = code.split("-");
  return [kelurahan, rw && `${kelurahan}-${rw}`, rt && `${kelurahan}-${rw}-${rt}`].filter(
    (each) => !!each,
  ) as string[];
}

/** The place chosen from lists, kelurahan to RT: for people without a map, and until it has come. */
export function AreaLists({ lapor }: { lapor: Lapor }) {
  const { place } = lapor.draft.value;
  const kelurahan = useSignal<AreaName | null>(null);
  const rw = useSignal<AreaName | null>(null);
  const [kelurahanCode = "", rwCode = "", rtCode = ""] =
    place?.kind === "area" ? chainOf(place.area.code) : [];
  const take = (area: AreaName | null) =>
    lapor.change({ place: area && { kind: "area", area }, declared: null });
  return (
    <div class="area-lists">
      <AreaList
        lapor={lapor}
        level="kelurahan"
        parent={null}
        chosen={kelurahanCode}
        none={words.value.chooseKelurahan}
        choose={(area) => {
          kelurahan.value = area;
          take(area);
        }}
      />
      {kelurahanCode ? (
        <AreaList
          lapor={lapor}
          level="rw"
          parent={kelurahanCode}
          chosen={rwCode}
          none={words.value.wholeKelurahan}
          choose={(area) => {
            rw.value = area;
            take(area ?? kelurahan.value ?? { level: "kelurahan", code: kelurahanCode, name: "" });
          }}
        />
      ) : null}
      {rwCode ? (
        <AreaList
          lapor={lapor}
          level="rt"
          parent={rwCode}
          chosen={rtCode}
          none={words.value.wholeRw}
          choose={(area) => take(area ?? rw.value ?? { level: "rw", code: rwCode, name: "" })}
        />
      ) : null}
      {kelurahanCode ? <p class="secondary">{words.value.noPin}</p> : null}
    </div>
  );
}
