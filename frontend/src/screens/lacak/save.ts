const KEPT_MS = 60_000;

/** Gives something to the reader as a file; its address holds no code, as that of the server would. */
export function saveFile(content: unknown, name: string): void {
  const text = JSON.stringify(content, null, 2);
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), KEPT_MS);
}
