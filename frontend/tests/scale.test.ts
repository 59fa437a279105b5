import { expect, test } from "vitest";
import { rateText } from "../src/i18n";
import { scaleWords } from "../src/panels/Scale";

test("a scale says where each class begins and where the last one ends", () => {
  const told = scaleWords([12, 14.3, 15.5, 17.4], 19.96);

  expect(told).toEqual({ starts: ["0", "12", "14,3", "15,5", "17,4"], end: "20", single: false });
});

test("a last class of one value is told once", () => {
  const told = scaleWords([1.2, 3.4, 5, 10.2], 10.2);

  expect(told).toEqual({ starts: ["0", "1,2", "3,4", "5"], end: "10,2", single: true });
});

test("limits that tenths would make the same, or nothing, are told in hundredths", () => {
  expect(scaleWords([0.31, 0.34, 0.4, 0.5], 0.9).starts).toEqual(["0", "0,31", "0,34", "0,4", "0,5"]);
  expect(scaleWords([0.01, 0.2, 0.4, 0.5], 0.9).starts[1]).toBe("0,01");
});

test("a scale where nothing is has one class that begins and ends with 0", () => {
  expect(scaleWords([], 0)).toEqual({ starts: [], end: "0", single: true });
});

test("a rate that is only nearly nothing is no zero", () => {
  expect(rateText(0.01)).toBe("< 0,1");
  expect(rateText(0, 6)).toBe("< 0,1");
  expect(rateText(0, 0)).toBe("0");
  expect(rateText(0.05)).toBe("0,1");
  expect(rateText(14.26)).toBe("14,3");
});
