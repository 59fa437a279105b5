import type { City } from "../api/contract";
import { cityCode } from "../geo/codes";

/** What of an address tells a city. */
export interface WantedCity {
  city: string | null;
  area: string | null;
  usulan?: string | null;
}

/** The city of an address: the one it names, else that of its usulan or area, else the default one. */
export function chosenCity(
  cities: readonly City[],
  { city, usulan, area }: WantedCity,
  defaultCode: string | undefined,
): City | null {
  const named = [city, usulan && cityCode(usulan), area && cityCode(area), defaultCode];
  const found = named.map((code) => cities.find((each) => each.code === code));
  return found.find((each) => each !== undefined) ?? cities[0] ?? null;
}
