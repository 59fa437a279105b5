import { words as shared } from "../../i18n";
import { words } from "../../i18n/perencana";
import { Choice } from "../../panels/Choice";
import { levelWord } from "../../panels/names";
import { Scale } from "../../panels/Scale";
import { narrow } from "../../state/narrow";
import { go, METHODS, place, WEIGHTS } from "./address";
import { Provenance } from "./Provenance";
import type { PlannerStore, Side } from "./store";
import { Total } from "./Total";
import { nothingTitle, titleOf, yearWord } from "./titles";

interface StoreProps {
  store: PlannerStore;
}

function Waiting({ failed }: { failed: boolean }) {
  return <p class="hint">{failed ? words.value.legendWaiting : shared.value.renewing}</p>;
}

/** Classes of nothing would say that there is something. */
function Nothing({ store }: StoreProps) {
  return <p class="hint">{nothingTitle(store)}.</p>;
}

function DensityLegend({ store }: StoreProps) {
  const told = store.density.fresh.value;
  const failed = (store.years.error.value ?? store.density.error.value) !== null;
  if (!told) return <Waiting failed={failed} />;
  if (told.numberMatched === 0) return <Nothing store={store} />;
  const { classes, top } = told.scale;
  return (
    <>
      {told.drawn > 0 ? <Scale breaks={classes.slice(1).map(({ from }) => from)} top={top} /> : null}
      <p class="hint num">{words.value.drawnNote(told.drawn, told.unlocated)}</p>
    </>
  );
}

function HexagonLegend({ store }: StoreProps) {
  const classes = store.hexagonClasses.value;
  const found = store.hexagons.fresh.value;
  const failed = (store.years.error.value ?? store.hexagons.error.value) !== null;
  if (!classes || !found) return <Waiting failed={failed} />;
  const { numberMatched, unlocated } = found;
  if (numberMatched === 0) return <Nothing store={store} />;
  return (
    <>
      {classes.occupied > 0 ? <Scale breaks={classes.breaks} top={classes.most} /> : null}
      <p class="hint num">
        {words.value.hexagonNote(classes.occupied, numberMatched - unlocated, unlocated)}{" "}
        {classes.occupied > 0 ? words.value.hexagonBreaks(yearWord(store, store.year.value)) : null}
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

/** Stands where it acts: a rate is of usulan, whatever they weigh. */
function WeightChoice() {
  return (
    <Choice
      label={words.value.weight}
      value={place.value.weight}
      options={WEIGHTS.map((weight) => [weight, words.value.weights[weight]])}
      choose={(value) => {
        const weight = WEIGHTS.find((known) => known === value);
        if (weight) go({ weight });
      }}
    />
  );
}

function RateLegend({ store }: StoreProps) {
  const classes = store.classes.value;
  const level = levelWord(store.level.value);
  if (store.matched.value === 0) return <Nothing store={store} />;
  const told = store.stats.fresh.value;
  if (!classes || !told) return <Waiting failed={store.numbersError.value !== null} />;
  const { unassigned } = told;
  if (store.peopleless.value)
    return <p class="hint">{shared.value.noPeople(store.peopleless.value, level)}</p>;
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
      {side === "kepadatan" ? <WeightChoice /> : null}
      {side === "kepadatan" && store.matched.value !== 0 ? (
        <p class="hint">{words.value.followsPeople}</p>
      ) : null}
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
