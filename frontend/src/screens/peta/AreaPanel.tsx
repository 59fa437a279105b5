import type { AreaRead, Stats, StatsRow } from "../../api/contract";
import { isThinRate } from "../../geo/choropleth";
import { number, rateText, words as shared, shortRupiah } from "../../i18n";
import { words } from "../../i18n/peta";
import { Breadcrumb } from "../../panels/Breadcrumb";
import { Failed, SkeletonRows } from "../../panels/faces";
import { Icon } from "../../panels/Icon";
import { fullName } from "../../panels/names";
import { StatusChip } from "../../panels/StatusChip";
import { useSlow } from "../../panels/useSlow";
import { go, place } from "../../state/place";
import { CsvLink } from "./CsvLink";
import { Empty } from "./Empty";
import { GoneArea } from "./Gone";
import { closeInnermost } from "./mapKeys";
import { Provenance } from "./Provenance";
import type { PetaStore } from "./store";

interface StoreProps {
  store: PetaStore;
}

interface AreaProps extends StoreProps {
  area: AreaRead;
}

function Parents({ area }: { area: AreaRead }) {
  const crumbs = area.parents.map((parent) => ({
    code: parent.code,
    text: fullName(parent),
    open: () => go({ area: parent.level === "kota" ? null : parent.code, usulan: null }),
  }));
  return <Breadcrumb label={words.value.breadcrumb} crumbs={crumbs} />;
}

function Facts({ store, area }: AreaProps) {
  const { population, households, area_km2 } = area;
  const standing = store.standings.of(area.level);
  const parts = [
    population === null ? null : words.value.population(population),
    households === null ? null : words.value.households(households),
    area_km2 === null ? null : `${number(area_km2, 2)} km²`,
    words.value.boundary(standing, area.edition),
  ];
  return <p class="secondary num">{parts.filter(Boolean).join(" · ")}</p>;
}

/** Count, rate and cost under the filter; the same row as the statistics give. */
function Totals({ row, year }: { row: StatsRow | null; year: number | null }) {
  const count = row?.count ?? 0;
  const rate = row?.per_1000 ?? null;
  const known = row?.cost_known ?? 0;
  return (
    <dl class="totals num">
      <div>
        <dd data-testid="area-count">{number(count)}</dd>
        <dt>{words.value.usulanOf(year)}</dt>
      </div>
      <div>
        <dd data-testid="area-rate">{rate === null ? "–" : rateText(rate, count)}</dd>
        <dt>
          {year === null ? words.value.per1000Needs : words.value.per1000}
          {year !== null && row?.population === null ? (
            <span class="hint"> {words.value.peopleUnknown}</span>
          ) : null}
          {rate !== null && row && isThinRate(row) ? <span class="hint"> {words.value.thin}</span> : null}
        </dt>
      </div>
      <div>
        <dd>{known > 0 && row?.cost != null ? shortRupiah(row.cost) : "–"}</dd>
        <dt>
          {words.value.cost}
          {known > 0 ? <span class="hint"> {words.value.costKnown(known, count)}</span> : null}
        </dt>
      </div>
    </dl>
  );
}

function statusCounts(stats: Stats): [status: string, count: number][] {
  const counts = new Map<string, number>();
  for (const row of stats.rows) {
    if (row.status) counts.set(row.status, (counts.get(row.status) ?? 0) + row.count);
  }
  return [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
}

function ByStatus({ store }: StoreProps) {
  const stats = store.areaStatuses.value.value;
  const counts = stats ? statusCounts(stats) : [];
  const most = Math.max(1, ...counts.map(([, count]) => count));
  if (counts.length === 0) return null;
  return (
    <section>
      <h3>{words.value.byStatus}</h3>
      <table class="by-status">
        <thead class="visually-hidden">
          <tr>
            <th>{words.value.statusColumn}</th>
            <th>{words.value.countColumn}</th>
          </tr>
        </thead>
        <tbody>
          {counts.map(([status, count]) => (
            <tr key={status}>
              <th scope="row">
                <button type="button" class="status-link" onClick={() => go({ status: [status] })}>
                  <StatusChip status={status} />
                </button>
              </th>
              <td class="bar-cell" aria-hidden="true">
                <meter class="bar" min={0} max={most} value={count} />
              </td>
              <td class="num">{number(count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Numbers({ store, area }: AreaProps) {
  const stats = store.areaStats.value.value;
  if (!stats) return null;
  const row = stats.rows.find(({ area: code }) => code === area.code) ?? null;
  if ((row?.count ?? 0) === 0 && place.value.area) return <Empty store={store} />;
  return (
    <>
      <Totals row={row} year={store.year.value} />
      {stats.unlocated > 0 ? (
        <p class="notice secondary">
          <Icon name="info" />
          {words.value.ofTheseUnlocated(stats.unlocated)}
        </p>
      ) : null}
      <ByStatus store={store} />
      <Provenance store={store} area={area} asOf={stats.as_of} />
      <CsvLink store={store} area={area.code} level={area.level} />
    </>
  );
}

function AreaHead({ store, area }: AreaProps) {
  return (
    <header class="panel-head">
      <div>
        <Parents area={area} />
        <h1 class="title-page">{fullName(area)}</h1>
        <Facts store={store} area={area} />
      </div>
      {place.value.area ? (
        <button
          type="button"
          class="btn btn-icon btn-quiet"
          aria-label={words.value.closePanel}
          onClick={() => closeInnermost(store)}
        >
          <Icon name="close" />
        </button>
      ) : null}
    </header>
  );
}

export function AreaPanel({ store }: StoreProps) {
  if (store.areaGone.value) return <GoneArea />;
  return <KnownArea store={store} />;
}

function KnownArea({ store }: StoreProps) {
  const area = store.area.value.value;
  const error = store.area.error.value ?? store.areaStats.error.value;
  const slow = useSlow(store.area.loading.value && !area && !error);
  const stale = !error && [store.area, store.areaStats, store.areaStatuses].some((one) => one.stale.value);
  const retry = () => {
    store.area.retry();
    store.areaStats.retry();
    store.areaStatuses.retry();
  };
  return (
    <div class={stale ? "panel renewing" : "panel"} aria-busy={store.areaStats.loading.value}>
      {stale ? (
        <p class="renewing-note secondary" role="status">
          {shared.value.renewing}
        </p>
      ) : null}
      {slow ? <SkeletonRows rows={3} /> : null}
      {error ? (
        <Failed
          title={words.value.panelFailed}
          still={store.mapWorks.value ? words.value.mapStillWorks : ""}
          error={error}
          retry={retry}
        />
      ) : null}
      {area && !error ? (
        <>
          <AreaHead store={store} area={area} />
          <Numbers store={store} area={area} />
        </>
      ) : null}
    </div>
  );
}
