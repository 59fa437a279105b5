import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import type { City } from "../api/contract";
import { words } from "../i18n";
import { me, startSession } from "../state/session";
import { isAdministrator } from "./administrators";
import { Face } from "./faces";

interface NoBoundariesProps {
  city: Pick<City, "code" | "name">;
  /** A way out, where the page has no choice of cities elsewhere. */
  children?: ComponentChildren;
}

/** What stands instead of a page whose city has no areas yet; only an administrator is told the command. */
export function NoBoundaries({ city, children }: NoBoundariesProps) {
  useEffect(startSession, []);
  return (
    <Face icon="map" title={words.value.noBoundaries(city.name)}>
      <p>{words.value.noBoundariesBody}</p>
      {isAdministrator(me.value) ? (
        <p>
          {words.value.loadBoundaries}{" "}
          <code class="command">{`peta boundaries load ${words.value.fileWord} --city ${city.code} --level kelurahan --edition ${words.value.yearWord}`}</code>
        </p>
      ) : null}
      {children}
    </Face>
  );
}
