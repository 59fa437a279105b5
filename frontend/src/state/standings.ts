import { type ReadonlySignal, signal } from "@preact/signals";
import { isAbort } from "../api/client";
import type { AreaProperties, Bounds, City, Level } from "../api/contract";
import { readAreasWithin } from "../api/endpoints";
import { Problem } from "../api/problem";
import { isProvisional } from "../geo/codes";
import { centre } from "../geo/mercator";

const PATIENCE_MS = 10_000;
/** Half the side of the place that is looked at; several hundred metres, so that no gap between areas fills it. */
const REACH_DEGREES = 0.004;

function middleOf(bounds: Bounds): Bounds {
  const [longitude, latitude] = centre(bounds);
  return [
    longitude - REACH_DEGREES,
    latitude - REACH_DEGREES,
    longitude + REACH_DEGREES,
    latitude + REACH_DEGREES,
  ];
}

/** Of a level that was made by uniting areas under provisional codes nobody drew the borders, residents neither. */
export function standingOf({ code, status }: Pick<AreaProperties, "code" | "status">): string | null {
  return status === "partisipatif" && isProvisional(code) ? "gabungan" : status;
}

/** How well the boundaries of each level stand (resmi, indikatif, partisipatif), by those in the middle of the city.
 *
 * An edition is loaded level by level, and levels above may have been made from their parts, so the levels of
 * one city differ while the areas of one level do not.
 */
export class Standings {
  private readonly found = signal<ReadonlyMap<string, string>>(new Map());
  private readonly asked = new Set<string>();

  constructor(private readonly city: ReadonlySignal<City | null>) {}

  /** Null while unknown. */
  of(level: Level): string | null {
    const { code } = this.city.value ?? {};
    return this.found.value.get(`${code} ${level}`) ?? null;
  }

  want(level: Level): void {
    const city = this.city.value;
    if (!city?.bounds) return;
    const key = `${city.code} ${level}`;
    if (this.asked.has(key)) return;
    this.asked.add(key);
    void this.ask(key, { city: city.code, level, bounds: middleOf(city.bounds) });
  }

  private async ask(key: string, of: { city: string; level: Level; bounds: Bounds }): Promise<void> {
    try {
      const { features } = await readAreasWithin(of, AbortSignal.timeout(PATIENCE_MS));
      const status = features[0] && standingOf(features[0].properties);
      if (status) this.found.value = new Map([...this.found.peek(), [key, status]]);
    } catch (error) {
      // The caption then names the edition alone, and the next look at this level asks again.
      this.asked.delete(key);
      if (!(error instanceof Problem) && !isAbort(error)) throw error;
    }
  }
}
