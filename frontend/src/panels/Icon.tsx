// Interface icons: 24 grid, round strokes, no fill. The pictures of the categories are in src/icons.
const PATHS = {
  search: "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM15.5 15.5 20 20",
  close: "M6 6l12 12M18 6 6 18",
  plus: "M12 5v14M5 12h14",
  minus: "M5 12h14",
  down: "m7 10 5 5 5-5",
  right: "m10 7 5 5-5 5",
  left: "m14 7-5 5 5 5",
  locate: "M12 17a5 5 0 1 0 0-10 5 5 0 0 0 0 10ZM12 3v4M12 17v4M3 12h4M17 12h4",
  list: "M9 6h11M9 12h11M9 18h11M4.5 6h.01M4.5 12h.01M4.5 18h.01",
  map: "M9 5 4 7v12l5-2 6 2 5-2V5l-5 2-6-2ZM9 5v12M15 7v12",
  people:
    "M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM3.5 19c.5-3 2.5-4.5 5.5-4.5s5 1.5 5.5 4.5M15.5 5.3a3 3 0 0 1 0 5.4M17.5 14.8c1.8.6 2.7 2 3 4.2",
  person: "M12 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM5 19.5c.7-3.6 3.3-5.5 7-5.5s6.3 1.9 7 5.5",
  lock: "M6.5 11h11v8.5h-11ZM9 11V8a3 3 0 0 1 6 0v3",
  clock: "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16ZM12 8v4.5l3 1.5",
  check: "m5.5 12.5 4 4 9-9.5",
  warning: "M12 4 3 19.5h18L12 4ZM12 10v4.5M12 17h.01",
  info: "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16ZM12 11v5M12 8h.01",
  eye: "M3 12c2.5-4 5.5-6 9-6s6.5 2 9 6c-2.5 4-5.5 6-9 6s-6.5-2-9-6ZM12 14.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z",
  flag: "M6 21V4M6 5h11l-2 3.5 2 3.5H6",
  talk: "M4 5h16v11H10l-4 3.5V16H4Z",
  book: "M9 5 4 7v12l5-2 6 2 5-2V5l-5 2-6-2ZM9 5v12M15 7v12",
  copy: "M9 9h10v10H9ZM5 15V5h10",
  download: "M12 4v10M8 10.5l4 4 4-4M5 19h14",
  filter: "M4 7h16M7 12h10M10 17h4",
  layers: "m12 4 8 4.5-8 4.5-8-4.5L12 4ZM4 13l8 4.5 8-4.5",
  sun: "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6 7 7M17 17l1.4 1.4M5.6 18.4 7 17M17 7l1.4-1.4",
  moon: "M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10Z",
  offline: "M7 18h10a4 4 0 0 0 1.5-7.7A6 6 0 0 0 9 7.5M6.5 10.1A4 4 0 0 0 7 18M4 4l16 16",
  pin: "M12 21c-4-4.5-6.5-7.5-6.5-11a6.5 6.5 0 0 1 13 0c0 3.5-2.5 6.5-6.5 11ZM12 12.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z",
  tag: "M4 4h8l8 8-8 8-8-8ZM8 8h.01",
  calendar: "M4.5 6h15v13.5h-15ZM4.5 10.5h15M8.5 3.5V7M15.5 3.5V7",
  share: "M12 15V4M8 7.5l4-4 4 4M6 11H5v9h14v-9h-1",
  whole: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
  keyboard: "M3 6.5h18v11H3ZM6.5 10h.01M10 10h.01M13.5 10h.01M17 10h.01M8 14h8",
} as const;

export type IconName = keyof typeof PATHS;

interface IconProps {
  name: IconName;
  small?: boolean;
}

export function Icon({ name, small = false }: IconProps) {
  return (
    <svg class={small ? "icon icon-small" : "icon"} viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
