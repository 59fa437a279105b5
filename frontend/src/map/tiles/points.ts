import type { Coords, DoneCallback } from "leaflet";
import { isAbort, requestTile } from "../../api/client";
import { type Box, boxAround, overlaps } from "../../geo/boxes";
import { type Cell, type Counted, cellRadius, circlePlace } from "../../geo/cells";
import { TILE_PX, tileFrame, toPosition, type UnitPoint, worldPx } from "../../geo/mercator";
import { nearestIndex, type Target } from "../../geo/pick";
import { drawUsulan, type TilePlace, type UsulanLook, unitOfCells } from "../draw/usulan";
import { GridLayer } from "../leaflet";
import type { Picked } from "../scene";
import { Ground } from "./occupied";
import type { SlicedQueue } from "./queue";
import { merged, type Plate, readTile, type TileUsulan } from "./usulan";

const SINGLE_HIT_PX = 8;
const SINGLE_HALF_PX = 7;

export interface PointsSource {
  queue: SlicedQueue;
  /** City and filters, encoded; a change needs `renew()`. */
  query: () => string;
  look: () => UsulanLook;
  failed: (error: unknown) => void;
}

interface PointsTile {
  coords: Coords;
  place: TilePlace;
  element: HTMLElement;
  abort: AbortController;
  usulan: TileUsulan | null;
  /** Ground under single symbols. */
  ground: Ground;
}

/**
 * Usulan, each tile on a canvas of its own; it knows what stands where, for the hand and for labels.
 *
 * Fires `waiting` when what it shows is not yet, or no longer, what was asked for, and `renewed` when it is again.
 */
export class PointsLayer extends GridLayer {
  private readonly tiles = new Map<string, PointsTile>();
  /** Counts the changes of the query; an older renewal ends when a newer has begun. */
  private renewals = 0;

  constructor(private readonly source: PointsSource) {
    super({ updateWhenZooming: false, keepBuffer: 1, zIndex: 4 });
    this.on("tileunload", (event) => this.forget(nameOf(event.coords)));
    this.once("loading", () => this.fire("waiting"));
    this.once("load", () => {
      if (this.renewals === 0) this.fire("renewed");
    });
  }

  override createTile(coords: Coords, done: DoneCallback): HTMLElement {
    const element = document.createElement("div");
    element.className = "usulan-tile";
    const { west, north } = tileFrame(coords);
    const tile: PointsTile = {
      coords,
      place: { zoom: coords.z, west, north, worldPx: worldPx(coords.z) },
      element,
      abort: new AbortController(),
      usulan: null,
      ground: new Ground(),
    };
    this.tiles.set(nameOf(coords), tile);
    this.load(tile).then(
      () => done(undefined, element),
      (error) => {
        if (!isAbort(error)) this.source.failed(error);
        // Leaflet hides a tile that failed for good; this one is empty, and shows what a renewal brings.
        done(undefined, element);
      },
    );
    return element;
  }

  /**
   * Asks all tiles again; what is on the map stays until all the answers have come.
   *
   * A tile whose answer fails is emptied: what it held answers another question.
   */
  async renew(): Promise<void> {
    this.renewals += 1;
    const turn = this.renewals;
    this.fire("waiting");
    const tiles = [...this.tiles.values()];
    for (const tile of tiles) {
      tile.abort.abort();
      tile.abort = new AbortController();
    }
    const answers = await Promise.allSettled(tiles.map((tile) => this.ask(tile)));
    if (turn !== this.renewals) return;
    for (const [index, tile] of tiles.entries()) {
      const answer = answers[index];
      if (answer?.status === "fulfilled") await this.show(tile, answer.value);
      else if (answer && !isAbort(answer.reason)) {
        empty(tile);
        this.source.failed(answer.reason);
      }
    }
    if (turn === this.renewals) this.fire("renewed");
  }

  /** Paints what is there again, after a change of theme, picture or language. */
  repaint(): void {
    for (const tile of this.tiles.values()) if (tile.usulan) void this.paint(tile);
  }

  private async load(tile: PointsTile): Promise<void> {
    await this.show(tile, await this.ask(tile));
  }

  private async ask(tile: PointsTile): Promise<TileUsulan> {
    const { z, x, y } = tile.coords;
    const { signal } = tile.abort;
    const address = `/tiles/usulan/${z}/${x}/${y}.mvt?${this.source.query()}`;
    const bytes = await this.source.queue.start(() => requestTile(address, signal));
    signal.throwIfAborted();
    const usulan = await this.source.queue.run(readTile(tile.coords, bytes));
    // Another query may have been asked while this answer was read.
    signal.throwIfAborted();
    return usulan;
  }

  private async show(tile: PointsTile, usulan: TileUsulan): Promise<void> {
    tile.usulan = usulan;
    tile.ground = new Ground();
    for (const [index, x] of usulan.singles.x.entries()) tile.ground.add(x, usulan.singles.y[index] ?? 0);
    await this.paint(tile);
  }

