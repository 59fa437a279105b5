/** What a reporter does to his usulan. */
export type Act = "reply" | "withdraw" | "download" | "erase";

/** Acts that cannot be undone: asked for once more. */
export type Final = "withdraw" | "erase";
