import { words } from "../i18n";
import { Icon } from "./Icon";

interface ChoiceProps {
  label: string;
  /** What stands for no choice; left out where there is always one. */
  all?: string;
  value: string;
  options: [value: string, name: string][];
  choose: (value: string) => void;
}

/** A field that says "Label nilai"; several chosen values (from an address) show as one entry. */
export function Choice({ label, all, value, options, choose }: ChoiceProps) {
  const several = value.includes(",");
  return (
    <label class="filter-field">
      <span>{label}</span>
      <select value={value} onChange={(event) => choose(event.currentTarget.value)}>
        {all === undefined ? null : <option value="">{all}</option>}
        {several ? <option value={value}>{words.value.severalChosen(value.split(",").length)}</option> : null}
        {options.map(([code, name]) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </select>
      <Icon name="down" small />
    </label>
  );
}
