import { describe, expect, it } from "vitest";
import type { City } from "../src/api/contract";
import { chosenCity } from "../src/state/chosenCity";

const cities = ["33.72", "99.71"].map((code) => ({ code }) as City);
const DEFAULT = "99.71";
const NOTHING = { city: null, area: null };

describe("the city that an address means", () => {
  it("is the one it names, whatever else it names", () => {
    const wanted = { city: "99.71", area: "33.72.05", usulan: "33.72-2027-NBGZQP" };

    expect(chosenCity(cities, wanted, DEFAULT)?.code).toBe("99.71");
  });

  it("is that of its usulan, whose number begins with it", () => {
    const wanted = { ...NOTHING, usulan: "33.72-2027-NBGZQP" };

    expect(chosenCity(cities, wanted, DEFAULT)?.code).toBe("33.72");
  });

  it("is that of its area", () => {
    const wanted = { city: null, area: "33.72.05.1015-012-003" };

    expect(chosenCity(cities, wanted, DEFAULT)?.code).toBe("33.72");
  });

  it("is the default one where it names nothing that is served here", () => {
    expect(chosenCity(cities, NOTHING, DEFAULT)?.code).toBe("99.71");
    expect(chosenCity(cities, { ...NOTHING, usulan: "11.71-2027-NBGZQP" }, DEFAULT)?.code).toBe("99.71");
  });

  it("is the first where the default one is not known, and none where there is none", () => {
    expect(chosenCity(cities, NOTHING, undefined)?.code).toBe("33.72");
    expect(chosenCity([], NOTHING, DEFAULT)).toBeNull();
  });
});
