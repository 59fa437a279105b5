import type { ReadonlySignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { words } from "../../i18n/perencana";
import { theme } from "../../state/theme";

type Charts = typeof import("../../charts/draw");

interface ChartProps {
  title: string;
  body: string;
  /** What must be known to read it: how many, as of when, what is unfinished. */
  notes: string[];
  /** The table of the same figures as CSV. */
  csv: string;
  busy: ReadonlySignal<boolean>;
  /** What the picture is made from; it is drawn again when this changes. */
  drawn: string;
  draw: (charts: Charts, container: HTMLElement) => () => void;
  /** The same numbers as a table. */
  table: ComponentChildren;
  /** Where its numbers come from. */
  origin: ComponentChildren;
}

/** A chart that comes with its table; the library that draws is loaded when the first is shown. */
export function Chart({ title, body, notes, csv, busy, drawn, draw, table, origin }: ChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let take = () => {};
    let wanted = true;
    import("../../charts/draw").then(
      (charts) => {
        if (wanted && box.current) take = draw(charts, box.current);
      },
      () => setFailed(true),
    );
    return () => {
      wanted = false;
      take();
    };
  }, [drawn, theme.value]);
  return (
    <figure class="chart" aria-busy={busy.value}>
      <figcaption class="panel-top">
        <h3 class="title-group">{title}</h3>
        <a href={csv} download>
          {words.value.csv}
        </a>
        <p class="secondary">{body}</p>
      </figcaption>
      {failed ? (
        <p class="hint">{words.value.chartFailed}</p>
      ) : (
        <div class="chart-box" ref={box} aria-hidden="true" />
      )}
      {notes.filter(Boolean).map((note) => (
        <p class="hint chart-note" key={note}>
          {note}
        </p>
      ))}
      <details class="chart-table" open={failed}>
        <summary class="link">{words.value.chartTable}</summary>
        {table}
      </details>
      <div class="chart-origin">{origin}</div>
    </figure>
  );
}
