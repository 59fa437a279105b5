import { useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { AreaFeature, Bounds, City, LoadReport, Position } from "../../api/contract";
import { readShapes } from "../../api/endpoints";
import { boundsOf, isNear } from "../../geo/bounds";
import { number, words as shared, shortRupiah } from "../../i18n";
import { words } from "../../i18n/muat";
import type { LoadMap } from "../../map/loads";
import { Icon } from "../../panels/Icon";
import { fullName } from "../../panels/names";
import { boxesWithin } from "../../panels/standing";
import { ZoomButtons } from "../../panels/ZoomButtons";
import { theme } from "../../state/theme";
import type { MuatStore } from "./store";
import { type AreaClasses, classOfRows, classRanges } from "./sums";

interface MapProps {
  store: MuatStore;
  report: LoadReport;
  classes: AreaClasses | null;
}

const refusedAt = (report: LoadReport): Position[] =>
  report.rejected_rows.flatMap(({ position }) => (position ? [position] : []));

function Legend({ classes, refused }: { classes: AreaClasses | null; refused: number }) {
  return (
    <div class="muat-legend secondary">
      {classes ? <p>{words.value.legend}</p> : null}
      <ul>
        {classes ? (
          <li>
            <span class="step-1 muat-step" />
            <span class="num">0</span>
          </li>
        ) : null}
        {(classes ? classRanges(classes) : []).map(([first, last], at) => (
          <li key={first}>
            <span class={`step-${at + 2} muat-step`} />
            <span class="num">{first === last ? number(first) : `${number(first)}–${number(last)}`}</span>
          </li>
        ))}
        {refused > 0 ? (
          <li>
            <Icon name="close" small />
            {words.value.legendRefused(refused)}
          </li>
        ) : null}
      </ul>
    </div>
  );
}

/** The same as on the map, as a table. */
function Twin({ classes, shapes }: { classes: AreaClasses; shapes: readonly AreaFeature[] }) {
  const names = new Map(shapes.map(({ properties }) => [properties.code, fullName(properties)]));
  return (
    <div class="muat-scroll">
      <table class="muat-table">
        <caption>{words.value.byArea}</caption>
        <thead>
          <tr>
            <th scope="col">{words.value.area}</th>
            <th scope="col">{words.value.rows}</th>
            <th scope="col">{words.value.cost}</th>
          </tr>
        </thead>
        <tbody>
          {classes.sums.map(({ code, rows, cost }) => (
            <tr key={code}>
              <th scope="row">{names.get(code) ?? code}</th>
              <td class="num">{number(rows)}</td>
              <td class="num">{cost > 0 ? shortRupiah(cost) : "–"}</td>
            </tr>
          ))}
          {classes.elsewhere > 0 ? (
            <tr>
              <th scope="row">{words.value.noArea[classes.level]}</th>
              <td class="num">{number(classes.elsewhere)}</td>
              <td class="num">–</td>
            </tr>
          ) : null}
        </tbody>
      </table>
    </div>
  );
}

interface BoxProps {
  city: City;
  bounds: Bounds;
  classes: AreaClasses | null;
  shapes: readonly AreaFeature[];
  refused: readonly Position[];
}

function sceneOf({ classes, shapes, refused }: Omit<BoxProps, "city" | "bounds">) {
  const rows = new Map(classes?.sums.map((each) => [each.code, each.rows]));
  const codes = shapes.map(({ properties }) => properties.code);
  const classed = classes
    ? new Map(codes.map((code) => [code, classOfRows(rows.get(code) ?? 0, classes.step)]))
    : null;
  return { classes: classed, fill: classes?.level ?? ("kelurahan" as const), refused };
}

/** Where the map looks: the areas that have rows and the refused rows of the city, else all of it. */
function windowOf({ bounds, classes, shapes, refused }: BoxProps): Bounds {
  const held = new Set(classes?.sums.map(({ code }) => code));
  const own = shapes.filter(({ properties }) => held.has(properties.code));
  // What a slip of the pen put into the sea would leave the rest a dot.
  const near = refused.filter((position) => isNear(position, bounds));
  return boundsOf([...own.map(({ geometry }) => geometry.coordinates), ...near]) ?? bounds;
}

function MapBox(props: BoxProps) {
  const { city, bounds } = props;
  const box = useRef<HTMLDivElement>(null);
  const map = useSignal<LoadMap | null>(null);
  const failed = useSignal(false);
  const asked = useSignal(0);
  useEffect(() => {
    const container = box.current;
    if (!container) return undefined;
    let gone = false;
    const fail = () => {
      failed.value = true;
    };
    failed.value = false;
    import("../../map/loads").then(({ LoadMap }) => {
      if (gone) return;
      const standing = () =>
        boxesWithin(container, container.parentElement?.querySelectorAll(".map-zoom") ?? []);
      map.value = new LoadMap({ container, city, bounds, standing, failed: fail });
    }, fail);
    const watcher = new ResizeObserver(() => map.peek()?.resize());
    watcher.observe(container);
    return () => {
      gone = true;
      watcher.disconnect();
      map.peek()?.destroy();
      map.value = null;
    };
  }, [city.code, city.edition, asked.value]);
  useEffect(() => {
    map.value?.show(sceneOf(props));
    map.value?.fit(windowOf(props));
  }, [map.value, props.shapes, props.classes, props.refused]);
  useSignalEffect(() => {
    if (theme.value) map.value?.repaint();
  });
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (map.value?.moveByKey(event.key)) event.preventDefault();
  };
  return (
    <div class="map-pane muat-map">
      <div
        class="map-box"
        ref={box}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the map takes keys, as its label says
        tabIndex={0}
        role="application"
        aria-label={words.value.mapLabel}
        onKeyDown={press}
      />
      <ZoomButtons
        zoomBy={(steps) => map.value?.zoomBy(steps)}
        showWhole={() => map.value?.fit(windowOf(props))}
      />
      {failed.value ? (
        <p class="map-trouble" role="alert">
          <Icon name="warning" />
          <span>
            {words.value.mapFailed}{" "}
            <button
              type="button"
              class="link"
              onClick={() => {
                asked.value += 1;
              }}
            >
              {shared.value.retry}
            </button>
          </span>
        </p>
      ) : null}
    </div>
  );
}

/** Where the rows of a list lie, as a map and as a table, and those that were refused. */
export function ReportMap({ store, report, classes }: MapProps) {
  const shapes = useSignal<readonly AreaFeature[]>([]);
  const city = store.city.value;
  const [level, parent] = [classes?.level, classes?.parent ?? null];
  useEffect(() => {
    if (!city || !level) return undefined;
    const abort = new AbortController();
    readShapes({ city: city.code, level, parent }, abort.signal).then(
      (found) => {
        shapes.value = found.features;
      },
      // Codes stand in the table then, and the map shows the city.
      () => undefined,
    );
    return () => abort.abort();
  }, [city?.code, level, parent]);
  const refused = refusedAt(report);
  if (!city?.bounds || (classes === null && refused.length === 0)) return null;
  return (
    <div class="muat-places">
      <h3>{words.value.places}</h3>
      <div class="muat-beside">
        <div>
          <MapBox
            city={city}
            bounds={city.bounds}
            classes={classes}
            shapes={shapes.value}
            refused={refused}
          />
          <Legend classes={classes} refused={refused.length} />
        </div>
        {classes ? <Twin classes={classes} shapes={shapes.value} /> : null}
      </div>
    </div>
  );
}
