import { expect, test } from "vitest";
import { boxAround, TakenBoxes } from "../src/geo/boxes";
import { takeStanding } from "../src/map/draw/labels";

const WINDOW = { left: 90, top: 60, right: 450, bottom: 330 };

test("a name yields to what stands over the map", () => {
  const taken = new TakenBoxes();
  takeStanding(taken, WINDOW, [{ left: 300, top: 8, right: 352, bottom: 140 }]);

  // The buttons are told from the corner of the window, names from the corner of the canvas.
  expect(taken.meets(boxAround(90 + 330, 60 + 70, 60, 17))).toBe(true);
  expect(taken.meets(boxAround(90 + 200, 60 + 70, 60, 17))).toBe(false);
});

test("a name that the rim of the window would cut is none; one beyond it waits for a drag", () => {
  const taken = new TakenBoxes();
  takeStanding(taken, WINDOW, []);

  expect(taken.meets(boxAround(200, 64, 60, 17))).toBe(true);
  expect(taken.meets(boxAround(100, 200, 60, 17))).toBe(true);
  expect(taken.meets(boxAround(200, 200, 60, 17))).toBe(false);
  expect(taken.meets(boxAround(200, 40, 60, 17))).toBe(false);
});
