import { words as shared } from "../../i18n";
import { words } from "../../i18n/perencana";
import { Choice } from "../../panels/Choice";
import { levelWord } from "../../panels/names";
import { Scale } from "../../panels/Scale";
import { narrow } from "../../state/narrow";
import { go, METHODS, place } from "./address";
import { Provenance } from "./Provenance";
import type { PlannerStore, Side } from "./store";
import { Total } from "./Total";
import { titleOf } from "./titles";

interface StoreProps {
  store: PlannerStore;
}

function Waiting({ failed }: { failed: boolean }) {
  return <p class="hint">{failed ? words.value.legendWaiting : shared.value.renewing}</p>;
}

function DensityLegend({ store }: StoreProps) {
  const { value, error, stale } = store.density;
  const told = value.value;
  if (!told || stale.value || error.value) return <Waiting failed={error.value !== null} />;
  const { classes, top } = told.scale;
  return (
    <>
      <Scale breaks={classes.slice(1).map(({ from }) => from)} top={top} />
      <p class="hint num">{words.value.drawnNote(told.drawn, told.unlocated)}</p>
    </>
  );
}

function HexagonLegend({ store }: StoreProps) {
  const classes = store.hexagonClasses.value;
  const stats = store.stats.value.value;
  const { error, stale } = store.hexagons;
  if (!classes || !stats || stale.value || error.value) return <Waiting failed={error.value !== null} />;
  const { numberMatched, unlocated } = stats;
  return (
    <>
      <Scale breaks={classes.breaks} top={classes.most} />
      <p class="hint num">
        {words.value.hexagonNote(classes.occupied, numberMatched - unlocated, unlocated)}
      </p>
    </>
  );
}

function MethodChoice() {
  return (
    <Choice
      label={words.value.method}
      value={place.value.method}
      options={METHODS.map((method) => [method, words.value.methods[method]])}
      choose={(value) => {
        const method = METHODS.find((known) => known === value);
        if (method) go({ method });
      }}
    />
  );
}

function RateLegend({ store }: StoreProps) {
  const classes = store.classes.value;
  const level = levelWord(store.level.value);
  const failed = store.stats.error.value !== null;
  if (!classes || store.renewing.value || failed) return <Waiting failed={failed} />;
  const unassigned = store.stats.value.value?.unassigned ?? 0;
  return (
    <>
      {classes.classed > 0 ? <Scale breaks={classes.breaks} top={classes.top} /> : null}
      {classes.thin > 0 ? (
        <p class="legend-thin hint">
          <span class="thin-sample" /> {words.value.thin(classes.thin)}
        </p>
      ) : null}
      <MethodChoice />
      <p class="hint num">{words.value.ratesNote(classes.classed, unassigned, level)}</p>
    </>
  );
}

/** On a phone the legend is all that names the map: in one line, with unit, width or level, and year. */
function phoneTitle(side: Side, title: string, body: string): string {
  return side === "laju" ? `${title} ${body}` : body;
}

/** The legend of one map: unit, classes, how many, what is left out. */
export function SideLegend({ store, side }: StoreProps & { side: Side }) {
  const { form } = place.value;
  const { title, body, unit } = titleOf(store, side);
  return (
    <section class="legend" aria-label={`${words.value.legend}: ${title}`}>
      <h3 class="legend-title">{narrow.value ? phoneTitle(side, title, body) : unit}</h3>
      {side === "laju" ? <RateLegend store={store} /> : null}
      {side === "kepadatan" && form === "halus" ? <DensityLegend store={store} /> : null}
      {side === "kepadatan" && form === "heksagon" ? <HexagonLegend store={store} /> : null}
      {side === "kepadatan" ? <p class="hint">{words.value.followsPeople}</p> : null}
      <Provenance store={store} figure={side} />
    </section>
  );
}

/** On a phone the legend stands beneath the map. */
export function Legends({ store }: StoreProps) {
  return (
    <div class="planner-legend">
      {store.sides.value.map((side) => (
        <SideLegend key={side} store={store} side={side} />
      ))}
      <Total store={store} />
    </div>
  );
}
