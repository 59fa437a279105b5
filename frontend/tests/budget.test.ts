import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "vite";
import { afterAll, beforeAll, expect, test } from "vitest";

// The bars of the map page, gzip: its scripts with Leaflet, and its style sheets.
const MAP_SCRIPT_BYTES = 50_000;
const STYLE_BYTES = 15_000;

let folder = "";
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "peta-build-"));
  await build({ logLevel: "error", build: { outDir: folder, emptyOutDir: true } });
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

const zipped = (name: string) => gzipSync(readFileSync(join(folder, name))).length;

/** A script of the build and everything it imports, each once. */
function withImports(name: string, seen = new Set<string>()): Set<string> {
  if (seen.has(name)) return seen;
  seen.add(name);
  const text = readFileSync(join(folder, "assets", name), "utf8");
  for (const [, other] of text.matchAll(/from\s*["']\.\/([\w.-]+\.js)["']/g))
    if (other) withImports(other, seen);
  return seen;
}

function linked(page: string, ending: string): string[] {
  const html = readFileSync(join(folder, page), "utf8");
  return [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].flatMap(([, path]) =>
    path?.endsWith(ending) ? [path] : [],
  );
}

/** Bytes of a map and all it imports that its page does not have already. */
function mapBytes(page: string, map: RegExp): number {
  const script = readdirSync(join(folder, "assets")).find((name) => map.test(name));
  const known = new Set(linked(page, ".js").flatMap((path) => [...withImports(path.replace("assets/", ""))]));
  const own = [...withImports(script ?? "")].filter((name) => !known.has(name));
  return own.reduce((sum, name) => sum + zipped(`assets/${name}`), 0);
}

test("each map with Leaflet stays under 50 KB of gzipped script", () => {
  const maps = [
    mapBytes("index.html", /^map-.*\.js$/),
    mapBytes("perencana.html", /^planner-.*\.js$/),
    mapBytes("kerja.html", /^desk-.*\.js$/),
    mapBytes("muat.html", /^loads-.*\.js$/),
  ];

  for (const bytes of maps) {
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThan(MAP_SCRIPT_BYTES);
  }
});

test("the styles of the pages with maps stay under 15 KB gzipped each", () => {
  for (const page of ["index.html", "perencana.html", "kerja.html", "muat.html"]) {
    const bytes = linked(page, ".css").reduce((sum, path) => sum + zipped(path), 0);

    expect(bytes).toBeGreaterThan(1_000);
    expect(bytes).toBeLessThan(STYLE_BYTES);
  }
});

test.each(["lacak.html", "akun.html"])(
  "%s, which has no map, stays under 40 KB of gzipped script",
  (page) => {
    const [script = ""] = linked(page, ".js");
    const names = [...withImports(script.replace("assets/", ""))];
    const bytes = names.reduce((sum, name) => sum + zipped(`assets/${name}`), 0);

    expect(bytes).toBeGreaterThan(5_000);
    expect(bytes).toBeLessThan(40_000);
  },
);

test("no page carries inline script or style, which the server's policy would refuse", () => {
  for (const page of [
    "index.html",
    "lapor.html",
    "lacak.html",
    "perencana.html",
    "masuk.html",
    "akun.html",
    "kerja.html",
    "muat.html",
  ]) {
    const html = readFileSync(join(folder, page), "utf8");

    expect(html).not.toMatch(/<style|<script(?![^>]*\ssrc=)|\sstyle=|\son\w+=/);
    expect(html).not.toMatch(/https?:\/\//);
  }
});

test("every text file of the build has its compressed copies beside it", () => {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const scripts = names.filter(
    (name) => name.endsWith(".js") && readFileSync(join(folder, name)).length >= 512,
  );

  expect(scripts.length).toBeGreaterThan(3);
  for (const name of scripts) expect(names).toEqual(expect.arrayContaining([`${name}.br`, `${name}.gz`]));
});
