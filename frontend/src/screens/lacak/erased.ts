import type { Tracking } from "../../api/contract";

/** When a person's data was erased, where he has written nothing since. */
export function erasedAt({ events }: Pick<Tracking, "events">): string | null {
  const [newest] = events.filter(({ kind }) => kind === "penghapusan_data" || kind === "jawaban").reverse();
  return newest?.kind === "penghapusan_data" ? newest.at : null;
}
