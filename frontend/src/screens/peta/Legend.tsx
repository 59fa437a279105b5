import { CLASS_UNITS, cellRadius } from "../../geo/cells";
import { type AreaClasses, lackPeople } from "../../geo/choropleth";
import { SINGLE_ZOOM } from "../../geo/levels";
import { named, number, words as shared } from "../../i18n";
import { words } from "../../i18n/peta";
import { Bidang } from "../../panels/Bidang";
import { levelWord } from "../../panels/names";
import { Scale } from "../../panels/Scale";
import { place } from "../../state/place";
import { runningYear } from "../../state/planningYears";
import { GROUPS } from "../../state/url";
import { narrow } from "./layout";
import { isNarrowed } from "./otherwise";
import type { PetaStore } from "./store";

interface StoreProps {
  store: PetaStore;
}

/** A count of each class, in units. */
const SAMPLES = [1, 5, 18, 50, 110];

/** What the classes hold: "1", "2–9" to "75+"; of larger units, whose ranges are long words, where each begins. */
function classNames(unit: number): string[] {
  const starts = [1, ...CLASS_UNITS.map((limit) => limit * unit)];
  return starts.map((start, step) => {
    const last = (starts[step + 1] ?? 0) - 1;
    if (unit > 1 || last < 0) return `${number(start)}+`;
    return start === last ? number(start) : `${number(start)}–${number(last)}`;
  });
}

/** Without a unit the samples only keep their room, or the map would be fitted anew when it comes. */
function CellSamples({ unit }: { unit: number | null }) {
  const names = unit === null ? [] : classNames(unit);
  return (
    <ul class="legend-cells">
      {SAMPLES.map((units, step) => {
        const radius = cellRadius(units, 1);
        return (
          <li key={units}>
            <svg width={2 * radius + 2} height={2 * radius + 2} aria-hidden="true">
              <circle class={`cell-${step}`} cx={radius + 1} cy={radius + 1} r={radius} />
            </svg>
            <span class="num">{names[step] ?? "\u00a0"}</span>
          </li>
        );
      })}
    </ul>
  );
}

function GroupSamples() {
  return (
    <ul class="legend-groups">
      {GROUPS.map((group) => (
        <li key={group}>
          <Bidang group={group} />
          {named(shared.value.groups, group)}
        </li>
      ))}
    </ul>
  );
}

/** On a phone the empty map is all there is to see, and must not leave open whether it is still to come. */
function nothingThere(store: PetaStore): string {
  if (isNarrowed(place.value)) return `${words.value.nothingFits}.`;
  const name = place.value.area ? store.areaName(place.value.area) : (store.city.value?.name ?? "");
  return `${words.value.silent(name)}. ${words.value.silentBody}`;
}

/** Cells plus unlocated equal the total: the sentence by which a reader can check the map. */
function Sum({ store }: StoreProps) {
  const { value, error, stale } = store.totals.value;
  const stats = value.value;
  if (error.value) {
    const bySight = store.circles.bySight.value && store.zoom.value < SINGLE_ZOOM;
    return <p class="hint">{bySight ? words.value.legendBySight : words.value.legendNoSum}</p>;
  }
  if (!stats || stale.value) return <p class="hint">{shared.value.renewing}</p>;
  if (stats.numberMatched === 0) return narrow.value ? <p>{nothingThere(store)}</p> : null;
  const { numberMatched, unlocated } = stats;
  return <p class="hint num">{words.value.legendSum(numberMatched - unlocated, unlocated, numberMatched)}</p>;
}

function CellLegend({ store }: StoreProps) {
  const zoom = store.zoom.value;
  const singles = zoom >= SINGLE_ZOOM;
  const unit = store.circles.unitAt.value(zoom);
  // On a phone samples of circles that are not there would only take room from the map.
  const empty = narrow.value && store.totals.value.value.value?.numberMatched === 0;
  return (
    <>
      <h3 class="legend-title">{singles ? words.value.singles : words.value.legendCells}</h3>
      {singles ? <GroupSamples /> : null}
      {singles || empty ? null : <CellSamples unit={unit} />}
      {singles ? (
        <p class="hint legend-private">
          <span class="private-sample" /> {words.value.privateNeed}
        </p>
      ) : null}
      <Sum store={store} />
    </>
  );
}

/** A year as it is said: one that still runs says so. */
function yearWord(store: PetaStore, year: number): string {
  const at = store.stats.value.value?.as_of;
  const zone = store.city.value?.time_zone ?? "UTC";
  const runs = at !== undefined && year >= runningYear(at, zone);
  return runs ? shared.value.runningYear(year) : String(year);
}

/** Sums of several years share no scale with those of one, so that only one year's limits are those of all. */
const limitsNote = (year: number | null) => (year === null ? null : words.value.legendSameBreaks);

function ChoroplethLegend({ store, values }: StoreProps & { values: AreaClasses }) {
  const { mode } = place.value;
  const year = store.year.value;
  const level = levelWord(store.level.value);
  const rate = mode === "laju";
  const period = year === null ? words.value.allYearsTogether : yearWord(store, year);
  const stats = store.stats.value.value;
  const unassigned = stats?.unassigned ?? 0;
  const peopleless = rate && stats && lackPeople(stats.rows) ? stats.edition : null;
  return (
    <>
      <h3 class="legend-title">
        {rate ? words.value.legendRate(level, period) : words.value.legendCount(level, period)}
      </h3>
      {values.classed > 0 ? <Scale breaks={values.breaks} top={values.top} /> : null}
      {peopleless ? <p class="hint">{shared.value.noPeople(peopleless, level)}</p> : null}
      {values.thin > 0 && !peopleless ? (
        <p class="legend-thin hint">
          <span class="thin-sample" /> {words.value.thin}
        </p>
      ) : null}
      {store.zoom.value >= SINGLE_ZOOM ? <GroupSamples /> : null}
      <p class="hint num">
        {peopleless ? null : words.value.legendAreas(values.classed, values.thin)}{" "}
        {values.classed > 0 ? limitsNote(year) : null}
        {unassigned > 0 ? ` ${words.value.unassigned(unassigned, level)}` : ""}
      </p>
      {rate && place.value.year === null && year ? <p class="hint">{words.value.noYearRate(year)}</p> : null}
    </>
  );
}

/** A rate is of one year; a city without any year has no usulan, and nothing to class. */
function SilentLegend({ store }: StoreProps) {
  return (
    <>
      <h3 class="legend-title">{words.value.modes.laju}</h3>
      <p>{nothingThere(store)}</p>
    </>
  );
}

function AreasLegend({ store }: StoreProps) {
  const { values, filter, year } = store;
  const silent = place.value.mode === "laju" && filter.value !== null && year.value === null;
  if (silent) return <SilentLegend store={store} />;
  if (!values.value) return <p class="hint">{words.value.legendWaiting}</p>;
  return <ChoroplethLegend store={store} values={values.value} />;
}

export function Legend({ store }: StoreProps) {
  return (
    <section class="legend" aria-label={words.value.legend}>
      {place.value.mode === "petak" ? <CellLegend store={store} /> : <AreasLegend store={store} />}
    </section>
  );
}
