import { computed, type ReadonlySignal } from "@preact/signals";
import { type Language, language } from "../state/language";
import { timeZone } from "../state/timeZone";
import { en } from "./en";
import {
  formatDay,
  formatFixed,
  formatInstant,
  formatNumber,
  formatRupiah,
  formatShortRupiah,
} from "./format";
import { id } from "./id";

/** The dictionary of the language now shown. Each screen may have its own: `dictionary({ id, en })`. */
export function dictionary<Words>(words: Record<Language, Words>): ReadonlySignal<Words> {
  return computed(() => words[language.value]);
}

export const words = dictionary({ id, en });

export const number = (value: number, digits = 0): string => formatNumber(value, language.value, digits);
export const fixed = (value: number, digits: number): string => formatFixed(value, language.value, digits);

/** A rate that would be written as no more than this is told as less than it. */
const LEAST_RATE = 0.1;

/**
 * A rate with one decimal; one that is only nearly nothing is "< 0,1", for it is no zero.
 *
 * `count` is what it was made from: the server tells two decimals, so that a few usulan of very many people come as 0.
 */
export function rateText(
  value: number,
  count = 0,
  write: (value: number, digits: number) => string = number,
): string {
  const nearlyNothing = Math.abs(value) < LEAST_RATE / 2 && (value !== 0 || count > 0);
  return nearlyNothing ? `< ${number(LEAST_RATE, 1)}` : write(value, 1);
}

export const rupiah = (value: number): string => formatRupiah(value, language.value);
export const shortRupiah = (value: number): string => formatShortRupiah(value, language.value);
export const day = (instant: string): string => formatDay(instant, language.value, timeZone.value);
export const instant = (value: string | Date): string => formatInstant(value, language.value, timeZone.value);

/** The words of a code, or the code itself when a newer server knows one that this page does not. */
export function named(table: Record<string, string>, code: string): string {
  return table[code] ?? code;
}
