import { expect, test } from "vitest";
import type { FullLoad, ListGuess, ListMapping, LoadReport } from "../src/api/contract";
import { en } from "../src/i18n/muat/en";
import { id } from "../src/i18n/muat/id";
import { onlyUpdated, waysOf } from "../src/screens/muat/Acts";
import { readMuatPlace } from "../src/screens/muat/address";
import { noteLines } from "../src/screens/muat/FileNotes";
import {
  columnRows,
  FIELDS,
  isSameMapping,
  missingFields,
  withColumn,
  withDefault,
  withMeaning,
  wordsByDoubt,
} from "../src/screens/muat/mapping";
import { areaClasses, classOfRows, classRanges } from "../src/screens/muat/sums";

const GUESS: ListGuess = {
  sheet: null,
  names: ["Judul", "Jenis", "HP"],
  columns: {
    title: { column: "Judul", sureness: "sure", score: 1 },
    category: { column: "jenis", sureness: "likely", score: 0.7 },
    proposer_phone: { column: "HP", sureness: "sure", score: 1 },
  },
  unused: [],
  categories: {
    "jalan rusak": { code: "SP01", sureness: "sure" },
    entah: { code: null, sureness: "blank" },
  },
  statuses: { Closed: 5393 },
  samples: [
    ["Jalan A", "jalan rusak", "(kontak tidak ditampilkan)"],
    ["Jalan B", "jalan rusak", ""],
  ],
  mapping: { sheet: null, columns: { title: "Judul", category: "Jenis" }, values: {}, defaults: {} },
  no_list: null,
};
const { mapping } = GUESS as { mapping: ListMapping };

test("each column shows what it is taken for, how sure that is, and each sample once", () => {
  const [title, kind, phone] = columnRows(GUESS, mapping);

  expect(title).toEqual({
    column: "Judul",
    field: "title",
    sureness: "sure",
    guessed: "title",
    samples: ["Jalan A", "Jalan B"],
  });
  expect([kind?.field, kind?.sureness, kind?.samples]).toEqual(["category", "likely", ["jalan rusak"]]);
  expect([phone?.field, phone?.guessed]).toEqual(["", "proposer_phone"]);
});

test("a field is held by one column: choosing it elsewhere takes it from where it was", () => {
  const moved = withColumn(mapping, "HP", "title");

  expect(moved.columns).toEqual({ category: "Jenis", title: "HP" });
  expect(withColumn(moved, "HP", "").columns).toEqual({ category: "Jenis" });
  expect(mapping.columns).toEqual({ title: "Judul", category: "Jenis" });
});

test("a column named like a field is read as it until it is taken out", () => {
  const named = { ...GUESS, names: ["Judul", "REASON"] };

  expect(columnRows(named, mapping)[1]?.field).toBe("reason");
  const out = withColumn(mapping, "REASON", "");
  expect(out.columns).toMatchObject({ reason: "" });
  expect(columnRows(named, out)[1]?.field).toBe("");
  expect(columnRows(named, withColumn(out, "REASON", "reason"))[1]?.field).toBe("reason");
});

test("what every row needs may come from a column or hold for all rows", () => {
  expect(missingFields(mapping)).toEqual(["problem"]);
  const without = withColumn(mapping, "Jenis", "");
  expect(missingFields(without)).toEqual(["problem", "category"]);
  expect(missingFields(withDefault(without, "category", "SP01"))).toEqual(["problem"]);
});

test("a word gets a meaning and loses it", () => {
  const word = { field: "category", word: "entah" } as const;
  const told = withMeaning(mapping, word, "SP02");

  expect(told.values).toEqual({ category: { entah: "SP02" } });
  expect(withMeaning(told, word, "").values).toEqual({ category: {} });
  const both = withMeaning(told, { field: "status", word: "Closed" }, "selesai");
  expect(both.values).toEqual({ category: { entah: "SP02" }, status: { Closed: "selesai" } });
  expect(wordsByDoubt(GUESS)).toEqual({ unsure: ["entah"], sure: ["jalan rusak"] });
});

test("mappings are alike whatever the order of their entries", () => {
  const turned = { ...mapping, columns: { category: "Jenis", title: "Judul" } };

  expect(isSameMapping(mapping, turned)).toBe(true);
  expect(isSameMapping(mapping, withColumn(mapping, "HP", "rt"))).toBe(false);
  expect(isSameMapping(mapping, null)).toBe(false);
});

const sum = (level: string, code: string, rows: number) => ({ level, code, rows, cost: 0 });
const reported = (areas: LoadReport["areas"], created = 0) =>
  ({ areas, created, updated: 0, unchanged: 0 }) as LoadReport;

