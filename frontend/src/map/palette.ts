import type { Group, Level } from "../api/contract";

/** The colours the canvas needs, read from the style sheet, where palettes live. */
export interface Palette {
  land: string;
  out: string;
  water: string;
  road: string;
  casing: string;
  rail: string;
  ink: string;
  ink2: string;
  surface: string;
  plan: string;
  planTint: string;
  thin: string;
  mark: string;
  bad: string;
  edges: Record<Level, string>;
  need: string[];
  cells: { fill: string; text: string }[];
  cellRing: string;
  bidang: Record<Group, string>;
}

export function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const edge = (level: Level) => token(`edge-${level}`);
  const cell = (size: number) => ({ fill: token(`cell-${size}`), text: token(`cell-${size}-text`) });
  return {
    land: token("map-land"),
    out: token("map-out"),
    water: token("map-water"),
    road: token("map-road"),
    casing: token("bld"),
    rail: token("map-rail"),
    ink: token("ink"),
    ink2: token("ink2"),
    surface: token("surface"),
    plan: token("plan"),
    planTint: token("plan-tint"),
    thin: token("thin"),
    mark: token("mark"),
    bad: token("bad"),
    edges: {
      kota: edge("kota"),
      kecamatan: edge("kecamatan"),
      kelurahan: edge("kelurahan"),
      rw: edge("rw"),
      rt: edge("rt"),
    },
    need: [1, 2, 3, 4, 5].map((step) => token(`need-${step}`)),
    cells: [cell(1), cell(1), cell(2), cell(3), cell(4)],
    cellRing: token("cell-ring"),
    bidang: {
      SP: token("bidang-sp"),
      KP: token("bidang-kp"),
      SB: token("bidang-sb"),
      EK: token("bidang-ek"),
    },
  };
}
