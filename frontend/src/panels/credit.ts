import type { Attribution } from "../api/contract";
import { words } from "../i18n";

type Layer = Attribution["layers"][number];

const REFERENCE: readonly Layer[] = ["road", "river", "rail", "landmark"];

/** What a source drew, in words: all levels of boundaries are one. */
function drawn(layers: readonly Layer[]): string[] {
  const borders = layers.some((layer) => !REFERENCE.includes(layer));
  const features = REFERENCE.filter((layer) => layers.includes(layer));
  return [...(borders ? ["border"] : []), ...features].map((layer) => words.value.drawn[layer] ?? layer);
}

/** "Batas dari BIG 2025 (CC BY 4.0)": whose work on the map it is, and which part of it. */
export function creditOf({ source, licence, layers }: Attribution): string {
  return words.value.drawnFrom(drawn(layers), licence ? `${source} (${licence})` : source);
}
