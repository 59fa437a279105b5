import type { ComponentChildren, InputHTMLAttributes } from "preact";
import { words as common } from "../../i18n";
import { words } from "../../i18n/lapor";
import { lengthOf, PROBLEM, TITLE } from "./check";
import type { Severity } from "./draft";
import { FaultLine, faultAt, faultAttributes, idOf } from "./Faults";
import type { Lapor } from "./state";

const SEVERITIES: Severity[] = [1, 2, 3];
const MOST_PROBLEM_ROWS = 5;

type TextField = "title" | "problem" | "volume" | "beneficiaries" | "name" | "phone";

interface LabelProps {
  field: TextField;
  text: string;
  optional?: boolean;
}

function Label({ field, text, optional = false }: LabelProps) {
  return (
    <label for={idOf(field)}>
      {text} {optional ? <span class="hint">({words.value.optional})</span> : null}
    </label>
  );
}

interface TextInputProps {
  lapor: Lapor;
  field: TextField;
  hint?: string;
  attributes?: InputHTMLAttributes<HTMLInputElement>;
}

function TextInput({ lapor, field, hint, attributes }: TextInputProps) {
  return (
    <input
      id={idOf(field)}
      class="input"
      autocomplete="off"
      value={lapor.draft.value[field]}
      onInput={(event) => lapor.change({ [field]: event.currentTarget.value })}
      {...(hint && { placeholder: hint })}
      {...attributes}
      {...faultAttributes(faultAt(lapor, field), attributes?.["aria-describedby"] as string | undefined)}
    />
  );
}

function Counter({ id, text, most }: { id: string; text: string; most: number }) {
  const length = lengthOf(text);
  return (
    <p id={id} class={length > most ? "hint counter over" : "hint counter"}>
      {words.value.counter(length, most)}
    </p>
  );
}

function Title({ lapor }: { lapor: Lapor }) {
  return (
    <div class="field">
      <Label field="title" text={words.value.title} />
      <TextInput
        lapor={lapor}
        field="title"
        hint={words.value.titleHint}
        attributes={{ "aria-describedby": "hitung-judul" }}
      />
      <FaultLine fault={faultAt(lapor, "title")} />
      <Counter id="hitung-judul" text={lapor.draft.value.title} most={TITLE.most} />
    </div>
  );
}

function Problem({ lapor }: { lapor: Lapor }) {
  const { problem } = lapor.draft.value;
  return (
    <div class="field">
      <Label field="problem" text={words.value.problem} />
      <textarea
        id={idOf("problem")}
        class="textarea"
        rows={MOST_PROBLEM_ROWS}
        value={problem}
        onInput={(event) => lapor.change({ problem: event.currentTarget.value })}
        {...faultAttributes(faultAt(lapor, "problem"), "petunjuk-masalah hitung-masalah")}
      />
      <FaultLine fault={faultAt(lapor, "problem")} />
      <div class="below-field">
        <p id="petunjuk-masalah" class="hint">
          {words.value.problemHint}
        </p>
        <Counter id="hitung-masalah" text={problem} most={PROBLEM.most} />
      </div>
    </div>
  );
}

function Unit({ lapor }: { lapor: Lapor }) {
  const units = lapor.category.value?.units ?? [];
  const { unit } = lapor.draft.value;
  if (units.length < 2) return <span class="unit">{common.value.unit(unit)}</span>;
  return (
    <select
      id={idOf("unit")}
      class="select unit"
      aria-label={words.value.unit}
      value={unit}
      onChange={(event) => lapor.change({ unit: event.currentTarget.value })}
    >
      {units.map((each) => (
        <option key={each} value={each}>
          {common.value.unit(each)}
        </option>
      ))}
    </select>
  );
}

function Volume({ lapor }: { lapor: Lapor }) {
  return (
    <div class="field">
      <Label field="volume" text={words.value.volume} optional />
      <div class="with-unit">
        <TextInput lapor={lapor} field="volume" attributes={{ inputMode: "decimal" }} />
        <Unit lapor={lapor} />
      </div>
      <FaultLine fault={faultAt(lapor, "volume")} />
      <FaultLine fault={faultAt(lapor, "unit")} />
    </div>
  );
}

function SeverityChoice({ lapor }: { lapor: Lapor }) {
  const { severity } = lapor.draft.value;
  // A second tap takes the answer back: it is optional, and a radio cannot be unchecked.
  const choose = (each: Severity) => lapor.change({ severity: severity === each ? null : each });
  return (
    <fieldset class="field" id={idOf("severity")} tabIndex={-1}>
      <legend class="field-label">
        {words.value.severity} <span class="hint">({words.value.optional})</span>
      </legend>
      <div class="segments segments-wide">
        {SEVERITIES.map((each) => (
          <button type="button" key={each} aria-pressed={severity === each} onClick={() => choose(each)}>
            {words.value.severities[each]}
          </button>
        ))}
      </div>
      <FaultLine fault={faultAt(lapor, "severity")} />
    </fieldset>
  );
}

function Consent({ lapor }: { lapor: Lapor }) {
  return (
    <>
      <label class="tick" for={idOf("consent")}>
        <input
          id={idOf("consent")}
          type="checkbox"
          checked={lapor.draft.value.consent}
          onChange={(event) => lapor.change({ consent: event.currentTarget.checked })}
          {...faultAttributes(faultAt(lapor, "consent"))}
        />
        {words.value.consent}
      </label>
      <FaultLine fault={faultAt(lapor, "consent")} />
    </>
  );
}

function Contact({ lapor }: { lapor: Lapor }) {
  return (
    <fieldset class="contact">
      <legend class="title-group">
        {words.value.contact} <span class="hint">({words.value.optional})</span>
      </legend>
      <p class="secondary">{words.value.contactWhy}</p>
      <Field lapor={lapor} field="name" text={words.value.name}>
        <TextInput lapor={lapor} field="name" attributes={{ autocomplete: "name" }} />
      </Field>
      <Field lapor={lapor} field="phone" text={words.value.phone}>
        <TextInput lapor={lapor} field="phone" attributes={{ type: "tel", autocomplete: "tel" }} />
      </Field>
      <Consent lapor={lapor} />
    </fieldset>
  );
}

interface FieldProps {
  lapor: Lapor;
  field: TextField;
  text: string;
  optional?: boolean;
  children: ComponentChildren;
}

function Field({ lapor, field, text, optional = false, children }: FieldProps) {
  return (
    <div class="field">
      <Label field={field} text={text} optional={optional} />
      {children}
      <FaultLine fault={faultAt(lapor, field)} />
    </div>
  );
}

export function DetailsStep({ lapor }: { lapor: Lapor }) {
  return (
    <>
      <Title lapor={lapor} />
      <Problem lapor={lapor} />
      <Volume lapor={lapor} />
      <SeverityChoice lapor={lapor} />
      <Field lapor={lapor} field="beneficiaries" text={words.value.beneficiaries} optional>
        <TextInput lapor={lapor} field="beneficiaries" attributes={{ inputMode: "numeric" }} />
      </Field>
      <Contact lapor={lapor} />
    </>
  );
}
