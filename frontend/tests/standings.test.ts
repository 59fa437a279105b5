import { expect, test } from "vitest";
import { standingOf } from "../src/state/standings";

test("only what residents drew is called partisipatif, not what was united under a provisional code", () => {
  expect(standingOf({ code: "31.00.x01", status: "partisipatif" })).toBe("gabungan");
  expect(standingOf({ code: "31.00.x01.x0001", status: "partisipatif" })).toBe("gabungan");
  expect(standingOf({ code: "31.74.05.1001-004", status: "partisipatif" })).toBe("partisipatif");
  expect(standingOf({ code: "31.74.05", status: "resmi" })).toBe("resmi");
});
