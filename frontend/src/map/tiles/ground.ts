import type { Coords, DoneCallback, GridLayerOptions } from "leaflet";
import { isAbort, requestTile } from "../../api/client";
import type { City, Level } from "../../api/contract";
import { borderSteps } from "../../geo/edges";
import { decodeTile, EXTENT } from "../../geo/mvt";
import { isSeam } from "../../geo/rings";
import type { Steps } from "../../geo/steps";
import { GridLayer } from "../leaflet";
import { drawGround } from "./paint";
import { AreaPiece } from "./pieces";
import type { SlicedQueue } from "./queue";
import { GROUND_TILE_PX, type GroundLook, type GroundTile } from "./tile";

/** Holes of a mean width up to 4 px are gaps between real borders that were drawn apart. */
const SEAM_UNITS = (4 * EXTENT) / GROUND_TILE_PX;

/** What of a city stands in the address of its tiles. */
export type TiledCity = Pick<City, "code" | "edition" | "areas_version">;

export interface GroundSource {
  city: TiledCity;
  queue: SlicedQueue;
  /** From the outermost in: the levels to draw at a map zoom, the last one being filled. */
  levelsAt: (zoom: number) => Level[];
  look: () => GroundLook;
  failed: (error: unknown) => void;
}

export class GroundLayer extends GridLayer {
  readonly tiles = new Map<string, GroundTile>();
  private readonly aborts = new Map<string, AbortController>();

  constructor(
    private readonly source: GroundSource,
    options: GridLayerOptions,
  ) {
    super({ ...options, tileSize: GROUND_TILE_PX, zIndex: 2, updateWhenZooming: false, keepBuffer: 1 });
    this.on("tileunload", (event) => this.forget(event.coords));
  }

  /** Paints the tiles that are there again, after a change of theme, values or selection. */
  repaint(): void {
    for (const tile of this.tiles.values()) if (tile.loaded) void this.paint(tile);
  }

  /** Paints one tile again, when what lies on it has come. */
  repaintTile(coords: Coords): void {
    const tile = this.tiles.get(tileName(coords));
    if (tile?.loaded) void this.paint(tile);
  }

  override createTile(coords: Coords, done: DoneCallback): HTMLElement {
    const element = document.createElement("div");
    element.className = "ground-tile";
    element.dataset.tile = tileName(coords);
    const tile: GroundTile = {
      coords,
      element,
      areas: {},
      base: {},
      pieces: new Map(),
      borders: {},
      loaded: false,
    };
    this.tiles.set(tileName(coords), tile);
    this.load(tile).then(
      () => done(undefined, element),
      (error) => {
        if (!isAbort(error)) this.source.failed(error);
        done(error instanceof Error ? error : undefined, element);
      },
    );
    return element;
  }

  private async load(tile: GroundTile): Promise<void> {
    const abort = new AbortController();
    this.aborts.set(tileName(tile.coords), abort);
    const levels = this.source.levelsAt(tile.coords.z);
    const [base, ...areas] = await Promise.all([
      this.ask("base", tile, "", abort.signal),
      ...levels.map((level) => this.ask("areas", tile, level, abort.signal)),
    ]);
    tile.base = base ?? {};
    levels.forEach((level, index) => {
      tile.areas[level] = Object.values(areas[index] ?? {}).flat();
    });
    for (const level of levels) {
      await this.source.queue.run(addPieces(tile, level));
      const rings = (tile.areas[level] ?? [])
        .flatMap((shape) => shape.parts)
        .filter((ring) => !isSeam(ring, SEAM_UNITS));
      tile.borders[level] = await this.source.queue.run(borderSteps(rings));
    }
    tile.loaded = true;
    await this.paint(tile);
  }

  private async ask(layer: string, tile: GroundTile, level: string, signal: AbortSignal) {
    const { z, x, y } = tile.coords;
    const query = layer === "areas" ? areasQuery(this.source.city, level) : cityQuery(this.source.city);
    const address = `/tiles/${layer}/${z - 1}/${x}/${y}.mvt?${query}`;
    const bytes = await this.source.queue.start(() => requestTile(address, signal));
    return this.source.queue.run(decodeTile(bytes));
  }

  private async paint(tile: GroundTile): Promise<void> {
    const { look, levelsAt, queue } = this.source;
    const canvas = await queue.runLatest(tile, () => drawGround(tile, look(), levelsAt(tile.coords.z)));
    tile.element.replaceChildren(canvas);
  }

  private forget(coords: Coords): void {
    const name = tileName(coords);
    this.aborts.get(name)?.abort();
    this.aborts.delete(name);
    this.tiles.delete(name);
  }
}

const cityQuery = ({ code }: TiledCity) => new URLSearchParams({ city: code });

/** With the version of the areas in it the address names what never changes, so that it may be kept. */
function areasQuery(city: TiledCity, level: string): URLSearchParams {
  const query = cityQuery(city);
  query.set("level", level);
  if (city.edition && city.areas_version) {
    query.set("edition", city.edition);
    query.set("v", city.areas_version);
  }
  return query;
}

function* addPieces(tile: GroundTile, level: Level): Steps<void> {
  for (const shape of tile.areas[level] ?? []) {
    yield;
    const piece = new AreaPiece(tile.coords, level, shape);
    tile.pieces.set(piece.code, [...(tile.pieces.get(piece.code) ?? []), piece]);
  }
}

export function tileName({ z, x, y }: Coords): string {
  return `${z}/${x}/${y}`;
}
