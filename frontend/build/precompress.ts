import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { Plugin } from "vite";

const COMPRESSIBLE = /\.(js|css|html|svg|json|webmanifest|txt)$/;
// Below this size a compressed copy saves less than its own header costs.
const SMALLEST_BYTES = 512;

const brotliOptions = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };

function writeCopies(path: string): void {
  const body = readFileSync(path);
  if (body.length < SMALLEST_BYTES) return;
  writeFileSync(`${path}.br`, brotliCompressSync(body, brotliOptions));
  writeFileSync(`${path}.gz`, gzipSync(body, { level: 9 }));
}

/** Leaves a `.br` and a `.gz` beside every text file of the build, so that the server never compresses. */
export function precompress(): Plugin {
  let outDir = "dist";
  return {
    name: "precompress",
    apply: "build",
    configResolved(config) {
      outDir = config.build.outDir;
    },
    // Not closeBundle: that runs after a failed build too, and would hide the reason.
    writeBundle() {
      for (const entry of readdirSync(outDir, { recursive: true, encoding: "utf8" })) {
        if (COMPRESSIBLE.test(entry)) writeCopies(join(outDir, entry));
      }
    },
  };
}
