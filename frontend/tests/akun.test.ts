import { expect, test } from "vitest";
import { Problem } from "../src/api/problem";
import { calledField } from "../src/screens/akun/fieldNames";
import { Giving } from "../src/screens/akun/giving";
import { lastDay } from "../src/screens/akun/keys";
import {
  faultOfEmail,
  faultOfFields,
  faultOfNewPassword,
  faultsIn,
  faultsOf,
  fieldsIn,
  sentenceOf,
} from "../src/screens/akun/troubles";

test("codes of fields are read however they are set apart", () => {
  expect(fieldsIn(" 1.03, 1.04;2.11\n1.05.02 ")).toEqual(["1.03", "1.04", "2.11", "1.05.02"]);
  expect(fieldsIn("  ")).toEqual([]);
});

test.each([
  { text: "1.03, 1.04", fault: null },
  { text: "", fault: null },
  { text: "1.03, pendidikan", fault: "pendidikan bukan kode urusan, contoh 1.03." },
  { text: "1.3", fault: "1.3 bukan kode urusan, contoh 1.03." },
])("of the fields $text what is wrong is $fault", ({ text, fault }) => {
  expect(faultOfFields(text)).toBe(fault);
});

test.each([
  { code: "1.02", told: "Kesehatan" },
  { code: "1.02.05", told: "Kesehatan (program 1.02.05)" },
  { code: "1.020", told: "1.020" },
  { code: "9.99", told: "9.99" },
])("the field $code is called $told", ({ code, told }) => {
  expect(calledField(code, [{ code: "1.02", name: "Kesehatan" }])).toBe(told);
});

test("a role is limited to the fields that were chosen and the programmes that were written", () => {
  const giving = new Giving({ city: () => "99.71", given: () => undefined });

  giving.turn("1.06", true);
  giving.turn("1.02", true);
  giving.turn("1.06", false);
  giving.programmes.value = "2.15.02";

  expect(giving.limits()).toEqual(["1.02", "2.15.02"]);
});

test("a role for all fields is limited to none, whatever was chosen before", () => {
  const giving = new Giving({ city: () => "99.71", given: () => undefined });

  giving.turn("1.06", true);
  giving.everyField.value = true;

  expect(giving.limits()).toEqual([]);
});

test("a password is short until it has twelve characters, of whatever script", () => {
  expect(faultOfNewPassword("")).toBe("Tulis kata sandi.");
  expect(faultOfNewPassword("sebelas 😀 a")).toContain("Baru 11 karakter");
  expect(faultOfNewPassword("sebelas 😀 ab")).toBeNull();
});

test("an address needs both of its sides", () => {
  expect(faultOfEmail("")).toBe("Tulis surelnya.");
  expect(faultOfEmail("wati@")).toContain("kurang lengkap");
  expect(faultOfEmail("wati@contoh.go.id")).toBeNull();
});

test("only what is wrong stands among the faults", () => {
  expect(faultsOf({ surel: null, nama: "Tulis namanya." })).toEqual({ nama: "Tulis namanya." });
});

function refusal(code: string, errors: { field: string; code: string; detail: string }[] = []): Problem {
  return new Problem({ status: 422, code, title: "Isian tidak sah", detail: "", errors });
}

test("what the server finds wrong stands at the field that it means, also of one in a list", () => {
  const errors = [
    { field: "/fields/1", code: "X", detail: "Bukan kode." },
    { field: "/lain", code: "X", detail: "Lain." },
  ];

  expect(faultsIn(refusal("ISIAN_TIDAK_SAH", errors), { "/fields": "urusan" })).toEqual({
    urusan: "Bukan kode.",
  });
});

test("a refusal is told in the words of its part, else in those of the page, else of the server", () => {
  const own = { TIDAK_BERWENANG: () => "Bukan peran Anda." };

  expect(sentenceOf(refusal("TIDAK_BERWENANG"), own)).toBe("Bukan peran Anda.");
  expect(sentenceOf(refusal("TANPA_JARINGAN"), own)).toContain("Isian Anda masih ada");
  expect(sentenceOf(refusal("ISIAN_TIDAK_SAH"))).toBe("Isian tidak sah");
  expect(sentenceOf(new Error("x"))).toContain("Koneksi terputus");
});

test("a key of thirty days ends thirty days from now", () => {
  expect(lastDay(30, new Date("2026-11-23T10:00:00Z"))).toBe("2026-12-23T10:00:00.000Z");
});

test("areas are asked for down to the level of the role and no further", () => {
  const giving = new Giving({ city: () => "99.71", given: () => undefined });
  giving.roles.value.value = [{ role: "lurah", name: "Lurah", level: "kelurahan", by_field: false }];
  giving.role.value = "lurah";

  expect(giving.needsArea.value).toBe(true);
  expect(giving.leads({ level: "kecamatan" })).toBe(true);
  expect(giving.leads({ level: "rw" })).toBe(false);
  expect(giving.reaches({ level: "kelurahan" })).toBe(true);
  expect(giving.reaches({ level: "kecamatan" })).toBe(false);
});

test("another area above lets those beneath be chosen anew", () => {
  const giving = new Giving({ city: () => "99.71", given: () => undefined });
  const area = (code: string, level: "kecamatan" | "kelurahan") => ({ code, level, name: code });
  giving.take(0, area("99.71.01", "kecamatan"));
  giving.take(1, area("99.71.01.1001", "kelurahan"));

  giving.take(0, area("99.71.02", "kecamatan"));

  expect(giving.chain.value.map(({ code }) => code)).toEqual(["99.71.02"]);
});
