import type { Coords } from "leaflet";
import { isAbort, requestTile } from "../../api/client";
import { DREW, type Steps } from "../../geo/steps";
import { type GroundLayer, tileName } from "../tiles/ground";
import type { SlicedQueue } from "../tiles/queue";
import type { GroundTile } from "../tiles/tile";
import { type Piece, piecesOf } from "./pieces";

interface Kept {
  query: string;
  /** Empty ones are left out. */
  pictures: { piece: Piece; image: ImageBitmap }[];
}

export interface PicturesSource {
  ground: GroundLayer;
  queue: SlicedQueue;
  /** Filters, weight, bandwidth and theme, encoded; null where no density is shown. */
  query: () => string | null;
  /** How many pictures are on their way, and whether the last try left a tile without one. */
  told: (state: PicturesState) => void;
  failed: (error: unknown) => void;
}

export interface PicturesState {
  waiting: boolean;
  /** True where a density is missing from the map; a picture of before that is still shown misses nothing. */
  lacking: boolean;
}

/**
 * Pictures of the density that the server draws, kept for the ground tiles that are there.
 *
 * A picture stays until the next one has come; only one of another question goes when that fails.
 */
export class DensityPictures {
  private readonly kept = new Map<string, Kept>();
  private readonly running = new Map<string, AbortController>();
  /** Tiles whose last try failed. */
  private readonly failed = new Set<string>();

  constructor(private readonly source: PicturesSource) {
    source.ground.on("tileload", ({ coords }) => this.want(coords));
    source.ground.on("tileunload", ({ coords }) => this.forget(coords));
  }

  /** Asks for the pictures of every tile again. */
  renew(): void {
    for (const { coords } of this.source.ground.tiles.values()) this.want(coords);
  }

  /** Draws what a tile has of the present question, or else of the one before. */
  *draw(context: CanvasRenderingContext2D, { coords }: GroundTile): Steps<void> {
    for (const { piece, image } of this.kept.get(tileName(coords))?.pictures ?? []) {
      // What was replaced or left since the last step is closed, and its tile is painted again or gone.
      if (image.width === 0) return;
      context.drawImage(image, piece.left, piece.top, piece.side, piece.side);
      yield DREW;
    }
  }

  private want(coords: Coords): void {
    const query = this.source.query();
    const name = tileName(coords);
    this.running.get(name)?.abort();
    this.running.delete(name);
    if (query === null || piecesOf(coords).length === 0) {
      this.failed.delete(name);
      this.tell();
      return;
    }
    const abort = new AbortController();
    this.running.set(name, abort);
    this.tell();
    void this.gather(coords, query, abort);
  }

  private async gather(coords: Coords, query: string, abort: AbortController): Promise<void> {
    const name = tileName(coords);
    try {
      const pictures = await Promise.all(
        piecesOf(coords).map((piece) => this.ask(piece, query, abort.signal)),
      );
      abort.signal.throwIfAborted();
      this.replace(name, { query, pictures: pictures.filter((picture) => picture !== null) });
      this.failed.delete(name);
    } catch (error) {
      if (isAbort(error) || abort.signal.aborted) return;
      if (this.kept.get(name)?.query !== query) this.replace(name, null);
      this.failed.add(name);
      this.source.failed(error);
    }
    if (this.running.get(name) === abort) this.running.delete(name);
    this.source.ground.repaintTile(coords);
    this.tell();
  }

  private async ask(piece: Piece, query: string, signal: AbortSignal) {
    const address = `/tiles/heat/${piece.address}.png?${query}`;
    const bytes = await this.source.queue.start(() => requestTile(address, signal));
    if (bytes === null) return null;
    return { piece, image: await createImageBitmap(new Blob([bytes], { type: "image/png" })) };
  }

  private replace(name: string, next: Kept | null): void {
    for (const { image } of this.kept.get(name)?.pictures ?? []) image.close();
    if (next) this.kept.set(name, next);
    else this.kept.delete(name);
  }

  private forget(coords: Coords): void {
    const name = tileName(coords);
    this.running.get(name)?.abort();
    this.running.delete(name);
    this.failed.delete(name);
    this.replace(name, null);
    this.tell();
  }

  private tell(): void {
    const lacking = [...this.failed].some((name) => !this.kept.has(name));
    this.source.told({ waiting: this.running.size > 0, lacking });
  }
}