  private async paint(tile: PointsTile): Promise<void> {
    const { usulan, place } = tile;
    if (!usulan) return;
    const canvas = await this.source.queue.run(drawUsulan(usulan, this.source.look(), place));
    if (tile.usulan === usulan) tile.element.replaceChildren(...(canvas ? [canvas] : []));
  }

  private forget(name: string): void {
    this.tiles.get(name)?.abort.abort();
    this.tiles.delete(name);
  }

  private *shown(): Generator<PointsTile & { usulan: TileUsulan }> {
    const zoom = Math.round(this._map?.getZoom() ?? -1);
    for (const tile of this.tiles.values()) {
      const { usulan } = tile;
      if (usulan && tile.coords.z === zoom) yield { ...tile, usulan };
    }
  }

  /** How many usulan each tile of the present zoom holds, private needs among them. */
  *counted(): Generator<Counted> {
    for (const { coords, usulan } of this.shown()) {
      const inGroups = [...usulan.cells, ...usulan.plates].reduce((sum, { count }) => sum + count, 0);
      yield { ...tileFrame(coords), count: inGroups + usulan.singles.numbers.length };
    }
  }

  /** Plates of the present zoom; the overlay draws them, for their words must not cover each other. */
  plates(): Plate[] {
    return merged([...this.shown()].flatMap(({ usulan }) => usulan.plates));
  }

  /** True when a symbol stands in the box, which is in pixels of the whole world at the present zoom. */
  covers(box: Box): boolean {
    const look = this.source.look();
    for (const { place, usulan, ground } of this.shown()) {
      const left = place.west * place.worldPx;
      const top = place.north * place.worldPx;
      const reach = SINGLE_HALF_PX;
      if (ground.meets(box, { left, top, reach })) return true;
      const unit = unitOfCells(place.zoom, look);
      if (unit === null) continue;
      if (usulan.cells.some((cell) => overlaps(circleBox(cell, place, unit), box))) return true;
    }
    return false;
  }

  /** What stands nearest to a place, within reach: at most one symbol of each tile, and its circles. */
  near(at: UnitPoint, reachPx: number): Target<Picked>[] {
    const look = this.source.look();
    const found: Target<Picked>[] = [];
    for (const { coords, place, usulan } of this.shown()) {
      if (!isNear(place, at)) continue;
      const single = nearestSingle(coords, place, usulan, at, Math.max(reachPx, SINGLE_HIT_PX));
      if (single) found.push(single);
      const unit = unitOfCells(place.zoom, look);
      if (unit !== null) found.push(...usulan.cells.map((cell) => circle(cell, place, unit)));
    }
    return found;
  }
}

function empty(tile: PointsTile): void {
  tile.usulan = null;
  tile.ground = new Ground();
  tile.element.replaceChildren();
}

function circle(cell: Cell, { zoom, worldPx: size }: TilePlace, unit: number): Target<Picked> {
  const { x, y } = circlePlace(cell, zoom, unit);
  const item: Picked = { kind: "cell", count: cell.count, position: toPosition(cell) };
  return { x: x * size, y: y * size, radius: cellRadius(cell.count, unit), item };
}

function circleBox(cell: Cell, place: TilePlace, unit: number): Box {
  const { x, y } = circlePlace(cell, place.zoom, unit);
  const side = 2 * cellRadius(cell.count, unit) + 2;
  return boxAround(x * place.worldPx, y * place.worldPx, side, side);
}

/** Places as far as half a tile from the tile's side. */
function isNear({ west, north, worldPx: size }: TilePlace, at: UnitPoint): boolean {
  const x = (at.x - west) * size;
  const y = (at.y - north) * size;
  return x > -TILE_PX / 2 && y > -TILE_PX / 2 && x < 1.5 * TILE_PX && y < 1.5 * TILE_PX;
}

function nearestSingle(
  coords: Coords,
  { west, north, worldPx: size }: TilePlace,
  { singles }: TileUsulan,
  at: UnitPoint,
  reachPx: number,
): Target<Picked> | null {
  const inTile = { x: ((at.x - west) * size) / TILE_PX, y: ((at.y - north) * size) / TILE_PX };
  const index = nearestIndex(singles.x, singles.y, inTile, reachPx / TILE_PX);
  if (index < 0) return null;
  const x = (coords.x + (singles.x[index] ?? 0)) * TILE_PX;
  const y = (coords.y + (singles.y[index] ?? 0)) * TILE_PX;
  const item: Picked = { kind: "usulan", number: singles.numbers[index] ?? "" };
  return { x, y, radius: SINGLE_HIT_PX, item };
}

function nameOf({ z, x, y }: Coords): string {
  return `${z}/${x}/${y}`;
}
