import { isOneTypoAway, normalised, wordsOf } from "./words";

export interface Searchable {
  code: string;
  name: string;
  synonyms: string[];
}

export interface Found<Item> {
  category: Item;
  /** The name or synonym that fits the question best. */
  phrase: string;
  /** 0 to 1; only its order has a meaning. */
  score: number;
}

const SHORTEST_QUERY = 2;
const SHORTEST_TYPO = 4;
const LEAST_SCORE = 0.3;
const LEAST_SHARE_OF_BEST = 0.5;
const MOST_RESULTS = 8;

/** How well one word of the question fits one word of a phrase, 0 to 1. */
function wordFit(asked: string, known: string): number {
  if (asked === known) return 1;
  if (known.startsWith(asked) && asked.length >= SHORTEST_QUERY) return 0.8;
  if (asked.length < SHORTEST_TYPO || known.length < SHORTEST_TYPO) return 0;
  // "lampunya", "jalanan": Indonesian endings stand behind the word.
  if (asked.startsWith(known)) return 0.7;
  return isOneTypoAway(asked, known) || isOneTypoAway(asked, known.slice(0, asked.length)) ? 0.6 : 0;
}

const best = (fits: number[]): number => Math.max(0, ...fits);
const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function bestFits(asked: string[], known: string[]): number[] {
  return asked.map((word) => best(known.map((other) => wordFit(word, other))));
}

/** A phrase that says it all in few words comes before one that has the words among others. */
function phraseFit(asked: string[], phrase: string[]): number {
  return 0.8 * mean(bestFits(asked, phrase)) + 0.2 * mean(bestFits(phrase, asked));
}

function found<Item extends Searchable>(asked: string[], category: Item): Found<Item> {
  const phrases = [category.name, ...category.synonyms];
  const fits = phrases.map((phrase) => phraseFit(asked, wordsOf(phrase)));
  const top = best(fits);
  const anywhere = mean(bestFits(asked, phrases.flatMap(wordsOf)));
  const phrase = phrases[fits.indexOf(top)] ?? category.name;
  return { category, phrase, score: 0.5 * anywhere + 0.5 * top };
}

/**
 * The categories that fit a question in plain words, best first, at most eight.
 *
 * Names and synonyms are compared word by word: whole, by their beginning, with an Indonesian ending, or
 * with one wrong letter. Accents, case and punctuation do not count. Ties keep the order of the list.
 */
export function findCategories<Item extends Searchable>(query: string, categories: Item[]): Found<Item>[] {
  if (normalised(query).length < SHORTEST_QUERY) return [];
  const asked = wordsOf(query);
  const ranked = categories.map((category) => found(asked, category)).sort((a, b) => b.score - a.score);
  const least = Math.max(LEAST_SCORE, LEAST_SHARE_OF_BEST * (ranked[0]?.score ?? 0));
  return ranked.filter(({ score }) => score >= least).slice(0, MOST_RESULTS);
}
