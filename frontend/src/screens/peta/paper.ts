/** Between the margins of an A4 page, in pixels of the style sheet. */
const PAPER_PX = 680;

/**
 * Notes the size that the map has on the screen, for paper shows the same map, only smaller.
 *
 * A map laid out anew for paper would ask for other tiles, and be printed before they have come.
 */
export function keepScreenSize(box: HTMLElement): () => void {
  const watcher = new ResizeObserver(() => {
    const { offsetWidth: width, offsetHeight: height } = box;
    if (width === 0 || matchMedia("print").matches) return;
    const pane = box.parentElement?.style;
    pane?.setProperty("--screen-width", `${width}px`);
    pane?.setProperty("--screen-height", `${height}px`);
    pane?.setProperty("--paper-scale", String(Math.min(1, PAPER_PX / width)));
  });
  watcher.observe(box);
  return () => watcher.disconnect();
}
