import { type Signal, signal } from "@preact/signals";
import { isAbort, request } from "../../api/client";
import type { AreaCollection, AreaFeature, AreasAt, Level, Position } from "../../api/contract";
import { type NearestArea, Problem } from "../../api/problem";
import { type Direction, direction, nearestEdge } from "../../geo/nearest";
import { lowest } from "./cityArea";

export interface Neighbour {
  feature: AreaFeature;
  distance_m: number;
}

/** What is known of the place under the pin. */
export type Located =
  | { state: "none" }
  | { state: "seeking" }
  | { state: "failed"; error: unknown }
  | { state: "found"; at: AreasAt; own: AreaFeature | null; neighbours: Neighbour[] }
  | { state: "outside"; nearest: NearestArea | null; feature: AreaFeature | null; way: Direction | null };

export type Query = (path: string, members: Record<string, string | number>) => string;

/** Around the pin, areas this near can be declared to be the true one. */
const DECLARABLE_M = 60;
const SETTLE_MS = 200;
const METRES_PER_DEGREE = 111_320;

function boxAround([longitude, latitude]: Position, radius_m: number): string {
  const dy = radius_m / METRES_PER_DEGREE;
  const dx = dy / Math.cos((latitude * Math.PI) / 180);
  return [longitude - dx, latitude - dy, longitude + dx, latitude + dy]
    .map((edge) => edge.toFixed(6))
    .join(",");
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}

class Finder {
  constructor(
    private readonly query: Query,
    private readonly abort: AbortSignal,
  ) {}

  private async areasNear(
    position: Position,
    level: Level | string,
    radius_m: number,
  ): Promise<AreaFeature[]> {
    const path = this.query("/api/v1/areas", { level, bbox: boxAround(position, radius_m) });
    // The shapes only explain the answer; without them the breadcrumb still stands.
    const answer = await request<AreaCollection>(path, { signal: this.abort }).catch((error) => {
      if (isAbort(error)) throw error;
      return { features: [] };
    });
    return answer.features;
  }

  async found(position: Position, at: AreasAt): Promise<Located> {
    const own = lowest(at);
    if (!own) return { state: "found", at, own: null, neighbours: [] };
    const features = await this.areasNear(position, own.level, DECLARABLE_M);
    const neighbours = features
      .filter(({ properties }) => properties.code !== own.code)
      .map((feature) => ({ feature, distance_m: nearestEdge(position, feature.geometry)?.distance_m ?? 0 }))
      .sort((a, b) => a.distance_m - b.distance_m);
    const mine = features.find(({ properties }) => properties.code === own.code) ?? null;
    return { state: "found", at, own: mine, neighbours };
  }

  async outside(position: Position, nearest: NearestArea | null): Promise<Located> {
    if (!nearest) return { state: "outside", nearest, feature: null, way: null };
    const features = await this.areasNear(position, nearest.level, nearest.distance_m + DECLARABLE_M);
    const feature = features.find(({ properties }) => properties.code === nearest.code) ?? null;
    const edge = feature && nearestEdge(position, feature.geometry);
    return { state: "outside", nearest, feature, way: edge && direction(position, edge.position) };
  }

  async locate(position: Position, accuracy_m: number | null): Promise<Located> {
    await wait(SETTLE_MS, this.abort);
    const accuracy = accuracy_m === null ? {} : { accuracy_m: Math.round(accuracy_m) };
    const [longitude, latitude] = position.map((value) => value.toFixed(6));
    const path = this.query("/api/v1/areas/at", {
      longitude: longitude ?? "",
      latitude: latitude ?? "",
      ...accuracy,
    });
    try {
      return await this.found(position, await request<AreasAt>(path, { signal: this.abort }));
    } catch (error) {
      if (isAbort(error) || this.abort.aborted) throw error;
      const outside = error instanceof Problem && error.code === "LUAR_WILAYAH";
      return outside ? this.outside(position, error.nearest) : { state: "failed", error };
    }
  }
}

/** Follows the pin: the last position asked for wins, earlier questions are given up. */
export class Locator {
  readonly located: Signal<Located> = signal({ state: "none" });
  private abort = new AbortController();

  constructor(private readonly query: Query) {}

  forget(): void {
    this.abort.abort();
    this.located.value = { state: "none" };
  }

  async follow(position: Position, accuracy_m: number | null): Promise<void> {
    this.abort.abort();
    this.abort = new AbortController();
    const { signal } = this.abort;
    this.located.value = { state: "seeking" };
    try {
      const answer = await new Finder(this.query, signal).locate(position, accuracy_m);
      if (!signal.aborted) this.located.value = answer;
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }
}
