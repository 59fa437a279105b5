import { words as common } from "../../i18n";
import { words } from "../../i18n/lapor";
import type { Lapor } from "./state";

/** For which city the usulan is; where the server knows several, another can be taken. */
export function CityChoice({ lapor }: { lapor: Lapor }) {
  const here = lapor.here.value;
  if (!here) return null;
  if (lapor.cities.value.length < 2) {
    return (
      <p class="lapor-city secondary">
        {words.value.inCity} <b>{here.name}</b>
      </p>
    );
  }
  return (
    <label class="lapor-city secondary">
      {words.value.inCity}
      <select
        class="select"
        aria-label={common.value.city}
        value={here.code}
        // Each city keeps a draft of its own, so nothing is lost by the change.
        onChange={({ currentTarget }) => location.assign(`/lapor?city=${currentTarget.value}`)}
      >
        {lapor.cities.value.map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
