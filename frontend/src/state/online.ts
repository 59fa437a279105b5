import { signal } from "@preact/signals";

/** False while the device has no network, or while the server has not answered the last request. */
export const online = signal(true);

/** When the last answer of the server arrived; the offline strip states it. */
export const lastAnswer = signal<Date | null>(null);

/** The instant of the numbers shown, where the server had to answer from memory; null while they are the last ones. */
export const numbersAsOf = signal<string | null>(null);

export function startOnline(): void {
  online.value = navigator.onLine;
  addEventListener("online", () => {
    online.value = true;
  });
  addEventListener("offline", () => {
    online.value = false;
  });
}
