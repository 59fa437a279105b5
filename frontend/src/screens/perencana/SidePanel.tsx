import { words } from "../../i18n/perencana";
import { go, PANELS, place } from "./address";
import { Charts } from "./Charts";
import { Compare } from "./Compare";
import { PaperCharts } from "./PaperCharts";
import { Ranking } from "./Ranking";
import type { PlannerStore } from "./store";

interface StoreProps {
  store: PlannerStore;
}

function PanelChoice() {
  return (
    <fieldset class="segments panel-choice">
      <legend class="visually-hidden">{words.value.panel}</legend>
      {PANELS.map((panel) => (
        <button
          key={panel}
          type="button"
          aria-pressed={place.value.panel === panel}
          onClick={() => go({ panel })}
        >
          {words.value.panels[panel]}
        </button>
      ))}
    </fieldset>
  );
}

/** What stands beside the maps: the ranking, charts, or a comparison. */
export function SidePanel({ store }: StoreProps) {
  const { panel } = place.value;
  return (
    <aside class="planner-panel" id="peringkat" tabIndex={-1} aria-label={words.value.panels[panel]}>
      <PanelChoice />
      <div class={panel === "peringkat" ? "panel-part" : "panel-part print-only"}>
        <Ranking store={store} />
      </div>
      {panel === "grafik" ? <Charts store={store} /> : null}
      {panel === "banding" ? <Compare store={store} /> : null}
      <PaperCharts store={store} />
    </aside>
  );
}
