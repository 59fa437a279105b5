/** The parts of the page; all but the first are for administrators alone. */
export const VIEWS = ["saya", "petugas", "surel"] as const;
export type View = (typeof VIEWS)[number];

/** What a key can be for. */
export const SCOPES = ["baca", "muat", "tindak"] as const;
export type Scope = (typeof SCOPES)[number];
