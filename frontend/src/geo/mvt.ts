import { VectorTile, type VectorTileFeature, type VectorTileLayer } from "@mapbox/vector-tile";
import { PbfReader } from "pbf";
import type { Steps } from "./steps";

/** Units along a tile's side; the tile rules of the contract fix it. */
export const EXTENT = 4096;

export type ShapeKind = "point" | "line" | "polygon";

/** One decoded feature: `parts` are its points, lines or rings as flat x, y pairs in tile units. */
export interface Shape {
  kind: ShapeKind;
  tags: Record<string, number | string | boolean>;
  parts: Int32Array[];
}

const KINDS: (ShapeKind | undefined)[] = [undefined, "point", "line", "polygon"];

function flatParts(feature: VectorTileFeature): Int32Array[] {
  return feature.loadGeometry().map((points) => {
    const flat = new Int32Array(points.length * 2);
    points.forEach((point, index) => {
      flat[2 * index] = point.x;
      flat[2 * index + 1] = point.y;
    });
    return flat;
  });
}

/** Features of one step: at a quarter of a processor's speed about a millisecond. */
const STEP_FEATURES = 24;

function* shapesOf(layer: VectorTileLayer): Steps<Shape[]> {
  const shapes: Shape[] = [];
  for (let index = 0; index < layer.length; index++) {
    if (index % STEP_FEATURES === STEP_FEATURES - 1) yield;
    const feature = layer.feature(index);
    const kind = KINDS[feature.type];
    if (kind) shapes.push({ kind, tags: feature.properties, parts: flatParts(feature) });
  }
  return shapes;
}

/** The shapes of every layer of a tile by layer name; an absent tile has none. */
export function* decodeTile(bytes: ArrayBuffer | null): Steps<Record<string, Shape[]>> {
  if (!bytes || bytes.byteLength === 0) return {};
  const tile = new VectorTile(new PbfReader(new Uint8Array(bytes)));
  const layers: Record<string, Shape[]> = {};
  for (const [name, layer] of Object.entries(tile.layers)) layers[name] = yield* shapesOf(layer);
  return layers;
}
