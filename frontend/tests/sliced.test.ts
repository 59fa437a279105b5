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

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);

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

test("what is asked again before it has begun is done once, and shows the state of then", async () => {
  const queue = new SlicedQueue();
  const tile = {};
  let state = 0;
  const seen: number[] = [];
  function* drawing(): Steps<number> {
    const shown = state;
    yield DREW;
    seen.push(shown);
    return shown;
  }
  const ask = () => queue.runLatest(tile, drawing);

  const first = [ask(), ask()];
  state = 1;
  await Promise.all(first);
  const second = ask();
  const other = queue.runLatest({}, drawing);

  expect([await first[0], await first[1], await second, await other]).toEqual([1, 1, 1, 1]);
  expect(seen).toEqual([1, 1, 1]);
});

test("what changes faster than it is drawn is drawn all the same", async () => {
  const queue = new SlicedQueue();
  const tiles = [{}, {}, {}];
  const drawn = tiles.map(() => 0);
  function* drawing(at: number): Steps<void> {
    yield* busy(1, 5);
    drawn[at] = (drawn[at] ?? 0) + 1;
  }
  const asking = setInterval(() => {
    for (const [at, tile] of tiles.entries()) void queue.runLatest(tile, () => drawing(at));
  }, 1);

  await new Promise((resolve) => setTimeout(resolve, 200));
  clearInterval(asking);
  const before = sum(drawn);
  await queue.run(busy(1, 0));

  expect(Math.min(...drawn)).toBeGreaterThan(0);
  // Besides the one that was at work no more waited than one drawing of each tile, whatever was asked.
  expect(sum(drawn) - before).toBeLessThanOrEqual(tiles.length + 1);
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
