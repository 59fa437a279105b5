import type { Group } from "../api/contract";

const SHAPES: Record<Group, string> = {
  SP: "M1.5 1.5h9v9h-9Z",
  KP: "M6 .6 11.4 6 6 11.4.6 6Z",
  SB: "M6 .8a5.2 5.2 0 1 1 0 10.4A5.2 5.2 0 0 1 6 .8Z",
  EK: "M6 1 11.5 10.8H.5Z",
};

/** The shape of a bidang: square, diamond, circle, triangle; the word always stands beside it. */
export function Bidang({ group }: { group: Group }) {
  return (
    <svg class={`bidang bidang-${group}`} viewBox="0 0 12 12" aria-hidden="true">
      <path d={SHAPES[group]} />
    </svg>
  );
}
