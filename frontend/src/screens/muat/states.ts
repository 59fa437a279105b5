import type { FullLoad } from "../../api/contract";

const WORKING = new Set(["dibaca", "diperiksa", "disimpan", "menarik"]);
/** Failures that are none of the file's. */
const OF_SERVER = new Set(["TERPUTUS", "BASIS_DATA_PENUH", "GALAT_SERVER"]);

/** Whether the server is at work on a load, or will be when its turn comes. */
export const isWorking = (state: string): boolean => WORKING.has(state);

/** Whether a file could not be read at all: no other try will change that. */
export const isUnreadable = ({ state, guess, failure }: FullLoad): boolean =>
  state === "gagal" && guess === null && failure !== null && !OF_SERVER.has(failure);
