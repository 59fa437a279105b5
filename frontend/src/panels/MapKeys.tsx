import { Icon } from "./Icon";

/** The keys that a map takes, opened by their own button on the map. */
export function MapKeys({ title, keys }: { title: string; keys: [key: string, meaning: string][] }) {
  return (
    <details class="map-keys">
      <summary aria-label={title} title={title}>
        <Icon name="keyboard" />
      </summary>
      <dl>
        {keys.map(([key, meaning]) => (
          <div key={key}>
            <dt>{key}</dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
