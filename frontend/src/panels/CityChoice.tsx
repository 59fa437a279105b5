import type { City } from "../api/contract";
import { words } from "../i18n";

interface CityChoiceProps {
  city: City | null;
  cities: readonly City[];
  choose: (code: string) => void;
}

/** The name of the city; where there are several, a control that chooses one. */
export function CityChoice({ city, cities, choose }: CityChoiceProps) {
  if (!city) return null;
  if (cities.length < 2) return <span>{city.name}</span>;
  return (
    <select
      class="select"
      aria-label={words.value.city}
      value={city.code}
      onChange={(event) => choose(event.currentTarget.value)}
    >
      {cities.map(({ code, name }) => (
        <option key={code} value={code}>
          {name}
        </option>
      ))}
    </select>
  );
}
