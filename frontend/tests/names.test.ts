import { expect, test } from "vitest";
import { fullName } from "../src/screens/peta/names";

test("an area is called by its level and name, a city by its name alone", () => {
  expect(fullName({ level: "kelurahan", name: "Kauman", code: "33.72.03.1006" })).toBe("Kelurahan Kauman");
  expect(fullName({ level: "rw", name: "RW 004", code: "33.72.03.1006-004" })).toBe("RW 004");
  expect(fullName({ level: "kota", name: "Kota Surakarta", code: "33.72" })).toBe("Kota Surakarta");
});

test("an area without a name is called by its code", () => {
  expect(fullName({ level: "kecamatan", name: "", code: "33.72.03" })).toBe("Kecamatan 33.72.03");
});
