import { me } from "./session";

/** Roles that load lists; the server decides, this only spares others a link that leads nowhere. */
const LOADERS = new Set(["operator_kelurahan", "lurah", "perencana_bappeda", "walidata"]);

/** The areas of a city for which somebody may load a list. */
export function areasToLoad(city: string | undefined): (string | null)[] {
  const held = (me.value?.roles ?? []).filter((each) => each.city === city && LOADERS.has(each.role));
  return [...new Set(held.map(({ area }) => area))];
}
