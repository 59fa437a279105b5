import type { ListGuess, ListMapping, Sureness } from "../../api/contract";

/** What the columns of a list can hold, in the order in which they are offered. */
export const FIELDS = [
  ..."title problem category longitude latitude place rt rw kelurahan kecamatan area".split(" "),
  ..."address landmark volume unit estimated_cost beneficiaries severity funding_source".split(" "),
  ..."inclusion channel year status reason_code reason created_at updated_at".split(" "),
  ..."source_id declared_area accuracy_m geometry".split(" "),
  ..."proposer_name proposer_phone proposer_email proposer_role consent".split(" "),
];
/** Without these no row can be taken. */
const NEEDED = ["title", "problem", "category"];
const MOST_SAMPLES = 3;

/** One column of the file as the form shows it. */
export interface ColumnRow {
  column: string;
  /** The field that it holds; empty where it is not used. */
  field: string;
  sureness: Sureness | null;
  /** What was guessed, where it is chosen still. */
  guessed: string | null;
  samples: string[];
}

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** The field whose own name a column has: it is read so, unless it is a contact or mapped. */
const ownField = (column: string): string | undefined => FIELDS.find((field) => same(field, column));

/** The field that a column holds, by the mapping or by its own name; empty where it is not read. */
function fieldOf(mapping: ListMapping, column: string): string {
  const chosen = Object.entries(mapping.columns).find(([, name]) => same(name, column));
  const own = ownField(column);
  const isRead = own !== undefined && !own.startsWith("proposer_") && !(own in mapping.columns);
  return chosen?.[0] ?? (isRead ? own : "");
}

/** The columns of a list with what each is taken for. */
export function columnRows(guess: ListGuess, mapping: ListMapping): ColumnRow[] {
  return guess.names.map((column, at) => {
    const guessed = Object.entries(guess.columns).find(([, found]) => same(found.column, column));
    const samples = guess.samples.map((row) => row[at] ?? "").filter((text) => text !== "");
    return {
      column,
      field: fieldOf(mapping, column),
      sureness: guessed?.[1].sureness ?? null,
      guessed: guessed?.[0] ?? null,
      samples: [...new Set(samples)].slice(0, MOST_SAMPLES),
    };
  });
}

/** The mapping with a column given to a field; empty takes the column out, also one named like a field. */
export function withColumn(mapping: ListMapping, column: string, field: string): ListMapping {
  const others = Object.entries(mapping.columns).filter(([, name]) => !same(name, column));
  // A field holds one column: choosing it here takes it from where it was.
  const kept = others.filter(([name]) => name !== field);
  const own = ownField(column);
  const nowhere = own !== undefined && own !== field && !kept.some(([name]) => name === own);
  const columns = [...kept, ...(field ? [[field, column]] : []), ...(nowhere ? [[own, ""]] : [])];
  return { ...mapping, columns: Object.fromEntries(columns) };
}

/** A word of the list in a column whose words have meanings. */
export interface WordOf {
  field: "category" | "status";
  word: string;
}

/** The mapping with what a word of the list means; empty takes the meaning away. */
export function withMeaning(mapping: ListMapping, { field, word }: WordOf, meaning: string): ListMapping {
  const { [word]: _gone, ...others } = mapping.values[field] ?? {};
  const meanings = meaning ? { ...others, [word]: meaning } : others;
  return { ...mapping, values: { ...mapping.values, [field]: meanings } };
}

/** Whether what was guessed of a field's words holds: its column is still the guessed one. */
export function isGuessedColumn(guess: ListGuess, mapping: ListMapping, field: string): boolean {
  const [chosen, guessed] = [mapping.columns[field], guess.columns[field]?.column];
  return chosen !== undefined && guessed !== undefined && same(chosen, guessed);
}

/** The mapping with what holds where a row says nothing; empty takes it away. */
export function withDefault(mapping: ListMapping, field: string, value: string): ListMapping {
  const { [field]: _gone, ...others } = mapping.defaults;
  return { ...mapping, defaults: value ? { ...others, [field]: value } : others };
}

/** Which fields that every row needs are nowhere in the mapping. */
export function missingFields(mapping: ListMapping): string[] {
  return NEEDED.filter((field) => !(mapping.columns[field] || field in mapping.defaults));
}

/** Words for categories whose meaning is not sure, then the sure ones. */
export function wordsByDoubt(guess: ListGuess): { unsure: string[]; sure: string[] } {
  const words = Object.keys(guess.categories);
  const isSure = (word: string) => guess.categories[word]?.sureness === "sure";
  return { unsure: words.filter((word) => !isSure(word)), sure: words.filter(isSure) };
}

const ordered = (value: unknown): unknown =>
  value && typeof value === "object" && !Array.isArray(value)
    ? Object.fromEntries(
        Object.entries(value)
          .sort(([one], [other]) => (one < other ? -1 : 1))
          .map(([key, each]) => [key, ordered(each)]),
      )
    : value;

/** Whether two mappings read a list alike. */
export function isSameMapping(one: ListMapping, other: ListMapping | null): boolean {
  return JSON.stringify(ordered(one)) === JSON.stringify(ordered(other));
}
