import type { ListGuess, ListMapping } from "../../api/contract";
import { words as shared } from "../../i18n";
import { words } from "../../i18n/muat";
import { isGuessedColumn, type WordOf, withDefault, withMeaning, wordsByDoubt } from "./mapping";
import type { MuatStore } from "./store";

export interface FormProps {
  store: MuatStore;
  guess: ListGuess;
  mapping: ListMapping;
}

/** Key and name of each thing that a word can mean. */
type Choices = readonly (readonly [string, string])[];

const categoriesOf = (store: MuatStore): Choices =>
  (store.categories.value.value ?? []).map(({ code, name }) => [code, `${name} (${code})`]);

/** What no list may set: nobody but its writer sees a draft. */
const statusesToChoose = (): Choices =>
  Object.entries(shared.value.statuses).filter(([status]) => status !== "draf");

interface SelectProps {
  choices: Choices;
  /** Of the label that names it, or its name itself. */
  named: { id: string } | { "aria-label": string };
  value: string;
  choose: (key: string) => void;
}

function Select({ choices, named, value, choose }: SelectProps) {
  return (
    <select class="select" {...named} value={value} onChange={(event) => choose(event.currentTarget.value)}>
      <option value="">{words.value.noMeaning}</option>
      {choices.map(([key, name]) => (
        <option key={key} value={key}>
          {name}
        </option>
      ))}
    </select>
  );
}

interface MeaningsProps extends FormProps {
  field: WordOf["field"];
  list: string[];
  choices: Choices;
  label: (word: string) => string;
  /** What a word may mean, to be taken by a press and never by itself. */
  perhaps?: (word: string) => string | null;
}

function Meanings({ store, mapping, field, list, choices, label, perhaps }: MeaningsProps) {
  return (
    <ul class="muat-meanings">
      {list.map((word) => {
        const value = mapping.values[field]?.[word] ?? "";
        const near = value === "" ? choices.find(([key]) => key === perhaps?.(word)) : undefined;
        const choose = (key: string) =>
          store.draft.change((before) => withMeaning(before, { field, word }, key));
        return (
          <li key={word}>
            <span>{word}</span>
            <span class="muat-meaning">
              <Select choices={choices} named={{ "aria-label": label(word) }} value={value} choose={choose} />
              {near ? (
                <button type="button" class="link" onClick={() => choose(near[0])}>
                  {words.value.takeMeaning(near[1])}
                </button>
              ) : null}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

/** What the words for categories mean: the doubtful ones open, the sure ones folded away. */
export function Categories(props: FormProps) {
  const { store, guess, mapping } = props;
  const choices = categoriesOf(store);
  if (!mapping.columns.category) {
    return (
      <div class="field">
        <label for="kategori-semua">{words.value.categoryForAll}</label>
        <Select
          choices={choices}
          named={{ id: "kategori-semua" }}
          value={mapping.defaults.category ?? ""}
          choose={(code) => store.draft.change((before) => withDefault(before, "category", code))}
        />
      </div>
    );
  }
  const { unsure, sure } = wordsByDoubt(guess);
  if (unsure.length + sure.length === 0) return null;
  const each = { ...props, field: "category", choices, label: words.value.meaningOf } as const;
  return (
    <section class="muat-part" aria-labelledby="judul-kategori">
      <h3 id="judul-kategori">{words.value.meanings}</h3>
      {unsure.length > 0 ? <p class="secondary">{words.value.meaningsUnsure(unsure.length)}</p> : null}
      <Meanings {...each} list={unsure} perhaps={(word) => guess.categories[word]?.code ?? null} />
      {sure.length > 0 ? (
        <details>
          <summary>{words.value.meaningsSure(sure.length)}</summary>
          <Meanings {...each} list={sure} />
        </details>
      ) : null}
    </section>
  );
}

/** What the words of the status column mean that are no status here. */
export function Statuses(props: FormProps) {
  const { guess, mapping } = props;
  const list = Object.keys(guess.statuses ?? {});
  if (list.length === 0 || !isGuessedColumn(guess, mapping, "status")) return null;
  return (
    <section class="muat-part" aria-labelledby="judul-status">
      <h3 id="judul-status">{words.value.statusMeanings}</h3>
      <p class="secondary">{words.value.statusMeaningsWhy(list.length)}</p>
      <Meanings
        {...props}
        field="status"
        list={list}
        choices={statusesToChoose()}
        label={words.value.statusMeaningOf}
      />
    </section>
  );
}
