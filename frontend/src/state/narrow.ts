import { signal } from "@preact/signals";

const PHONE = "(max-width: 959px)";

/** True where there is room for one column only, as on a phone. */
export const narrow = signal(false);

export function startNarrow(): () => void {
  const query = matchMedia(PHONE);
  const follow = () => {
    // Paper is narrow, but shows what the screen shows.
    if (matchMedia("print").matches) return;
    narrow.value = query.matches;
  };
  query.addEventListener("change", follow);
  follow();
  return () => query.removeEventListener("change", follow);
}
