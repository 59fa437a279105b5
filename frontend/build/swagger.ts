import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Plugin } from "vite";

const FILES = ["swagger-ui.css", "swagger-ui-bundle.js"];
// The theme that the reader chose on another page, else that of the system, as everywhere.
const START = `let theme = null;
try {
  theme = localStorage.getItem("peta.theme");
} catch {
  // Storage may be closed; the system then decides.
}
const dark = theme ? theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
document.documentElement.classList.toggle("dark-mode", dark);
SwaggerUIBundle({ url: "/api/openapi.json", dom_id: "#swagger-ui", deepLinking: true });
`;

/** Copies Swagger UI and its start script to `dist/swagger/`, so that `/api/docs` asks no outside host. */
export function swaggerAssets(): Plugin {
  return {
    name: "swagger-assets",
    apply: "build",
    generateBundle() {
      const folder = dirname(createRequire(import.meta.url).resolve("swagger-ui-dist/package.json"));
      for (const name of FILES) {
        this.emitFile({
          type: "asset",
          fileName: `swagger/${name}`,
          source: readFileSync(join(folder, name)),
        });
      }
      this.emitFile({ type: "asset", fileName: "swagger/start.js", source: START });
    },
  };
}
