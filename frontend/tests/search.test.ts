import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { findCategories, type Searchable } from "../src/search/categories";
import { isOneTypoAway } from "../src/search/words";

// The real list, read as text: the three members that the search uses, one a line.
function realCategories(): Searchable[] {
  const source = readFileSync(new URL("../../data/categories.toml", import.meta.url), "utf8");
  return source
    .split("[[category]]")
    .slice(1)
    .map((entry) => ({
      code: /^code = "(.*)"$/m.exec(entry)?.[1] ?? "",
      name: /^name = "(.*)"$/m.exec(entry)?.[1] ?? "",
      synonyms: JSON.parse(/^synonyms = (\[.*\])$/m.exec(entry)?.[1] ?? "[]") as string[],
    }));
}

const categories = realCategories();
const first = (query: string) => findCategories(query, categories)[0]?.category.code;

test("the whole list is searched", () => {
  expect(categories.map(({ code }) => code)).toHaveLength(40);
});

test.each([
  ["selokan mampet", "SP03"],
  ["lampu jalan", "SP07"],
  ["PJU", "SP07"],
  ["got", "SP03"],
  ["jalan rusak", "SP01"],
  ["bedah rumah", "KP07"],
  ["pos ronda", "SP10"],
  ["dalan peteng", "SP07"],
  ["mesin jahit", "EK02"],
  ["kursi roda", "KP09"],
  ["gamelan", "SB06"],
])("plain words %s find %s first", (query, code) => {
  expect(first(query)).toBe(code);
});

test.each([
  ["selokn mampet", "SP03"],
  ["lmapu jalan", "SP07"],
  ["jembatn", "SP05"],
  ["posyandhu", "SB04"],
])("one wrong letter in %s still finds %s", (query, code) => {
  expect(first(query)).toBe(code);
});

test("the beginning of a word is enough", () => {
  expect(first("polisi ti")).toBe("SP12");
});

test("case, accents and punctuation do not count", () => {
  expect(first("  SÉLOKAN, mampet!! ")).toBe("SP03");
});

test("a whole sentence finds what it is about", () => {
  expect(first("lampu di gang saya sudah lama mati")).toBe("SP07");
  expect(first("tolong rumahnya mbah mau roboh")).toBe("KP07");
});

test("the phrase that fitted is told, so that the list can show why", () => {
  expect(findCategories("cakruk", categories)[0]?.phrase).toBe("cakruk");
});

test("words that mean nothing to us find nothing", () => {
  expect(findCategories("qwrtzx", categories)).toEqual([]);
});

test("a single letter is no question yet", () => {
  expect(findCategories("l", categories)).toEqual([]);
});

test("two wrong letters are too many", () => {
  expect(isOneTypoAway("selokan", "sekolan")).toBe(false);
  expect(isOneTypoAway("selokan", "seloakn")).toBe(true);
  expect(isOneTypoAway("selokan", "selokn")).toBe(true);
  expect(isOneTypoAway("selokan", "selokann")).toBe(true);
});
