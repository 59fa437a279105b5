import { useEffect, useState } from "preact/hooks";

const SLOW_MS = 300;

/** True once something has been going on for 300 ms; quick answers then show no grey shapes. */
export function useSlow(busy: boolean): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (!busy) {
      setSlow(false);
      return;
    }
    const timer = setTimeout(() => setSlow(true), SLOW_MS);
    return () => clearTimeout(timer);
  }, [busy]);
  return slow && busy;
}
