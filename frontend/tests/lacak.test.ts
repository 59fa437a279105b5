import { expect, test } from "vitest";
import type { Tracking } from "../src/api/contract";
import { Problem } from "../src/api/problem";
import { Answers } from "../src/screens/lacak/answers";
import { codeIn, faultOfCode, tidyCode } from "../src/screens/lacak/codes";
import { erasedAt } from "../src/screens/lacak/erased";
import { faultIn, faultOfAnswer, sentenceOf } from "../src/screens/lacak/troubles";

const CODE = "7K3M-9Q2X-4ZT1B";

test.each([
  CODE,
  "7k3m 9q2x 4zt1b",
  "  7K3M9Q2X4ZT1B\n",
  "7K3M–9Q2X—4ZT1B",
  "7K3M-9Q2X-4ZTIB",
  "7k3m-9q2x-4ztlb",
  "\u200b7K3M-9Q2X-4ZT1B\u00a0",
  `https://usulan.contoh.go.id/lacak#${CODE}`,
  `https://usulan.contoh.go.id/lacak/${CODE}/`,
  `Usulan saya: Got mampet Nomor: 33.72-2027-7K3M9Q Kode lacak: ${CODE} Lacak usulan: https://u.id/lacak#${CODE} Simpan`,
])("%j is read as the code that was meant", (typed) => {
  expect(tidyCode(typed)).toBe(CODE);
});

test("an O that was read for a zero is a zero", () => {
  expect(tidyCode("OOOO-oooo-00000")).toBe("0000-0000-00000");
});

test.each(["", "7K3M", `${CODE}2`, "7K3M-9Q2X-4ZT1U", "7K3M-9Q2X-4ZT1!", "KODE"])(
  "%j cannot be a code",
  (typed) => {
    expect(tidyCode(typed)).toBeNull();
  },
);

test("what is wrong with a code is said as one would see it oneself", () => {
  expect(faultOfCode(" - ")).toBe("Tulis kode lacak Anda.");
  expect(faultOfCode("7K3M-9Q2X")).toBe("Kode lacak terdiri dari 13 huruf dan angka; ini 8.");
  expect(faultOfCode("7K3M-9Q2X-4ZT1U")).toContain("tanpa huruf U");
});

test("the code stands behind the hash, also where a mail program has escaped it", () => {
  expect(codeIn({ hash: `#${CODE}` })).toBe(CODE);
  expect(codeIn({ hash: "#7K3M%209Q2X%204ZT1B" })).toBe("7K3M 9Q2X 4ZT1B");
  expect(codeIn({ hash: "#%" })).toBe("%");
  expect(codeIn({ hash: "" })).toBe("");
});

function shelf(): Map<string, string> & Pick<Storage, "getItem" | "setItem" | "removeItem"> {
  const kept = new Map<string, string>();
  return Object.assign(kept, {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, text: string) => void kept.set(name, text),
    removeItem: (name: string) => void kept.delete(name),
  });
}

test("an answer that was begun is there again, for its own usulan alone", () => {
  const kept = shelf();
  new Answers(kept).keep("33.72-2027-7K3M9Q", "Sisi utara");

  expect(new Answers(kept).of("33.72-2027-7K3M9Q")).toBe("Sisi utara");
  expect(new Answers(kept).of("33.72-2027-AAAAAA")).toBe("");
  new Answers(kept).keep("33.72-2027-7K3M9Q", "");
  expect(kept.size).toBe(0);
});

test("a device that keeps nothing hinders nobody", () => {
  const refuse = () => {
    throw new Error("denied");
  };
  const answers = new Answers({ getItem: refuse, setItem: refuse, removeItem: refuse });

  answers.keep("33.72-2027-7K3M9Q", "Sisi utara");

  expect(answers.of("33.72-2027-7K3M9Q")).toBe("");
});

test("an answer is counted in characters as people see them", () => {
  expect(faultOfAnswer("🙂".repeat(1000))).toBeNull();
  expect(faultOfAnswer("🙂".repeat(1002))).toBe("Paling banyak 1.000 huruf; kurangi 2 huruf.");
  expect(faultOfAnswer(" \n ")).toBe("Tulis jawaban Anda.");
});

const problem = (status: number, code: string, more: object = {}, retryAfterS: number | null = null) =>
  new Problem({ status, code, title: "", detail: "Rincian.", ...more }, retryAfterS);

test("what the server finds wrong with an answer is told at its field", () => {
  const errors = [{ field: "/text", code: "x", detail: "Tanda yang tidak terlihat." }];

  expect(faultIn(problem(422, "ISIAN_TIDAK_SAH", { errors }))).toBe("Tanda yang tidak terlihat.");
  expect(faultIn(problem(409, "TRANSISI_TIDAK_SAH", { errors }))).toBeNull();
});

test("a refusal says what was not done, why, and what to do", () => {
  const late = problem(409, "TRANSISI_TIDAK_SAH");

  expect(sentenceOf(problem(0, "TANPA_JARINGAN"), "withdraw")).toBe(
    "Usulan belum dibatalkan. Koneksi terputus; coba lagi saat jaringan kembali.",
  );
  expect(sentenceOf(problem(429, "TERLALU_SERING", {}, 421), "erase")).toContain("dalam 8 menit");
  expect(sentenceOf(late, "reply")).toContain("sudah dijawab");
  expect(sentenceOf(late, "withdraw")).toContain("sudah berubah");
  expect(sentenceOf(problem(500, "GALAT"), "download")).toBe("Data belum terunduh. Rincian.");
});

test.each([
  { kinds: ["pengajuan"], erased: null },
  { kinds: ["pengajuan", "penghapusan_data"], erased: "1" },
  { kinds: ["pengajuan", "penghapusan_data", "penarikan"], erased: "1" },
  { kinds: ["pengajuan", "penghapusan_data", "perubahan_status", "jawaban"], erased: null },
])("of $kinds data counts as erased at $erased", ({ kinds, erased }) => {
  const events = kinds.map((kind, at) => ({ kind, at: `${at}` })) as Tracking["events"];

  expect(erasedAt({ events })).toBe(erased);
});
