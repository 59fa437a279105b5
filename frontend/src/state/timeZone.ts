import { signal } from "@preact/signals";

/** Whose time the page tells: the city's, wherever the reader is. Jakarta's until the city is known. */
export const timeZone = signal("Asia/Jakarta");
