import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";

/** One line of a trend; null where there is no value. */
export interface Line {
  name: string;
  values: (number | null)[];
  /** The name of the token in the style sheet. */
  token: string;
  dash?: number[];
  /** True for what is not over yet: its last point is hollow. */
  open?: boolean;
}

export interface TrendPicture {
  /** Years. */
  steps: number[];
  lines: Line[];
  format: (value: number) => string;
}

export interface BarsPicture {
  bars: { name: string; value: number }[];
  format: (value: number) => string;
}

const FONT = '12px "Plus Jakarta Sans", system-ui, sans-serif';
const TREND_PX = 180;
const BAR_PX = 28;
const NAMES_PX = 148;
const AXIS_PX = 30;
/** Letters of a name that have room beside its bar; the table has the whole of it. */
const LONGEST_NAME = 21;

const token = (name: string) =>
  getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

function axis(more: uPlot.Axis): uPlot.Axis {
  const line = { stroke: token("line"), width: 1 };
  return { stroke: token("ink2"), font: FONT, grid: line, ticks: { show: false }, ...more };
}

const STILL = { legend: { show: false }, cursor: { show: false } };

/** Keeps a chart as wide as its container; the result takes it away. */
function keep(chart: uPlot, container: HTMLElement, height: number): () => void {
  const watcher = new ResizeObserver(() => chart.setSize({ width: container.clientWidth, height }));
  watcher.observe(container);
  return () => {
    watcher.disconnect();
    chart.destroy();
  };
}

/** The one point that an open line ends in; where it begins stands the point of the line before. */
function lastPoint(chart: uPlot, series: number): number[] {
  const values = Array.from(chart.data[series] ?? []);
  const told = values.flatMap((value, at) => (value === null || value === undefined ? [] : [at]));
  return told.slice(-1);
}

export function drawTrend(container: HTMLElement, { steps, lines, format }: TrendPicture): () => void {
  const whole = (_chart: uPlot, marks: number[]) =>
    marks.map((mark) => (Number.isInteger(mark) ? String(mark) : ""));
  const chart = new uPlot(
    {
      ...STILL,
      width: container.clientWidth,
      height: TREND_PX,
      scales: { x: { time: false }, y: { range: (_chart, _least, most) => [0, (most || 1) * 1.1] } },
      axes: [
        axis({ values: whole, splits: () => steps, grid: { show: false } }),
        axis({ values: (_chart, marks) => marks.map(format), size: 52, space: 24 }),
      ],
      series: [
        {},
        ...lines.map(({ name, token: colour, dash, open }) => ({
          label: name,
          stroke: token(colour),
          width: 2,
          ...(dash ? { dash } : {}),
          points: open
            ? { show: true, size: 7, fill: token("surface"), stroke: token(colour), filter: lastPoint }
            : { show: true, size: 7, fill: token(colour), stroke: token("surface") },
        })),
      ],
    },
    [steps, ...lines.map(({ values }) => values)],
    container,
  );
  return keep(chart, container, TREND_PX);
}

/** Bars that lie, each beside its name. */
export function drawBars(container: HTMLElement, { bars, format }: BarsPicture): () => void {
  const height = bars.length * BAR_PX + AXIS_PX;
  const places = bars.map((_bar, at) => at);
  const names = bars.map(({ name }) =>
    name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name,
  );
  const shape = uPlot.paths.bars?.({ size: [0.66, 40] });
  const chart = new uPlot(
    {
      ...STILL,
      width: container.clientWidth,
      height,
      scales: {
        x: { time: false, ori: 1, dir: -1, range: [-0.5, bars.length - 0.5] },
        y: { ori: 0, range: (_chart, _least, most) => [0, most || 1] },
      },
      axes: [
        axis({
          side: 3,
          size: NAMES_PX,
          splits: () => places,
          values: (_chart, marks) => marks.map((mark) => names[mark] ?? ""),
          grid: { show: false },
        }),
        axis({ side: 2, size: AXIS_PX, space: 60, values: (_chart, marks) => marks.map(format) }),
      ],
      series: [
        {},
        {
          fill: token("mark"),
          stroke: token("mark"),
          width: 0,
          ...(shape ? { paths: shape } : {}),
          points: { show: false },
        },
      ],
    },
    [places, bars.map(({ value }) => value)],
    container,
  );
  return keep(chart, container, height);
}
