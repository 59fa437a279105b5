import { useEffect, useRef } from "preact/hooks";
import { words } from "../../i18n/lapor";
import { Icon } from "../../panels/Icon";
import type { Fault, Field } from "./check";
import type { Lapor } from "./state";

export const idOf = (field: Field): string => `isian-${field}`;
export const errorIdOf = (field: Field): string => `galat-${field}`;

export const faultText = ({ field, code, detail }: Fault): string =>
  code ? (words.value.faults[`${field}.${code}`] ?? detail) : detail;

export const faultAt = (lapor: Lapor, field: Field): Fault | null =>
  lapor.faults.value.find((fault) => fault.field === field) ?? null;

/** What a control with a fault needs: its state and the place of its sentence. */
export function faultAttributes(fault: Fault | null, describedBy = "") {
  const ids = [describedBy, fault ? errorIdOf(fault.field) : ""].filter(Boolean).join(" ");
  return { "aria-invalid": fault !== null, ...(ids && { "aria-describedby": ids }) };
}

export function FaultLine({ fault }: { fault: Fault | null }) {
  if (!fault) return null;
  return (
    <p class="field-error" id={errorIdOf(fault.field)}>
      {faultText(fault)}
    </p>
  );
}

/** Goes to a field without changing the address, which Back would then have to undo. */
function goTo(event: Event, field: Field): void {
  event.preventDefault();
  document.getElementById(idOf(field))?.focus();
}

/** All faults of the step, above the form; takes the focus when the step could not be left. */
export function FaultSummary({ lapor }: { lapor: Lapor }) {
  const box = useRef<HTMLDivElement>(null);
  const faults = lapor.faults.value;
  const arrival = lapor.arrivals.value;
  useEffect(() => {
    box.current?.focus();
  }, [arrival]);
  if (faults.length === 0) return null;
  return (
    <div class="notice notice-bad" role="alert" tabIndex={-1} ref={box}>
      <Icon name="warning" />
      <div>
        <p class="title-group">{words.value.faultCount(faults.length)}</p>
        <ul class="fault-links">
          {faults.map((fault) => (
            <li key={fault.field}>
              <a href={`#${idOf(fault.field)}`} onClick={(event) => goTo(event, fault.field)}>
                {faults.length === 1 ? faultText(fault) : words.value.fields[fault.field]}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
