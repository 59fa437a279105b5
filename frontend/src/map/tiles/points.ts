import type { Coords, DoneCallback } from "leaflet";
import { isAbort, requestTile } from "../../api/client";
import { type Cell, displayCells } from "../../geo/cells";
import { tileFrame, type UnitPoint } from "../../geo/mercator";
import { decodeTile, EXTENT, type Shape } from "../../geo/mvt";
import { GridLayer } from "../leaflet";
import type { SlicedQueue } from "./queue";

/** From this zoom each usulan is drawn by itself. */
export const SINGLE_ZOOM = 15;

export interface Single extends UnitPoint {
  number: string;
  category: string;
  status: string;
}

/** Private needs counted in their public area; the point is that area's label point. */
export interface Plate extends UnitPoint {
  area: string;
  count: number;
}

export interface TileUsulan {
  cells: Cell[];
  singles: Single[];
  plates: Plate[];
}

/** All that the window holds, ready to draw. */
export interface Snapshot extends TileUsulan {
  zoom: number;
}

export interface PointsSource {
  queue: SlicedQueue;
  /** City and filters, encoded; a change needs `renew()`. */
  query: () => string;
  ready: (snapshot: Snapshot) => void;
  failed: (error: unknown) => void;
}

const number = (value: unknown) => Number(value ?? 0);
const text = (value: unknown) => String(value ?? "");

function placed(coords: Coords, shape: Shape): UnitPoint {
  const { west, north, side } = tileFrame(coords);
  const [x = 0, y = 0] = shape.parts[0] ?? [];
  return { x: west + (x / EXTENT) * side, y: north + (y / EXTENT) * side };
}

/** The usulan of one tile; below the single zoom private needs join the cells, which are no places. */
function readTile(coords: Coords, layers: Record<string, Shape[]>): TileUsulan {
  const found: TileUsulan = { cells: [], singles: [], plates: [] };
  for (const shape of layers.cells ?? []) {
    const at = placed(coords, shape);
    const count = number(shape.tags.count);
    if (shape.tags.precision === "rw" && coords.z >= SINGLE_ZOOM) {
      found.plates.push({ ...at, count, area: text(shape.tags.area) });
    } else {
      found.cells.push({ ...at, count });
    }
  }
  for (const shape of layers.usulan ?? []) {
    const { number: name, category, status } = shape.tags;
    found.singles.push({
      ...placed(coords, shape),
      number: text(name),
      category: text(category),
      status: text(status),
    });
  }
  return found;
}

/** Adds up the plates of one area: its items may come as several features. */
function merged(plates: Plate[]): Plate[] {
  const byArea = new Map<string, Plate>();
  for (const plate of plates) {
    const known = byArea.get(plate.area);
    byArea.set(plate.area, known ? { ...known, count: known.count + plate.count } : plate);
  }
  return [...byArea.values()];
}

/** Fetches usulan tiles and hands over one snapshot of the window; it draws nothing itself. */
export class PointsLayer extends GridLayer {
  private readonly found = new Map<string, TileUsulan>();
  private readonly aborts = new Map<string, AbortController>();

  constructor(private readonly source: PointsSource) {
    super({ updateWhenZooming: false, keepBuffer: 1, opacity: 0 });
    this.on("tileunload", (event) => this.forget(nameOf(event.coords)));
    this.on("load", () => this.schedule());
    this.on("tileload", (event) => {
      // While panning at one zoom the new tiles join the old at once.
      if (event.coords.z === this.shownZoom) this.schedule();
    });
  }

  private shownZoom = -1;
  private scheduled = 0;

  /** Several tiles of one frame make one snapshot. */
  private schedule(): void {
    cancelAnimationFrame(this.scheduled);
    this.scheduled = requestAnimationFrame(() => this.handOver());
  }

  /** Asks all tiles again; what is on the map stays until the answers have come. */
  renew(): void {
    this.shownZoom = -1;
    this.redraw();
  }

  override createTile(coords: Coords, done: DoneCallback): HTMLElement {
    const element = document.createElement("div");
    this.load(coords).then(
      () => done(undefined, element),
      (error) => {
        if (!isAbort(error)) this.source.failed(error);
        done(error instanceof Error ? error : undefined, element);
      },
    );
    return element;
  }

  private async load(coords: Coords): Promise<void> {
    const abort = new AbortController();
    this.aborts.set(nameOf(coords), abort);
    const { z, x, y } = coords;
    const bytes = await requestTile(`/tiles/usulan/${z}/${x}/${y}.mvt?${this.source.query()}`, abort.signal);
    if (abort.signal.aborted) return;
    this.found.set(nameOf(coords), await this.source.queue.add(() => readTile(coords, decodeTile(bytes))));
  }

  private handOver(): void {
    if (!this._map) return;
    const zoom = Math.round(this._map.getZoom());
    const tiles = [...this.found].filter(([name]) => name.startsWith(`${zoom}/`)).map(([, tile]) => tile);
    this.shownZoom = zoom;
    this.source.ready({
      zoom,
      cells: displayCells(
        tiles.flatMap((tile) => tile.cells),
        zoom,
      ),
      singles: tiles.flatMap((tile) => tile.singles),
      plates: merged(tiles.flatMap((tile) => tile.plates)),
    });
  }

  private forget(name: string): void {
    this.aborts.get(name)?.abort();
    this.aborts.delete(name);
    this.found.delete(name);
  }
}

function nameOf({ z, x, y }: Coords): string {
  return `${z}/${x}/${y}`;
}
