import sprite from "./icons.svg?url";

/** The picture of a category, silent for screen readers: its word always stands beside it. */
export function CategoryIcon({ code }: { code: string }) {
  return (
    <svg class="icon icon-category" viewBox="0 0 24 24" aria-hidden="true">
      <use href={`${sprite}#${code}`} />
    </svg>
  );
}
