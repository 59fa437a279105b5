import type { FullLoad, ListGuess, ListMapping } from "../../api/contract";
import { named } from "../../i18n";
import { words } from "../../i18n/muat";
import { Icon } from "../../panels/Icon";
import {
  type ColumnRow,
  columnRows,
  FIELDS,
  missingFields,
  withColumn,
  withDefault,
  withMeaning,
  wordsByDoubt,
} from "./mapping";
import type { MuatStore } from "./store";

interface FormProps {
  store: MuatStore;
  guess: ListGuess;
  mapping: ListMapping;
}

const SURE_TONES: Record<string, string> = {
  sure: "chip chip-ok",
  likely: "chip chip-plan",
  ambiguous: "chip chip-warn",
};

/** How far the guess of a column is to be trusted; what an officer chose himself needs no such word. */
function Sure({ row }: { row: ColumnRow }) {
  if (row.field === "") return row.guessed === null ? null : <Doubtful row={row} />;
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

function CategorySelect({
  store,
  label,
  id,
  value,
  choose,
}: {
  store: MuatStore;
  label: string;
  id?: string;
  value: string;
  choose: (code: string) => void;
}) {
  return (
    <select
      class="select"
      {...(id ? { id } : { "aria-label": label })}
      value={value}
      onChange={(event) => choose(event.currentTarget.value)}
    >
      <option value="">{words.value.noMeaning}</option>
      {(store.categories.value.value ?? []).map(({ code, name }) => (
        <option key={code} value={code}>
          {name} ({code})
        </option>
      ))}
    </select>
  );
}

function Meanings({ store, mapping, list }: FormProps & { list: string[] }) {
  return (
    <ul class="muat-meanings">
      {list.map((word) => (
        <li key={word}>
          <span>{word}</span>
          <CategorySelect
            store={store}
            label={words.value.meaningOf(word)}
            value={mapping.values.category?.[word] ?? ""}
            choose={(code) => store.draft.change((before) => withMeaning(before, word, code))}
          />
        </li>
      ))}
    </ul>
  );
}

/** What the words for categories mean: the doubtful ones open, the sure ones folded away. */
function Categories(props: FormProps) {
  const { store, guess, mapping } = props;
  if (!("category" in mapping.columns)) {
    return (
      <div class="field">
        <label for="kategori-semua">{words.value.categoryForAll}</label>
        <CategorySelect
          store={store}
          id="kategori-semua"
          label=""
          value={mapping.defaults.category ?? ""}
          choose={(code) => store.draft.change((before) => withDefault(before, "category", code))}
        />
      </div>
    );
  }
  const { unsure, sure } = wordsByDoubt(guess);
  if (unsure.length + sure.length === 0) return null;
  return (
    <section class="muat-part" aria-labelledby="judul-kategori">
      <h3 id="judul-kategori">{words.value.meanings}</h3>
      {unsure.length > 0 ? <p class="secondary">{words.value.meaningsUnsure(unsure.length)}</p> : null}
      <Meanings {...props} list={unsure} />
      {sure.length > 0 ? (
        <details>
          <summary>{words.value.meaningsSure(sure.length)}</summary>
          <Meanings {...props} list={sure} />
        </details>
      ) : null}
    </section>
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
      {guess.rejects_of ? <p>{words.value.rejectsOf(guess.rejects_of)}</p> : null}
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
      {defaults.length > 0 ? (
        <p class="secondary">
          {words.value.forAllRows}{" "}
          {defaults.map(([field, value]) => `${named(words.value.fields, field)}: ${value}`).join("; ")}
        </p>
      ) : null}
    </section>
  );
}