test("a list of one kelurahan is shown by RW, a list of several by kelurahan", () => {
  const inner = [sum("kelurahan", "K1", 9), sum("rw", "K1-001", 8), sum("rw", "K1-002", 1)];

  expect(areaClasses(reported(inner))).toMatchObject({ level: "rw", parent: "K1", step: 2, most: 8 });
  const wide = [...inner, sum("kelurahan", "K2", 1)];
  expect(areaClasses(reported(wide))).toMatchObject({ level: "kelurahan", parent: null, step: 3 });
  expect(areaClasses(reported([]))).toBeNull();
});

test("rows that are taken and lie in no area that is shown are counted beside them", () => {
  const areas = [sum("kelurahan", "K1", 41), sum("rw", "K1-001", 40)];

  expect(areaClasses(reported(areas, 41))?.elsewhere).toBe(1);
  expect(areaClasses(reported(areas, 40))?.elsewhere).toBe(0);
});

test("what the reader of the file knows is told, but for what every file has", () => {
  const report = {
    notes: [
      ["encoding", null, "utf-8"],
      ["merged_cells", null, "3"],
      ["title_rows", 4, "2"],
    ],
    other_rows: { total: 1 },
    place_doubts: { no_such_rw: 2, other_spelling: 5 },
  } as unknown as LoadReport;

  expect(noteLines(report)).toEqual([
    "2 baris menyebut RW yang tidak ada di wilayah itu; periksa tempatnya",
    "1 baris bukan usulan: jumlah",
    "3 sel gabungan: isinya berlaku bagi semua baris gabungannya",
    "Baris 4: 2 baris judul di atas tabel, dilewati",
  ]);
  for (const part of ["notes", "otherKinds", "placeDoubts"] as const)
    expect(Object.keys(en[part])).toEqual(Object.keys(id[part]));
});

test("a load that only updated says that it cannot be taken back", () => {
  const load = { state: "selesai", report: { created: 0, updated: 26 } } as unknown as FullLoad;

  expect(onlyUpdated(load)).toBe(26);
  expect(onlyUpdated({ ...load, report: { created: 1, updated: 26 } as LoadReport })).toBe(0);
});

test("the classes of a map end where the next begins, and none is empty at the top", () => {
  expect(classRanges({ step: 2, most: 5 })).toEqual([
    [1, 2],
    [3, 4],
    [5, 5],
  ]);
  expect([0, 1, 2, 3, 5].map((rows) => classOfRows(rows, 2))).toEqual([0, 1, 1, 2, 3]);
});

test("an address that names no load opens none", () => {
  const load = "01930d6e-7c1a-7b32-8f4e-000000000001";

  expect(readMuatPlace(`?city=33.72&muatan=${load}`)).toMatchObject({ city: "33.72", load });
  expect(readMuatPlace("?muatan=../../usulan").load).toBeNull();
});

test("every field that a column can hold has a name in both languages", () => {
  for (const words of [id, en]) for (const field of FIELDS) expect(words.fields).toHaveProperty(field);
  expect(Object.keys(en.reasons)).toEqual(Object.keys(id.reasons));
});

const stands = (more: Partial<FullLoad>) =>
  ({ may: [], report: null, guess: GUESS, failure: null, ...more }) as unknown as FullLoad;
const counted = { created: 3, updated: 1 } as LoadReport;

test("a list is stored only as it was tried, and tried again once its mapping was changed", () => {
  const tried = stands({ state: "menunggu", may: ["mapping", "check", "commit"], report: counted });

  expect(waysOf(tried, false)).toEqual({ rows: 4, isVain: false, isOthers: false, canCheck: false });
  expect(waysOf(tried, true)).toEqual({ rows: 0, isVain: false, isOthers: false, canCheck: true });
  const vain = stands({ ...tried, report: { ...counted, created: 0, updated: 0 } });
  expect(waysOf(vain, false)).toEqual({ rows: 0, isVain: true, isOthers: false, canCheck: false });
  const others = stands({ ...tried, may: ["mapping", "check", "cancel"] });
  expect(waysOf(others, false)).toEqual({ rows: 0, isVain: false, isOthers: true, canCheck: true });
});

test("a file that cannot be read is not tried again, one that a server dropped is", () => {
  const failed = {
    state: "gagal" as const,
    may: ["mapping", "check", "cancel"] as FullLoad["may"],
    guess: null,
  };

  expect(waysOf(stands({ ...failed, failure: "bukan CSV atau XLSX" }), false).canCheck).toBe(false);
  expect(waysOf(stands({ ...failed, failure: "TERPUTUS" }), false).canCheck).toBe(true);
});
