import { expect, test } from "vitest";
import type { AreaName, Level, UsulanFeature } from "../src/api/contract";
import { fullName } from "../src/panels/names";
import { areaLabel, labelBeside } from "../src/screens/lapor/cityArea";
import { whereOf } from "../src/screens/peta/where";

test("an area is called by its level and name, a city by its name alone", () => {
  expect(fullName({ level: "kelurahan", name: "Kauman", code: "33.72.03.1006" })).toBe("Kelurahan Kauman");
  expect(fullName({ level: "rw", name: "RW 004", code: "33.72.03.1006-004" })).toBe("RW 004");
  expect(fullName({ level: "kota", name: "Kota Surakarta", code: "33.72" })).toBe("Kota Surakarta");
});

test("an area without a name is called by its code", () => {
  expect(fullName({ level: "kecamatan", name: "", code: "33.72.03" })).toBe("Kecamatan 33.72.03");
});

test("on the form too an area without a name is called by its level and whole code", () => {
  expect(areaLabel({ level: "kecamatan", name: "", code: "33.72.05" })).toBe("Kecamatan 33.72.05");
  expect(areaLabel({ level: "rw", name: "", code: "33.72.05.1015-012" })).toBe("RW 012");
});

const rt = (code: string): AreaName => ({ level: "rt", code, name: `RT ${code.slice(-3)}` });

test("beside an own RT another is told with its RW, or as one without", () => {
  const own = rt("33.72.03.1006-004-001");

  expect(labelBeside(rt("33.72.03.1006-004-002"), own)).toBe("RT 002");
  expect(labelBeside(rt("33.72.03.1006-005-002"), own)).toBe("RT 002 RW 005");
  expect(labelBeside(rt("33.72.03.1007-000-002"), own)).toBe("RT 002 tanpa RW");
});

test("two RT directly beneath one kelurahan need no more words", () => {
  expect(labelBeside(rt("33.72.03.1007-000-002"), rt("33.72.03.1007-000-001"))).toBe("RT 002");
});

function at(...areas: [Level, string][]): UsulanFeature {
  const named = areas.map(([level, name]) => ({ level, name, code: "" }));
  return { properties: { areas: named } } as unknown as UsulanFeature;
}

test("a place is told as people say it, also where there is no RW or nothing beneath the kelurahan", () => {
  expect(whereOf(at(["kelurahan", "Kauman"], ["rw", "RW 008"], ["rt", "RT 004"]))).toBe("RT 004/RW 008");
  expect(whereOf(at(["kelurahan", "Kauman"], ["rt", "RT 003"]))).toBe("RT 003, Kauman");
  expect(whereOf(at(["kecamatan", "Serengan"], ["kelurahan", "Kauman"]))).toBe("Kelurahan Kauman");
});
