import type { UsulanFeature, UsulanProperties } from "../../api/contract";
import { isGone } from "../../api/problem";
import { day, named, rupiah, words as shared } from "../../i18n";
import { words } from "../../i18n/peta";
import { CategoryIcon } from "../../icons/CategoryIcon";
import { Bidang } from "../../panels/Bidang";
import { Breadcrumb } from "../../panels/Breadcrumb";
import { Failed, SkeletonRows } from "../../panels/faces";
import { Icon } from "../../panels/Icon";
import { fullName } from "../../panels/names";
import { StatusChip } from "../../panels/StatusChip";
import { useSlow } from "../../panels/useSlow";
import { go } from "../../state/place";
import { GoneUsulan } from "./Gone";
import type { PetaStore } from "./store";
import { Timeline } from "./Timeline";
import { positionOf } from "./where";

interface FeatureProps {
  store: PetaStore;
  feature: UsulanFeature;
}

type Fact = [name: string, value: string];
/** Where a rembug has taken an usulan up. */
const AGREED = ["disepakati_rt", "disepakati_rw"];

function amounts({ volume, unit, estimated_cost, beneficiaries }: UsulanProperties): Fact[] {
  const names = words.value.factNames;
  const facts: Fact[] = [];
  if (volume !== null) facts.push([names.volume, shared.value.amount(volume, unit ?? "").trim()]);
  if (estimated_cost !== null) facts.push([names.cost, rupiah(estimated_cost)]);
  if (beneficiaries !== null) facts.push([names.beneficiaries, words.value.people(beneficiaries)]);
  return facts;
}

/** Words for the way an usulan came; null while it is not known. */
function wayOf(store: PetaStore, { channel, stage }: UsulanProperties): string | null {
  // A forum's name on what no forum has held would say that it was discussed there.
  if (stage === null) return words.value.fromResident;
  const events = store.choice.history.value.value?.events;
  if (!events || channel === null) return null;
  const sent = events[0]?.actor.role === "warga" && !events.some(({ to }) => AGREED.includes(to));
  return sent && channel === "rembug" ? words.value.fromResident : named(words.value.channels, channel);
}

function factsOf(store: PetaStore, properties: UsulanProperties): Fact[] {
  const names = words.value.factNames;
  const { year, created, channel, funding, severity } = properties;
  const facts: Fact[] = [[names.year, String(year)], [names.created, day(created)], ...amounts(properties)];
  if (severity !== null) facts.push([names.severity, words.value.severities[severity] ?? String(severity)]);
  const way = wayOf(store, properties);
  if (channel && way) facts.push([names.channel, way]);
  if (funding) facts.push([names.funding, named(words.value.fundings, funding)]);
  return facts;
}

function Areas({ feature }: { feature: UsulanFeature }) {
  const crumbs = feature.properties.areas
    .filter(({ level }) => level !== "kota")
    .map((area) => ({
      code: area.code,
      text: fullName(area),
      open: () => go({ area: area.code, usulan: null }),
    }));
  return <Breadcrumb label={words.value.breadcrumb} crumbs={crumbs} />;
}

/** Why there is no exact point, where there is none. */
function PlaceNote({ store, feature }: FeatureProps) {
  const { precision } = feature.properties;
  const position = positionOf(feature);
  if (precision !== "exact") {
    return (
      <p class="notice secondary">
        <Icon name="lock" />
        {words.value.precise[precision]}
      </p>
    );
  }
  if (!position) {
    return (
      <p class="notice secondary">
        <Icon name="info" />
        {words.value.withoutPlace}
      </p>
    );
  }
  return (
    <button type="button" class="btn" onClick={() => store.map.value?.goTo(position, 17)}>
      <Icon name="pin" />
      {words.value.showOnMap}
    </button>
  );
}

function Head({ store, feature }: FeatureProps) {
  const { title, category, group, status, number: code, supporters } = feature.properties;
  const name = store.categoryOf.value.get(category)?.name ?? category;
  return (
    <header class="panel-head">
      <div>
        <Areas feature={feature} />
        <p class="panel-category secondary">
          <span class={`tone-${group}`}>
            <CategoryIcon code={category} />
          </span>
          <Bidang group={group} />
          {name === title ? named(shared.value.groups, group) : name}
        </p>
        <h1 class="title-page">{title}</h1>
        <p class="panel-state">
          <StatusChip status={status} />
          <span class="secondary num">{words.value.supporters(supporters)}</span>
        </p>
        <p class="hint num">
          {words.value.number} {code}
        </p>
      </div>
      <button
        type="button"
        class="btn btn-icon btn-quiet"
        aria-label={words.value.closePanel}
        onClick={() => go({ usulan: null })}
      >
        <Icon name="close" />
      </button>
    </header>
  );
}

function Body({ store, feature }: FeatureProps) {
  const { problem } = feature.properties;
  return (
    <>
      <Head store={store} feature={feature} />
      {problem ? <p class="problem">{problem}</p> : null}
      <PlaceNote store={store} feature={feature} />
      <section>
        <h3>{words.value.facts}</h3>
        <dl class="facts num">
          {factsOf(store, feature.properties).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </section>
      <Timeline store={store} />
    </>
  );
}

export function UsulanPanel({ store }: { store: PetaStore }) {
  const { feature } = store.choice;
  const slow = useSlow(feature.loading.value && !feature.value.value);
  return (
    <div class="panel" aria-busy={feature.loading.value}>
      {slow ? <SkeletonRows rows={4} /> : null}
      {isGone(feature.error.value) ? <GoneUsulan /> : null}
      {feature.error.value && !isGone(feature.error.value) ? (
        <Failed
          title={words.value.panelFailed}
          still={store.mapWorks.value ? words.value.mapStillWorks : ""}
          error={feature.error.value}
          retry={() => feature.retry()}
        />
      ) : null}
      {feature.value.value ? <Body store={store} feature={feature.value.value} /> : null}
    </div>
  );
}
