import { readFileSync } from "node:fs";
import openapiTS, { astToString } from "openapi-typescript";
import { expect, test } from "vitest";

const OPENAPI = new URL("../../docs/openapi.json", import.meta.url);
const TYPES = new URL("../src/api/types.ts", import.meta.url);

test("the types of the answers are those of docs/openapi.json: run `npm run types` after a change", async () => {
  const made = astToString(await openapiTS(readFileSync(OPENAPI, "utf8")));

  const kept = readFileSync(TYPES, "utf8");

  // The command line tool writes a notice above what the library makes.
  expect(kept.slice(kept.indexOf("export interface paths"))).toBe(
    made.slice(made.indexOf("export interface paths")),
  );
}, 60_000);
