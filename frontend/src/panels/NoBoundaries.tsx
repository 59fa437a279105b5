import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import type { City } from "../api/contract";
import { words } from "../i18n";
import { me, startSession } from "../state/session";
import { Face } from "./faces";

const ADMINISTRATORS = new Set(["admin_kota", "admin_instalasi"]);

interface NoBoundariesProps {
  city: Pick<City, "code" | "name">;
  /** A way out, where the page has no choice of cities elsewhere. */
  children?: ComponentChildren;
}

/** What stands instead of a page whose city has no areas yet; only an administrator is told the command. */
export function NoBoundaries({ city, children }: NoBoundariesProps) {
  useEffect(startSession, []);
  const isAdministrator = me.value?.roles.some(({ role }) => ADMINISTRATORS.has(role)) ?? false;
  return (
    <Face icon="map" title={words.value.noBoundaries(city.name)}>
      <p>{words.value.noBoundariesBody}</p>
      {isAdministrator ? (
        <p>
          {words.value.loadBoundaries}{" "}
          <code class="command">{`peta boundaries load ${words.value.fileWord} --city ${city.code} --level kelurahan --edition ${words.value.yearWord}`}</code>
        </p>
      ) : null}
      {children}
    </Face>
  );
}
