import { words } from "../../i18n/lapor";
import type { Lapor } from "./state";

/** The cities for which an usulan can be sent, where the one of the address is none of them. */
export function OtherCities({ lapor }: { lapor: Lapor }) {
  const cities = lapor.cities.value;
  if (cities.length === 0) return null;
  return (
    <nav class="other-cities" aria-label={words.value.reportFor}>
      <p>{words.value.reportFor}</p>
      <ul>
        {cities.map(({ code, name }) => (
          <li key={code}>
            <a class="btn btn-wide" href={`/lapor?city=${code}`}>
              {name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
