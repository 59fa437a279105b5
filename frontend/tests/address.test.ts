import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Address } from "../src/state/address";
import { type MapPlace, mapText, readMap } from "../src/state/url";

interface Here {
  q: string;
  map: MapPlace | null;
}

const HOME: MapPlace = { centre: [111.35, -7.25], zoom: 13 };
const NEAR: MapPlace = { ...HOME, zoom: 15 };
const heard = new Map<string, () => void>();
let entries: string[];

beforeEach(() => {
  vi.useFakeTimers();
  entries = ["/"];
  const replace = (address: string) => entries.splice(-1, 1, address);
  vi.stubGlobal("location", {
    pathname: "/",
    get search() {
      return (entries.at(-1) ?? "").slice(1);
    },
  });
  vi.stubGlobal("history", {
    pushState: (_: unknown, __: string, address: string) => entries.push(address),
    replaceState: (_: unknown, __: string, address: string) => replace(address),
  });
  vi.stubGlobal("addEventListener", (name: string, listener: () => void) => heard.set(name, listener));
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function started(): Address<Here> {
  const address = new Address<Here>({
    empty: { q: "", map: null },
    read: (search) => {
      const query = new URLSearchParams(search);
      return { q: query.get("q") ?? "", map: readMap(query.get("at")) };
    },
    write: ({ q, map }) => {
      const query = new URLSearchParams();
      if (q) query.set("q", q);
      if (map) query.set("at", mapText(map));
      return `/?${query}`;
    },
  });
  address.start();
  return address;
}

const addressOf = (view: MapPlace, q = "") =>
  `/?${new URLSearchParams([...(q ? [["q", q]] : []), ["at", mapText(view)]])}`;

test("the address bar tells where the map is once it lies still, and of many moves only the last", () => {
  const { keepView } = started();

  keepView(HOME);
  vi.advanceTimersByTime(150);
  keepView(NEAR);
  vi.advanceTimersByTime(150);
  expect(entries).toEqual(["/"]);

  vi.advanceTimersByTime(100);
  expect(entries).toEqual([addressOf(NEAR)]);
});

test("a step taken right after the map moved leaves the place before it as it was", () => {
  const { keepView, go } = started();

  keepView(HOME);
  go({ q: "jalan" });
  vi.runAllTimers();

  expect(entries).toEqual([addressOf(HOME), addressOf(HOME, "jalan")]);
});

test("a page that is left keeps where its map was", () => {
  const { keepView } = started();

  keepView(HOME);
  heard.get("pagehide")?.();

  expect(entries).toEqual([addressOf(HOME)]);
});

test("going back while the map has just moved changes nothing in the place one comes to", () => {
  const { keepView, go, place } = started();
  go({ q: "jalan" });

  keepView(HOME);
  entries.pop();
  heard.get("popstate")?.();
  vi.runAllTimers();

  expect(entries).toEqual(["/"]);
  expect(place.value.map).toBeNull();
});
