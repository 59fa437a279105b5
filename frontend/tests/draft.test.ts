import { expect, test } from "vitest";
import {
  discardDraft,
  draftName,
  emptyDraft,
  hasContent,
  keepDraft,
  keptDraft,
} from "../src/screens/lapor/draft";

function memory(start: Record<string, string> = {}) {
  const kept = new Map(Object.entries(start));
  return {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  };
}

const refusing = {
  getItem: () => {
    throw new DOMException("refused", "SecurityError");
  },
  setItem: () => {
    throw new DOMException("full", "QuotaExceededError");
  },
  removeItem: () => {
    throw new DOMException("refused", "SecurityError");
  },
};
const name = draftName("99.71");

test("a kept draft comes back with everything typed and the same key", () => {
  const storage = memory();
  const draft = {
    ...emptyDraft("k1"),
    title: "Got mampet",
    place: { kind: "pin" as const, position: [110.8, -7.5] as [number, number], accuracy_m: 12 },
  };

  keepDraft(storage, name, draft);

  expect(keptDraft(storage, name)).toEqual(draft);
});

test("each city has its own draft", () => {
  const storage = memory();

  keepDraft(storage, draftName("99.71"), emptyDraft("k1"));

  expect(keptDraft(storage, draftName("33.72"))).toBeNull();
});

test("a discarded draft is gone", () => {
  const storage = memory();
  keepDraft(storage, name, emptyDraft("k1"));

  discardDraft(storage, name);

  expect(keptDraft(storage, name)).toBeNull();
});

test.each([
  "not json",
  "null",
  '{"version":1}',
  '{"version":0,"draft":{"key":"k"}}',
  '{"version":1,"draft":{"key":7}}',
])("broken storage %s is no draft and no error", (text) => {
  expect(keptDraft(memory({ [name]: text }), name)).toBeNull();
});

test("a draft with a broken place keeps its text and loses the place", () => {
  const text = '{"version":1,"draft":{"key":"k","title":"Got","place":{"kind":"pin","position":["a",1]}}}';

  const draft = keptDraft(memory({ [name]: text }), name);

  expect(draft?.title).toBe("Got");
  expect(draft?.place).toBeNull();
});

test("a storage that refuses is survived", () => {
  expect(keptDraft(refusing, name)).toBeNull();
  expect(keepDraft(refusing, name, emptyDraft("k1"))).toBe(false);
  expect(() => discardDraft(refusing, name)).not.toThrow();
});

test("an untouched draft has nothing to lose, one with a word has", () => {
  expect(hasContent(emptyDraft("k"))).toBe(false);
  expect(hasContent({ ...emptyDraft("k"), title: "G" })).toBe(true);
});
