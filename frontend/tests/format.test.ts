import { expect, test } from "vitest";
import { chainBelowKecamatan, levelOfCode, parentCode } from "../src/geo/codes";
import { en } from "../src/i18n/en";
import {
  formatDay,
  formatFixed,
  formatInstant,
  formatNumber,
  formatRupiah,
  formatShortRupiah,
} from "../src/i18n/format";
import { id } from "../src/i18n/id";
import { en as enLacak } from "../src/i18n/lacak/en";
import { id as idLacak } from "../src/i18n/lacak/id";
import { en as enPeta } from "../src/i18n/peta/en";
import { id as idPeta } from "../src/i18n/peta/id";
import { en as enSteps } from "../src/i18n/steps/en";
import { id as idSteps } from "../src/i18n/steps/id";

test("numbers and money follow the reader's language", () => {
  expect(formatNumber(12418, "id")).toBe("12.418");
  expect(formatNumber(16.54, "id", 1)).toBe("16,5");
  expect(formatNumber(12418, "en")).toBe("12,418");
  expect(formatRupiah(118_000_000, "id")).toBe("Rp118.000.000");
});

test("short money keeps three figures and says its unit", () => {
  expect(formatShortRupiah(6_820_000_000, "id")).toBe("Rp6,82 M");
  expect(formatShortRupiah(118_400_000, "id")).toBe("Rp118 jt");
  expect(formatShortRupiah(950_000, "id")).toBe("Rp950.000");
});

test("a private need shows its month, never a day", () => {
  expect(formatDay("2026-02", "id", "America/New_York")).toBe("Februari 2026");
  expect(formatDay("2026-02-25T23:30:00+07:00", "id", "Asia/Jakarta")).toBe("25 Februari 2026");
});

test("an instant is told in the city's time", () => {
  const told = (timeZone: string) => formatInstant("2026-02-25T15:30:00Z", "id", timeZone);

  expect(told("Asia/Jakarta")).toBe("25 Februari 2026, 22.30 WIB");
  expect(told("Asia/Makassar")).toBe("25 Februari 2026, 23.30 WITA");
  expect(told("Asia/Jayapura")).toBe("26 Februari 2026, 00.30 WIT");
});

test("every Indonesian word has its English one", () => {
  expect(Object.keys(en.statuses)).toEqual(Object.keys(id.statuses));
  for (const table of ["actors", "kinds", "reasons"] as const)
    expect(Object.keys(enSteps[table])).toEqual(Object.keys(idSteps[table]));
  expect(Object.keys(enLacak.kinds)).toEqual(Object.keys(idLacak.kinds));
  expect(Object.keys(enLacak.meanings(2027))).toEqual(Object.keys(id.statuses));
  expect(Object.keys(idLacak.meanings(2027))).toEqual(Object.keys(id.statuses));
  expect(Object.keys(enPeta.fundings)).toEqual(Object.keys(idPeta.fundings));
});

test("a code tells its level and the code above it", () => {
  const codes = ["33.72", "33.72.05", "33.72.05.1015", "33.72.05.1015-012", "33.72.05.1015-012-003"];

  expect(codes.map(levelOfCode)).toEqual(["kota", "kecamatan", "kelurahan", "rw", "rt"]);
  expect(codes.slice(1).map(parentCode)).toEqual(codes.slice(0, -1));
  expect(parentCode("33.72")).toBeNull();
});

test("an RT that belongs to no RW lies directly beneath its kelurahan", () => {
  const code = "33.72.05.1015-000-003";

  expect(levelOfCode(code)).toBe("rt");
  expect(parentCode(code)).toBe("33.72.05.1015");
  expect(chainBelowKecamatan(code)).toEqual(["33.72.05.1015", code]);
});

test("the chain of a code begins with its kelurahan", () => {
  expect(chainBelowKecamatan("33.72.05.1015-012-003")).toEqual([
    "33.72.05.1015",
    "33.72.05.1015-012",
    "33.72.05.1015-012-003",
  ]);
  expect(chainBelowKecamatan("33.72.05")).toEqual([]);
});

test("numbers that stand beneath each other keep their last zero", () => {
  expect([48.1, 49, 1049.04].map((value) => formatFixed(value, "id", 1))).toEqual([
    "48,1",
    "49,0",
    "1.049,0",
  ]);
});
