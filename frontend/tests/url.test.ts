import { expect, test } from "vitest";
import {
  EMPTY_PLACE,
  filterQuery,
  isFiltered,
  type PetaPlace,
  readPlace,
  writePlace,
} from "../src/state/url";

const full: PetaPlace = {
  city: "33.72",
  year: 2026,
  group: ["SP", "KP"],
  category: ["SP01", "SP03"],
  status: ["selesai"],
  q: "got & selokan, RT 3",
  unlocated: true,
  area: "33.72.05.1015-012",
  usulan: "33.72-2026-7K3M9Q",
  mode: "laju",
  sort: "supporters",
  map: { centre: [110.82341, -7.56123], zoom: 15 },
};

test("an address holds every choice of the reader", () => {
  expect(readPlace(writePlace(full))).toEqual(full);
});

test("a bare address and the beginning are the same place", () => {
  expect(readPlace("")).toEqual(EMPTY_PLACE);
  expect(writePlace(EMPTY_PLACE)).toBe("");
});

test("commas stay readable and what is at its default is left out", () => {
  expect(writePlace({ ...EMPTY_PLACE, category: ["SP01", "SP03"], year: 2026 })).toBe(
    "?year=2026&category=SP01,SP03",
  );
});

test("what an address says wrongly is left out, not guessed", () => {
  const place = readPlace("?year=20x6&group=SP,XX&warna=pelangi&sort=name&at=110.8,-95,14");

  expect(place).toEqual({ ...EMPTY_PLACE, group: ["SP"] });
});

test("a place on the map needs all three numbers, longitude first", () => {
  expect(readPlace("?at=110.8,-7.5,14").map).toEqual({ centre: [110.8, -7.5], zoom: 14 });
  expect(readPlace("?at=110.8,-7.5").map).toBeNull();
  expect(readPlace("?at=,,").map).toBeNull();
});

test("equal filters are equal text, whatever order they were chosen in", () => {
  const one = filterQuery({ ...EMPTY_PLACE, category: ["SP03", "SP01"] }, "99.71");
  const other = filterQuery({ ...EMPTY_PLACE, category: ["SP01", "SP03"] }, "99.71");

  expect(one.toString()).toBe(other.toString());
});

test("the area, the mode and the map are no filters of the set", () => {
  const query = filterQuery(full, "33.72");

  expect([...query.keys()]).toEqual(["city", "year", "group", "category", "status", "q"]);
  expect(isFiltered({ ...EMPTY_PLACE, area: "33.72.05", mode: "laju" })).toBe(false);
  expect(isFiltered({ ...EMPTY_PLACE, q: "got" })).toBe(true);
});
