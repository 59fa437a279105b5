import type { Language } from "../state/language";

const LOCALES: Record<Language, string> = { id: "id-ID", en: "en-GB" };

// A formatter takes far longer to make than to use, and the map writes hundreds of numbers in one frame.
function remembered<Formatter>(make: (language: Language, key: string) => Formatter) {
  const made = new Map<string, Formatter>();
  return (language: Language, key: string): Formatter => {
    const name = `${language} ${key}`;
    const known = made.get(name) ?? make(language, key);
    made.set(name, known);
    return known;
  };
}

const numberFormat = remembered(
  (language, digits) => new Intl.NumberFormat(LOCALES[language], { maximumFractionDigits: Number(digits) }),
);

const fixedFormat = remembered(
  (language, digits) =>
    new Intl.NumberFormat(LOCALES[language], {
      minimumFractionDigits: Number(digits),
      maximumFractionDigits: Number(digits),
    }),
);

/** With all its digits, where numbers stand beneath each other: 49,0 under 48,1. */
export const formatFixed = (value: number, language: Language, digits: number): string =>
  fixedFormat(language, String(digits)).format(value);

const dayFormat = remembered(
  (language, timeZone) =>
    new Intl.DateTimeFormat(LOCALES[language], { day: "numeric", month: "long", year: "numeric", timeZone }),
);

const hourFormat = remembered(
  (language, timeZone) =>
    new Intl.DateTimeFormat(LOCALES[language], { hour: "2-digit", minute: "2-digit", timeZone }),
);

// A month has no hour, so no zone can move it.
const monthFormat = remembered(
  (language) =>
    new Intl.DateTimeFormat(LOCALES[language], { month: "long", year: "numeric", timeZone: "UTC" }),
);

const ZONES: Record<string, string> = {
  "Asia/Jakarta": "WIB",
  "Asia/Makassar": "WITA",
  "Asia/Jayapura": "WIT",
};

/** Counts and rates: `12.418`, `16,5` (id); `12,418`, `16.5` (en). */
export function formatNumber(value: number, language: Language, digits = 0): string {
  return numberFormat(language, String(digits)).format(value);
}

/** For the dictionaries, each of which speaks one language. */
export const inIndonesian = (value: number, digits = 0): string => formatNumber(value, "id", digits);
export const inEnglish = (value: number, digits = 0): string => formatNumber(value, "en", digits);

/** Whole rupiah: `Rp1.500.000`; the same separators in both languages follow the reader's language. */
export function formatRupiah(value: number, language: Language): string {
  return `Rp${formatNumber(value, language)}`;
}

const SHORT_UNITS: [number, Record<Language, string>][] = [
  [1e12, { id: "T", en: "tn" }],
  [1e9, { id: "M", en: "bn" }],
  [1e6, { id: "jt", en: "m" }],
];

/** Rupiah for narrow places: `Rp6,82 M`, `Rp118 jt`; below a million it is written in full. */
export function formatShortRupiah(value: number, language: Language): string {
  const unit = SHORT_UNITS.find(([size]) => value >= size);
  if (!unit) return formatRupiah(value, language);
  const scaled = value / unit[0];
  return `Rp${formatNumber(scaled, language, scaled < 100 ? 2 : 0)} ${unit[1][language]}`;
}

/** A day of a time zone, `25 Februari 2026`; a month alone (`2026-02`, as private needs have) `Februari 2026`. */
export function formatDay(instant: string, language: Language, timeZone: string): string {
  const date = new Date(instant);
  const monthOnly = /^\d{4}-\d{2}$/.test(instant);
  return (monthOnly ? monthFormat(language, "") : dayFormat(language, timeZone)).format(date);
}

/** `25 Februari 2026, 14.30 WIB`; in WITA and WIT cities with their own hours. */
export function formatInstant(instant: string | Date, language: Language, timeZone: string): string {
  const date = new Date(instant);
  const time = hourFormat(language, timeZone).format(date);
  return `${formatDay(date.toISOString(), language, timeZone)}, ${time} ${ZONES[timeZone] ?? timeZone}`;
}
