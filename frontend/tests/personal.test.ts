import { expect, test } from "vitest";
import { findPersonal, hidePersonal, personalParts } from "../src/search/personal";

test.each([
  ["Hubungi Bu Rini di 0812 3456 7890 untuk melihat.", "0812 3456 7890"],
  ["WA +62 812-3456-7890", "+62 812-3456-7890"],
  ["telp (0271) 712345 jam kerja", "(0271) 712345"],
  ["wa 81234567890", "81234567890"],
  ["6281234567890", "6281234567890"],
])("a phone number in %s is found whole", (text, phone) => {
  const [mark] = findPersonal(text);

  expect(mark?.kind).toBe("phone");
  expect(text.slice(mark?.start, mark?.end)).toBe(phone);
});

test.each(["NIK 3372054505900001", "ktp 3372 0545 0590 0001"])("a NIK in %s is found", (text) => {
  expect(findPersonal(text).map(({ kind }) => kind)).toEqual(["nik"]);
});

test.each([
  "RT 003 RW 012 nomor 17",
  "Panjang 120 m, lebar 2.5 m, biaya Rp118.000.000",
  "Rusak sejak 12-05-2026 10.30 pagi",
  "Rusak sejak 02.03.2026 08.15 pagi",
  "Di -7.556123, 110.831234",
  "Tahun 2024 2025 2026",
])("no number of a person is seen in: %s", (text) => {
  expect(findPersonal(text)).toEqual([]);
});

test("the parts joined are the text again", () => {
  const text = "Bu Rini 081234567890 atau 3372054505900001.";

  const parts = personalParts(text);

  expect(parts.map(({ text: part }) => part).join("")).toBe(text);
  expect(parts.filter(({ personal }) => personal)).toHaveLength(2);
});

test("hiding covers every number and nothing else", () => {
  const hidden = hidePersonal("Bu Rini 0812-3456-7890, lalu 081298765432.", "[nomor]");

  expect(hidden).toBe("Bu Rini [nomor], lalu [nomor].");
  expect(findPersonal(hidden)).toEqual([]);
});
