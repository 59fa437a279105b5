import type { AreaSum, LoadReport } from "../../api/contract";

const STEPS = 4;

/** Rows of a list by area at one level, in classes for a map. */
export interface AreaClasses {
  level: "kelurahan" | "rw";
  /** The kelurahan whose RW are shown; null where kelurahan are. */
  parent: string | null;
  sums: AreaSum[];
  /** So many rows make one class. */
  step: number;
  most: number;
  /** Rows that are taken and lie in none of these areas. */
  elsewhere: number;
}

/** By RW where all lies in one kelurahan, else by kelurahan; null where nothing lies anywhere. */
export function areaClasses(report: LoadReport): AreaClasses | null {
  const of = (level: string) => (report.areas ?? []).filter((each) => each.level === level);
  const wards = of("kelurahan");
  const only = wards.length === 1 ? wards[0] : undefined;
  const inner = of("rw");
  const level = only && inner.length > 0 ? "rw" : "kelurahan";
  const sums = level === "rw" ? inner : wards;
  if (sums.length === 0) return null;
  const most = Math.max(...sums.map(({ rows }) => rows));
  const step = Math.max(1, Math.ceil(most / STEPS));
  const parent = level === "rw" ? (only?.code ?? null) : null;
  const taken = report.created + report.updated + report.unchanged;
  const elsewhere = Math.max(0, taken - sums.reduce((all, { rows }) => all + rows, 0));
  return { level, parent, sums, step, most, elsewhere };
}

/** Class 0 (none) to 4 of a number of rows. */
export const classOfRows = (rows: number, step: number): number => Math.min(STEPS, Math.ceil(rows / step));

/** The classes with rows as their first and last number. */
export function classRanges({ step, most }: Pick<AreaClasses, "step" | "most">): [number, number][] {
  const all = Array.from({ length: STEPS }, (_, at) => [at * step + 1, (at + 1) * step] as [number, number]);
  return all.filter(([first]) => first <= most).map(([first, last]) => [first, Math.min(last, most)]);
}
