import { expect, test } from "vitest";
import { DREW, finish, type Steps } from "../src/geo/steps";
import { press } from "../src/map/draw/stamps";
import { Ground } from "../src/map/tiles/occupied";
import { SlicedQueue } from "../src/map/tiles/queue";

function* busy(steps: number, step_ms: number): Steps<number> {
  for (let step = 0; step < steps; step++) {
    const end = performance.now() + step_ms;
    while (performance.now() < end);
    yield;
  }
  return steps;
}

test("long work leaves room for others between its slices", async () => {
  let turns = 0;
  const other = setInterval(() => {
    turns += 1;
  }, 1);

  const result = await new SlicedQueue().run(busy(30, 2));
  clearInterval(other);

  expect(result).toBe(30);
  expect(turns).toBeGreaterThan(5);
});

test("a slice ends after a step that drew, for the browser paints at the end of the task", async () => {
  const queue = new SlicedQueue();
  let drawn = 0;
  const drawing = (function* (): Steps<void> {
    for (let step = 0; step < 3; step++) {
      drawn += 1;
      yield DREW;
    }
  })();

  const whole = queue.run(drawing);
  // This timer comes due after that of the first slice.
  const afterFirst = await new Promise((resolve) => setTimeout(() => resolve(drawn), 0));
  await whole;

  expect([afterFirst, drawn]).toEqual([1, 3]);
});

test("a job that throws fails alone", async () => {
  const queue = new SlicedQueue();
  // biome-ignore lint/correctness/useYield: it throws before its first step
  const bad = (function* (): Steps<void> {
    throw new Error("bad tile");
  })();

  const failed = queue.run(bad);
  const next = queue.run(busy(2, 0));

  await expect(failed).rejects.toThrow("bad tile");
  expect(await next).toBe(2);
});

test("work run at once gives what its steps return", () => {
  expect(finish(busy(3, 0))).toBe(3);
});

test("taken ground is met within reach of its place, and not farther", () => {
  const ground = new Ground();
  ground.add(0.5, 0.5);
  const tile = { left: 1000, top: 2000, reach: 7 };
  const boxAt = (x: number) => ({ left: x, top: 2120, right: x + 10, bottom: 2136 });

  expect(ground.meets(boxAt(1124), tile)).toBe(true);
  expect(ground.meets(boxAt(1140), tile)).toBe(false);
  expect(new Ground().meets(boxAt(1124), tile)).toBe(false);
});

test("a stamp over the side of a picture is cut, and a clear pixel leaves what was there", () => {
  const data = new Uint8ClampedArray(4 * 4).fill(9);
  const picture = { width: 2, height: 2, data, colorSpace: "srgb" } as ImageData;
  const stamp = new Uint8ClampedArray([1, 1, 1, 255, 2, 2, 2, 255, 3, 3, 3, 0, 4, 4, 4, 255]);

  press(picture, stamp, 2, 1, 0);

  expect([...data]).toEqual([9, 9, 9, 9, 1, 1, 1, 255, 9, 9, 9, 9, 9, 9, 9, 9]);
});
