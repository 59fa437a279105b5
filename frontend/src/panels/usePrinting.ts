import { useEffect, useState } from "preact/hooks";

/** True while the page is on paper or about to be, so that paper can have what a screen leaves for later. */
export function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    const media = matchMedia("print");
    const begin = () => setPrinting(true);
    // Where the style alone changes nobody has told before.
    const follow = () => setPrinting(media.matches);
    addEventListener("beforeprint", begin);
    addEventListener("afterprint", follow);
    media.addEventListener("change", follow);
    return () => {
      removeEventListener("beforeprint", begin);
      removeEventListener("afterprint", follow);
      media.removeEventListener("change", follow);
    };
  }, []);
  return printing;
}
