import type { Level } from "../api/contract";

const DEPTHS: Level[] = ["kota", "kecamatan", "kelurahan"];
/** What stands in an RT's code in place of the RW that it does not belong to. */
const NO_RW = "000";

/** The level of an area code by its form: `33.72`, `33.72.05`, `33.72.05.1015`, `…-012`, `…-012-003`. */
export function levelOfCode(code: string): Level {
  const [above = "", ...below] = code.split("-");
  if (below.length > 0) return below.length === 1 ? "rw" : "rt";
  return DEPTHS[above.split(".").length - 2] ?? "kota";
}

/** A code that an area has until somebody gives it an official one: `31.00.x01`, `31.00.x01.x0001`. */
export function isProvisional(code: string): boolean {
  return code.includes(".x");
}

/** The city of an area's code, or of an usulan's number: both begin with it. */
export function cityCode(code: string): string {
  return code.slice(0, "33.72".length);
}

/** The code of the area above, by its form: of an RT without RW (`…-000-003`) its kelurahan; null for a city. */
export function parentCode(code: string): string | null {
  if (levelOfCode(code) === "kota") return null;
  const [kelurahan = "", rw] = code.split("-");
  if (levelOfCode(code) === "rt" && rw === NO_RW) return kelurahan;
  return code.slice(0, Math.max(code.lastIndexOf("-"), code.lastIndexOf(".")));
}

/** The code and those above it up to its kelurahan, which comes first; nothing above a kelurahan. */
export function chainBelowKecamatan(code: string): string[] {
  const level = levelOfCode(code);
  if (level === "kota" || level === "kecamatan") return [];
  const above = parentCode(code);
  return level === "kelurahan" || above === null ? [code] : [...chainBelowKecamatan(above), code];
}
