import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { City, Me, Officer } from "../src/api/contract";
import { FieldNames } from "../src/screens/akun/fieldNames";
import { Officers } from "../src/screens/akun/officers";
import { titleOf } from "../src/screens/muat/Report";
import { lapsed, me } from "../src/state/session";

const WATI = { email: "wati@contoh.id", name: "Wati", roles: [] } as unknown as Officer;
const BUDI = { email: "budi@contoh.id", name: "Budi", roles: [] } as unknown as Officer;

/** Answers that wait until they are let go, by the method and address they were asked for. */
const waiting = new Map<string, (answer: Response) => void>();

function answer(asked: string, body: unknown, status = 200): Promise<void> {
  const told = JSON.stringify(body);
  waiting.get(asked)?.(new Response(status === 204 ? null : told, { status }));
  waiting.delete(asked);
  return new Promise((resolve) => setTimeout(resolve, 5));
}

beforeEach(() => {
  vi.stubGlobal("fetch", (address: string, options: RequestInit = {}) => {
    const { pathname, searchParams } = new URL(String(address), "http://127.0.0.1");
    const asked = `${options.method ?? "GET"} ${pathname} ${searchParams.get("city") ?? ""}`;
    return new Promise<Response>((resolve) => waiting.set(asked, resolve));
  });
  me.value = { email: "admin@contoh.id", name: "Admin", roles: [{ role: "admin_instalasi" }] } as Me;
});

afterEach(() => {
  waiting.clear();
  vi.unstubAllGlobals();
  me.value = undefined;
  lapsed.value = false;
});

function officersOfTwoCities(): Officers {
  const officers = new Officers(new FieldNames());
  officers.cities.value.value = [{ code: "33.72" }, { code: "99.71" }] as City[];
  officers.wanted.value = "33.72";
  return officers;
}

test("what was done in one city brings no list of it before an administrator who looks at another by then", async () => {
  const officers = officersOfTwoCities();
  const closing = officers.close(WATI);
  const [asked] = [...waiting.keys()];

  officers.wanted.value = "99.71";
  officers.list.value.value = [BUDI];
  await answer(asked ?? "", null, 204);
  await closing;

  expect(asked).toContain("33.72");
  expect([...waiting.keys()].filter((each) => each.includes("33.72"))).toEqual([]);
  expect(officers.list.value.value).toEqual([BUDI]);
});

test("a form that is sent when the sign-in is over keeps what was typed, and says so", async () => {
  const officers = officersOfTwoCities();
  officers.giving.email.value = "wati@contoh.id";
  officers.giving.name.value = "Wati";
  officers.giving.role.value = "camat";
  const sending = officers.giving.send();
  const [asked] = [...waiting.keys()];

  await answer(asked ?? "", { code: "BELUM_MASUK", title: "Belum masuk", status: 401 }, 401);
  await sending;

  expect(officers.giving.email.value).toBe("wati@contoh.id");
  expect(officers.giving.doing.trouble.value).toContain("isian Anda tetap di sini");
  expect([lapsed.value, me.value?.email]).toEqual([true, "admin@contoh.id"]);
});

test.each([
  ["menunggu", "Bila disimpan"],
  ["selesai", "Hasil"],
  ["menarik", "Yang dimuat sebelum ditarik kembali"],
  ["ditarik", "Yang dimuat sebelum ditarik kembali"],
])("the report of a load that is %s is headed %s", (state, title) => {
  expect(titleOf(state)).toBe(title);
});
