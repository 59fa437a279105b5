import { expect, test } from "vitest";
import { initialsOf } from "../src/panels/Account";
import { browserOf } from "../src/screens/akun/browsers";
import { ownPath, signInAddress } from "../src/state/ownPath";

const HERE = "https://usulan.contoh.go.id";

test("after signing in one comes back to the page one came from, with what it showed", () => {
  expect(ownPath("/kerja?queue=ragu#daftar", HERE)).toBe("/kerja?queue=ragu#daftar");
  expect(ownPath("/", HERE)).toBe("/");
});

test.each([
  "https://jahat.example/",
  "//jahat.example",
  "/\\jahat.example",
  "/\t/jahat.example",
  "\\/jahat.example",
  "javascript:alert(1)",
  "kerja",
  "//",
  "",
  null,
])("nobody is led away from our own pages by %j", (asked) => {
  expect(ownPath(asked, HERE)).toBeNull();
});

test.each(["/masuk", "/masuk?ke=/masuk", "/api/v1/session", "/tiles/usulan.json"])(
  "%s is no page to come back to",
  (asked) => {
    expect(ownPath(asked, HERE)).toBeNull();
  },
);

test("a page whose name only begins like another is one's own", () => {
  expect(ownPath("/masukan", HERE)).toBe("/masukan");
});

test("signing in comes back with what stands behind the hash, but for a tracking code", () => {
  const at = (pathname: string, hash: string) => signInAddress({ pathname, search: "?city=33.72", hash });

  expect(at("/kerja", "#daftar")).toBe("/masuk?ke=%2Fkerja%3Fcity%3D33.72%23daftar");
  expect(at("/lacak", "#7K3M-9Q2X-4ZT1B")).toBe("/masuk?ke=%2Flacak%3Fcity%3D33.72");
});

test("a browser is called by the name that people know it by", () => {
  const edge = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/120.0 Safari/537.36 Edg/120.0";
  const phone = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36";

  expect(browserOf(edge)).toEqual({ browser: "Edge", device: "Windows" });
  expect(browserOf(phone)).toEqual({ browser: "Chrome", device: "Android" });
  expect(browserOf("curl/8")).toEqual({ browser: null, device: null });
});

test("of a name its first and last word give a letter each", () => {
  expect(initialsOf("Sri Ayu Rahayu")).toBe("SR");
  expect(initialsOf(" sri ")).toBe("S");
});
