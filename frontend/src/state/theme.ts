import { signal } from "@preact/signals";

export type Theme = "light" | "dark";

const KEY = "peta.theme";

/** The theme that is shown now; the map redraws when it changes. */
export const theme = signal<Theme>("light");

function chosen(): Theme | null {
  try {
    const value = localStorage.getItem(KEY);
    return value === "light" || value === "dark" ? value : null;
  } catch {
    return null;
  }
}

/** Follows the system until the reader has chosen, and then the choice. */
export function startTheme(): void {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const follow = () => {
    theme.value = chosen() ?? (system.matches ? "dark" : "light");
  };
  system.addEventListener("change", follow);
  follow();
  theme.subscribe((value) => {
    document.documentElement.dataset.theme = value;
  });
}

export function toggleTheme(): void {
  theme.value = theme.value === "dark" ? "light" : "dark";
  try {
    localStorage.setItem(KEY, theme.value);
  } catch {
    // The choice then lives as long as the page.
  }
}
