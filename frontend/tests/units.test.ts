import { expect, test } from "vitest";
import { en } from "../src/i18n/en";
import { id } from "../src/i18n/id";

test("an amount is told in the words of its reader", () => {
  expect(id.amount(3, "titik")).toBe("3 titik");
  expect(en.amount(3, "titik")).toBe("3 spots");
  expect(id.amount(12.5, "m2")).toBe("12,5 m²");
  expect(en.amount(12.5, "m2")).toBe("12.5 m²");
});

test("one of a thing is not told as several of it", () => {
  expect(en.amount(1, "KK")).toBe("1 household");
  expect(en.amount(1, "orang")).toBe("1 person");
  expect(en.amount(1, "m")).toBe("1 m");
});

test("a unit that this page does not know is told as it is", () => {
  expect(en.amount(2, "rit")).toBe("2 rit");
});
