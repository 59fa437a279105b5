import type { Signal } from "@preact/signals";
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { words } from "../../i18n/akun";
import { Icon } from "../../panels/Icon";
import type { Doing } from "./doing";

interface DoingProps {
  doing: Doing;
}

/** What was done here; said aloud, and where the focus goes when what had it is gone. */
function Done({ doing }: DoingProps) {
  const box = useRef<HTMLParagraphElement>(null);
  const done = doing.done.value;
  useEffect(() => {
    const lost = document.activeElement === null || document.activeElement === document.body;
    if (done !== null && lost) box.current?.focus();
  }, [done]);
  return (
    <div role="status">
      {done === null ? null : (
        <p class="notice akun-done" tabIndex={-1} ref={box}>
          <Icon name="check" />
          {done}
        </p>
      )}
    </div>
  );
}

/** A refusal that is of no single field; takes the focus, so that it is read first. */
function Trouble({ doing }: DoingProps) {
  const box = useRef<HTMLDivElement>(null);
  const refusals = doing.refusals.value;
  useEffect(() => {
    if (refusals === 0) return;
    const [first] = Object.keys(doing.faults.peek());
    if (first) document.getElementById(first)?.focus();
    else box.current?.focus();
  }, [doing, refusals]);
  if (doing.trouble.value === null) return null;
  return (
    <div class="notice notice-bad" role="alert" tabIndex={-1} ref={box}>
      <Icon name="warning" />
      <p>{doing.trouble.value}</p>
    </div>
  );
}

export function Said({ doing }: DoingProps) {
  return (
    <>
      <Done doing={doing} />
      <Trouble doing={doing} />
    </>
  );
}

interface PartProps {
  id: string;
  title: string;
  doing?: Doing;
  children: ComponentChildren;
}

/** One part of the page, with what was done in it. */
export function Part({ id, title, doing, children }: PartProps) {
  return (
    <section class="akun-part" aria-labelledby={`judul-${id}`}>
      <h2 id={`judul-${id}`}>{title}</h2>
      {doing ? <Said doing={doing} /> : null}
      {children}
    </section>
  );
}

/** What a field that may be refused tells of itself. */
export function described(doing: Doing, id: string, hinted: boolean) {
  const faulty = id in doing.faults.value;
  const ids = [faulty ? `galat-${id}` : "", hinted ? `petunjuk-${id}` : ""].filter(Boolean).join(" ");
  return { "aria-invalid": faulty, ...(ids && { "aria-describedby": ids }) };
}

/** What is wrong with a field, and what helps to fill it. */
export function Beneath({ doing, id, hint }: DoingProps & { id: string; hint?: ComponentChildren }) {
  const fault = doing.faults.value[id];
  return (
    <>
      {fault ? (
        <p class="field-error" id={`galat-${id}`}>
          {fault}
        </p>
      ) : null}
      {hint ? (
        <p class="hint" id={`petunjuk-${id}`}>
          {hint}
        </p>
      ) : null}
    </>
  );
}

interface FieldProps extends DoingProps {
  id: string;
  label: string;
  value: Signal<string>;
  hint?: ComponentChildren;
}

interface TextProps extends FieldProps {
  kind?: "email" | "date";
}

const MANNERS = {
  text: { type: "text" },
  email: { type: "text", inputMode: "email", autocapitalize: "none" },
  date: { type: "date" },
} as const;

export function TextField({ doing, id, label, value, hint, kind }: TextProps) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        class="input"
        autocomplete="off"
        spellcheck={false}
        value={value.value}
        onInput={(event) => {
          value.value = event.currentTarget.value;
        }}
        {...MANNERS[kind ?? "text"]}
        {...described(doing, id, Boolean(hint))}
      />
      <Beneath doing={doing} id={id} hint={hint} />
    </div>
  );
}

export function PasswordField(props: FieldProps & { autocomplete: "current-password" | "new-password" }) {
  const { doing, id, label, value, hint, autocomplete } = props;
  const shown = useSignal(false);
  const kind = shown.value ? { type: "text" as const } : { type: "password" as const };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <div class="akun-password">
        <input
          id={id}
          class="input"
          autocomplete={autocomplete}
          autocapitalize="none"
          spellcheck={false}
          value={value.value}
          onInput={(event) => {
            value.value = event.currentTarget.value;
          }}
          {...kind}
          {...described(doing, id, Boolean(hint))}
        />
        <button
          type="button"
          class="btn"
          aria-pressed={shown.value}
          aria-label={words.value.showThat(label)}
          onClick={() => {
            shown.value = !shown.value;
          }}
        >
          {shown.value ? words.value.hide : words.value.show}
        </button>
      </div>
      <Beneath doing={doing} id={id} hint={hint} />
    </div>
  );
}

/** Sends its form by Enter and by its button, and lets the fields be judged by us alone. */
export function Form({ send, children }: { send: () => Promise<void>; children: ComponentChildren }) {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void send();
  };
  return (
    <form class="akun-form" onSubmit={submit} noValidate>
      {children}
    </form>
  );
}

export function Submit({ doing, text, busy }: DoingProps & { text: string; busy: string }) {
  return (
    <button type="submit" class="btn" aria-disabled={doing.sending.value}>
      {doing.sending.value ? busy : text}
    </button>
  );
}

interface SecretProps {
  id: string;
  label: string;
  secret: string;
  children: ComponentChildren;
}

/** What is shown this once, with a button that copies it; takes the focus as it comes. */
export function Secret({ id, label, secret, children }: SecretProps) {
  const box = useRef<HTMLDivElement>(null);
  const copied = useSignal("");
  useEffect(() => {
    copied.value = "";
    box.current?.focus();
  }, [secret]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(secret);
      copied.value = words.value.copied;
    } catch {
      // Without a secure connection the browser gives no clipboard; what is marked can be copied.
      const shown = document.getElementById(id);
      if (shown) getSelection()?.selectAllChildren(shown);
      copied.value = words.value.copyFailed;
    }
  };
  return (
    <section class="akun-secret" tabIndex={-1} ref={box} aria-label={label}>
      <p class="title-group">{label}</p>
      <code id={id} class="command">
        {secret}
      </code>
      <div class="akun-ways">
        <button type="button" class="btn" onClick={() => void copy()}>
          <Icon name="copy" />
          {words.value.copy}
        </button>
        <p class="secondary" role="status">
          {copied.value}
        </p>
      </div>
      {children}
    </section>
  );
}
