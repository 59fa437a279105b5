import type { City } from "../api/contract";
import { words } from "../i18n";
import { Face } from "./faces";

/** What stands instead of a page whose city has no areas yet: what is missing, and who loads it how. */
export function NoBoundaries({ city }: { city: Pick<City, "code" | "name"> }) {
  return (
    <Face icon="map" title={words.value.noBoundaries(city.name)}>
      <p>{words.value.noBoundariesBody}</p>
      <p>
        <code class="command">{`peta boundaries load ${words.value.fileWord} --city ${city.code} --level kelurahan --edition ${words.value.yearWord}`}</code>
      </p>
    </Face>
  );
}
