import type { FullLoad } from "../../api/contract";
import { named } from "../../i18n";
import { words } from "../../i18n/muat";
import { Icon } from "../../panels/Icon";
import { Categories, type FormProps, Statuses } from "./Meanings";
import { type ColumnRow, columnRows, FIELDS, missingFields, withColumn } from "./mapping";
import type { MuatStore } from "./store";

const SURE_TONES: Record<string, string> = {
  sure: "chip chip-ok",
  likely: "chip chip-plan",
  ambiguous: "chip chip-warn",
};

/** How far the guess of a column is to be trusted; what an officer chose himself needs no such word. */
function Sure({ row }: { row: ColumnRow }) {
  if (row.field === "") return row.guessed === null ? null : <Doubtful row={row} />;
  if (row.guessed === null && row.field === row.column.toLowerCase())
    return <span class="chip">{words.value.byName}</span>;
  if (row.field !== row.guessed || row.sureness === null)
    return <span class="chip">{words.value.chosen}</span>;
  return (
    <span class={SURE_TONES[row.sureness] ?? "chip chip-warn"}>
      {named(words.value.sureness, row.sureness)}
    </span>
  );
}

/** A guess that is not taken by itself: it is in doubt, or a contact. */
function Doubtful({ row }: { row: ColumnRow }) {
  const field = row.guessed ?? "";
  const name = named(words.value.fields, field);
  return (
    <span class="chip chip-warn">
      {field.startsWith("proposer_") ? words.value.contactOut : words.value.perhaps(name)}
    </span>
  );
}

function Columns({ store, guess, mapping }: FormProps) {
  return (
    <table class="muat-table muat-columns">
      <caption class="visually-hidden">{words.value.columns}</caption>
      <thead>
        <tr>
          <th scope="col">{words.value.column}</th>
          <th scope="col">{words.value.samples}</th>
          <th scope="col">{words.value.holds}</th>
          <th scope="col">{words.value.howSure}</th>
        </tr>
      </thead>
      <tbody>
        {columnRows(guess, mapping).map((row) => (
          <tr key={row.column}>
            <th scope="row">{row.column}</th>
            <td class="muat-samples">
              {row.samples.length > 0 ? row.samples.join(" · ") : words.value.blankColumn}
            </td>
            <td>
              <select
                class="select"
                aria-label={words.value.holdsOf(row.column)}
                value={row.field}
                onChange={(event) => {
                  const field = event.currentTarget.value;
                  store.draft.change((before) => withColumn(before, row.column, field));
                }}
              >
                <option value="">{words.value.unused}</option>
                {FIELDS.map((field) => (
                  <option key={field} value={field}>
                    {named(words.value.fields, field)}
                  </option>
                ))}
              </select>
            </td>
            <td>
              <Sure row={row} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What the columns of a list mean, as guessed, to be corrected before it is tried. */
export function MappingForm({ store, load }: { store: MuatStore; load: FullLoad }) {
  const guess = load.guess;
  const mapping = store.draft.mapping.value;
  if (!guess || !mapping) return null;
  const props = { store, guess, mapping };
  const missing = missingFields(mapping).map((field) => named(words.value.fields, field));
  const defaults = Object.entries(mapping.defaults).filter(([field]) => field !== "category");
  return (
    <section class="muat-part" aria-labelledby="judul-pemetaan">
      <h2 id="judul-pemetaan">{words.value.mapping}</h2>
      <p>{words.value.mappingWhy}</p>
      {guess.rejects_of_file ? <p>{words.value.rejectsOf(guess.rejects_of_file)}</p> : null}
      {guess.no_list ? (
        <div class="notice notice-warn">
          <Icon name="warning" />
          <p lang="id">{guess.no_list}</p>
        </div>
      ) : null}
      <Columns {...props} />
      {missing.length > 0 ? (
        <div class="notice notice-warn" role="status">
          <Icon name="warning" />
          <p>{words.value.missing(missing.join(", "))}</p>
        </div>
      ) : null}
      <Categories {...props} />
      <Statuses {...props} />
      {defaults.length > 0 ? (
        <p class="secondary">
          {words.value.forAllRows}{" "}
          {defaults.map(([field, value]) => `${named(words.value.fields, field)}: ${value}`).join("; ")}
        </p>
      ) : null}
    </section>
  );
}
