import type { City } from "../api/contract";
import { words } from "../i18n";
import { Icon } from "./Icon";

interface UnknownCityProps {
  /** The code that the address names. */
  asked: string | null;
  cities: readonly City[];
  shown: City | null;
}

/** Who asks for a city that is not here sees another one, and is told so. */
export function UnknownCity({ asked, cities, shown }: UnknownCityProps) {
  if (!asked || !shown || cities.some(({ code }) => code === asked)) return null;
  return (
    <div class="offline-strip" role="status">
      <Icon name="warning" />
      {words.value.noSuchCity(asked.slice(0, 20), shown.name)}
    </div>
  );
}
