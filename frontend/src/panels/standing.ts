import type { Box } from "../geo/boxes";

/** Boxes of elements in pixels of another one's own box: of what stands over a map. */
export function boxesWithin(container: HTMLElement, elements: Iterable<Element>): Box[] {
  const own = container.getBoundingClientRect();
  return [...elements].map((element) => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    return {
      left: left - own.left,
      top: top - own.top,
      right: right - own.left,
      bottom: bottom - own.top,
    };
  });
}
