import { defineConfig } from "vite";
import { leafletAssets } from "./build/leaflet.ts";
import { precompress } from "./build/precompress.ts";
import { swaggerAssets } from "./build/swagger.ts";

const api = process.env.PETA_API ?? "http://127.0.0.1:8000";
const backendPaths = ["/api", "/tiles", "/healthz", "/readyz"];

// The server sends `default-src 'self'`, so nothing may be inlined as a data URL.
export default defineConfig({
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  plugins: [swaggerAssets(), leafletAssets(), precompress()],
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: {
        index: "index.html",
        lapor: "lapor.html",
        lacak: "lacak.html",
        perencana: "perencana.html",
        masuk: "masuk.html",
        akun: "akun.html",
        kerja: "kerja.html",
        muat: "muat.html",
        missing: "404.html",
      },
    },
  },
  server: { proxy: Object.fromEntries(backendPaths.map((path) => [path, api])) },
});
