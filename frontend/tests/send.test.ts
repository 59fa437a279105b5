import { expect, test } from "vitest";
import type { UsulanCreated } from "../src/api/contract";
import { Problem } from "../src/api/problem";
import { faultsOf, faultsOfProblem, fieldOf, writtenNumber } from "../src/screens/lapor/check";
import { type Draft, emptyDraft } from "../src/screens/lapor/draft";
import { bodyOf, sendOnce } from "../src/screens/lapor/send";

const draft: Draft = {
  ...emptyDraft("key-1"),
  place: { kind: "pin", position: [110.81234567, -7.55123456], accuracy_m: 11.6 },
  category: "SP03",
  title: " Got mampet ",
  problem: "Air masuk rumah tiap hujan deras.",
};

/** A server that keeps the first body of a key and refuses another one, as the contract says. */
function server() {
  const kept = new Map<string, string>();
  const post = async (body: string, key: string): Promise<UsulanCreated> => {
    const before = kept.get(key);
    if (before !== undefined && before !== body) {
      throw new Problem({ status: 409, code: "KONFLIK", title: "", detail: "" });
    }
    kept.set(key, body);
    return {
      number: `N${kept.size}`,
      tracking_code: "T",
      status: "diajukan",
      published: true,
      year: 2027,
      areas: [],
      doubts: [],
      similar: [],
    };
  };
  return { kept, post };
}

test("the body holds what was filled in and nothing else", () => {
  expect(bodyOf(draft)).toEqual({
    title: "Got mampet",
    problem: "Air masuk rumah tiap hujan deras.",
    category: "SP03",
    geometry: { type: "Point", coordinates: [110.812346, -7.551235] },
    accuracy_m: 12,
  });
});

test("volume, severity, beneficiaries and contact are sent once filled in", () => {
  const full: Draft = {
    ...draft,
    place: { kind: "area", area: { level: "rt", code: "99.71.01.1001-001-002", name: "RT 002" } },
    volume: "12,5",
    unit: "m",
    severity: 3,
    beneficiaries: "40",
    phone: "0812",
    consent: true,
  };

  expect(bodyOf(full)).toMatchObject({
    area: "99.71.01.1001-001-002",
    volume: 12.5,
    unit: "m",
    severity: 3,
    beneficiaries: 40,
    proposer: { phone: "0812", consent: true },
  });
  expect(bodyOf(full)).not.toHaveProperty("geometry");
});

test("sending the same draft twice makes one usulan", async () => {
  const { kept, post } = server();

  const answers = [await sendOnce(draft, post), await sendOnce(draft, post)];

  expect(kept.size).toBe(1);
  expect(answers[0]?.answer.number).toBe(answers[1]?.answer.number);
});

test("a text changed after a sending that did arrive still ends in one usulan", async () => {
  const { kept, post } = server();
  const sent = JSON.stringify(bodyOf(draft));
  await post(sent, draft.key);

  const lost = JSON.stringify({ never: "arrived" });
  const once = await sendOnce({ ...draft, title: "Got buntu", unanswered: [lost, sent] }, post);

  expect(once).toMatchObject({ earlier: true, answer: { number: "N1" } });
  expect([...kept.values()]).toEqual([sent]);
});

test("a conflict that no earlier sending explains is shown", async () => {
  const { post } = server();
  await post("{}", draft.key);

  await expect(sendOnce(draft, post)).rejects.toMatchObject({ code: "KONFLIK" });
});

test.each([
  ["/title", "title"],
  ["/geometry/coordinates/0", "place"],
  ["/proposer/phone", "phone"],
  ["/proposer/consent", "consent"],
  ["/proposer", "phone"],
  ["/unheard_of", null],
])("the pointer %s lands at %s", (pointer, field) => {
  expect(fieldOf(pointer)).toBe(field);
});

test("a refusal that names no field lands where its code belongs", () => {
  const problem = new Problem({ status: 409, code: "LUAR_WILAYAH", title: "", detail: "Di luar." });

  expect(faultsOfProblem(problem)).toEqual([{ field: "place", code: null, detail: "Di luar." }]);
});

test("a title of two letters and a problem of nineteen are too short", () => {
  const faults = faultsOf({ ...draft, title: " ab ", problem: "x".repeat(19) }, 3);

  expect(faults.map(({ field, code }) => [field, code])).toEqual([
    ["title", "short"],
    ["problem", "short"],
  ]);
});

test("a contact without consent is asked for consent", () => {
  expect(faultsOf({ ...draft, phone: "081234567890" }, 3)).toMatchObject([{ field: "consent" }]);
  expect(faultsOf({ ...draft, phone: "081234567890", consent: true }, 3)).toEqual([]);
});

test("half a person is no number of beneficiaries", () => {
  expect(faultsOf({ ...draft, beneficiaries: "2,5" }, 3)).toMatchObject([{ field: "beneficiaries" }]);
});

test.each([
  ["12,5", 12.5],
  ["12.5", 12.5],
  [" 7 ", 7],
  ["-3", null],
  ["tiga", null],
  ["", null],
])("the number in %j is %s", (text, value) => {
  expect(writtenNumber(text)).toBe(value);
});
