import { signal } from "@preact/signals";

export type Language = "id" | "en";

const KEY = "peta.language";

function remembered(): Language {
  try {
    return localStorage.getItem(KEY) === "en" ? "en" : "id";
  } catch {
    // Storage is refused in some private windows; Indonesian is the first language.
    return "id";
  }
}

export const language = signal<Language>("id");

export function startLanguage(): void {
  language.value = remembered();
  language.subscribe((value) => {
    document.documentElement.lang = value;
  });
}

export function chooseLanguage(value: Language): void {
  language.value = value;
  try {
    localStorage.setItem(KEY, value);
  } catch {
    // The choice then lives as long as the page.
  }
}
