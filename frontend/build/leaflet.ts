import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Plugin } from "vite";

const FILES = ["leaflet.js", "leaflet.css"];

/** Copies Leaflet as it is to `dist/leaflet/`, for reports that must hold all they need in one file. */
export function leafletAssets(): Plugin {
  return {
    name: "leaflet-assets",
    apply: "build",
    generateBundle() {
      const folder = dirname(createRequire(import.meta.url).resolve("leaflet/package.json"));
      for (const name of FILES) {
        this.emitFile({
          type: "asset",
          fileName: `leaflet/${name}`,
          source: readFileSync(join(folder, "dist", name)),
        });
      }
    },
  };
}
