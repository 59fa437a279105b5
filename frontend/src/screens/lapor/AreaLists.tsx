import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { AreaName, Level } from "../../api/contract";
import { chainBelowKecamatan, levelOfCode } from "../../geo/codes";
import { words as common } from "../../i18n";
import { words } from "../../i18n/lapor";
import { areaLabel } from "./cityArea";
import { faultAt, faultAttributes } from "./Faults";
import type { Lapor } from "./state";

interface ListProps {
  lapor: Lapor;
  /** Null lists the kelurahan of the whole city. */
  parent: AreaName | null;
  chosen: string;
  choose: (area: AreaName | null) => void;
}

/** The areas of a list, null until they have come. */
function useAreas(lapor: Lapor, parent: string | null) {
  const areas = useSignal<AreaName[] | null>(null);
  const failed = useSignal(false);
  const attempt = useSignal(0);
  useEffect(() => {
    let wanted = true;
    areas.value = null;
    failed.value = false;
    (parent ? lapor.directory.beneath(parent) : lapor.directory.kelurahan()).then(
      (found) => {
        if (wanted) areas.value = found;
      },
      () => {
        failed.value = wanted;
      },
    );
    return () => {
      wanted = false;
    };
  }, [lapor, parent, attempt.value, areas, failed]);
  return { areas: areas.value, failed: failed.value, retry: () => attempt.value++ };
}

/** The levels of a list: one, or RW and RT side by side; the one that is usual there until it has come. */
function levelsOf(areas: AreaName[] | null, parent: AreaName | null): Level[] {
  if (!parent) return ["kelurahan"];
  if (!areas) return [parent.level === "kelurahan" ? "rw" : "rt"];
  return (["rw", "rt"] as const).filter((level) => areas.some((area) => area.level === level));
}

function noneOf(levels: Level[], parent: AreaName | null): string {
  if (!parent) return words.value.chooseKelurahan;
  return levels.includes("rw") ? words.value.wholeKelurahan : words.value.wholeRw;
}

/** The name, with the kecamatan beside it where the city has another kelurahan of that name. */
function optionLabel(lapor: Lapor, area: AreaName): string {
  const kecamatan = lapor.directory.kecamatanOf(area);
  const label = areaLabel(area);
  return kecamatan ? words.value.inKecamatan(label, areaLabel(kecamatan)) : label;
}

function Empty({ parent }: { parent: AreaName | null }) {
  if (!parent) return <p class="secondary">{words.value.noKelurahan}</p>;
  // An RW without RT says so by the missing list; a kelurahan without either would look unfinished.
  return parent.level === "kelurahan" ? <p class="secondary">{words.value.nothingBeneath}</p> : null;
}

function AreaList({ lapor, parent, chosen, choose }: ListProps) {
  const { areas, failed, retry } = useAreas(lapor, parent?.code ?? null);
  if (failed) {
    return (
      <p class="field-error" role="alert">
        {words.value.listFailed}{" "}
        <button type="button" class="link" onClick={retry}>
          {common.value.retry}
        </button>
      </p>
    );
  }
  if (areas?.length === 0) return <Empty parent={parent} />;
  const levels = levelsOf(areas, parent);
  const id = `daftar-${levels[0]}`;
  return (
    <div class="field">
      <label for={id}>{levels.map((level) => common.value.levels[level]).join(" / ")}</label>
      <select
        id={id}
        class="select"
        value={chosen}
        disabled={areas === null}
        onChange={({ currentTarget }) =>
          choose(areas?.find(({ code }) => code === currentTarget.value) ?? null)
        }
        {...faultAttributes(faultAt(lapor, "place"))}
      >
        <option value="">{areas === null ? common.value.loading : noneOf(levels, parent)}</option>
        {areas?.map((area) => (
          <option key={area.code} value={area.code}>
            {optionLabel(lapor, area)}
          </option>
        ))}
      </select>
    </div>
  );
}

/** The place chosen from lists, kelurahan to RT: for people without a map, and until it has come. */
export function AreaLists({ lapor }: { lapor: Lapor }) {
  const { place } = lapor.draft.value;
  // Names of what was chosen before, for the way back from an RT to its RW.
  const chosen = useSignal<Record<string, AreaName>>({});
  const take = (area: AreaName | null) => {
    if (area) chosen.value = { ...chosen.value, [area.code]: area };
    lapor.change({ place: area && { kind: "area", area }, declared: null });
  };
  const chain = place?.kind === "area" ? chainBelowKecamatan(place.area.code) : [];
  const parents = chain
    .filter((code) => levelOfCode(code) !== "rt")
    .map((code) => chosen.value[code] ?? { code, level: levelOfCode(code), name: "" });
  return (
    <div class="area-lists">
      {[null, ...parents].map((parent, depth) => (
        <AreaList
          key={parent?.code ?? ""}
          lapor={lapor}
          parent={parent}
          chosen={chain[depth] ?? ""}
          choose={(area) => take(area ?? parent)}
        />
      ))}
      {chain.length > 0 ? <p class="secondary">{words.value.noPin}</p> : null}
    </div>
  );
}
