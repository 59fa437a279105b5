import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { words } from "../../i18n/masuk";
import { Icon } from "../../panels/Icon";
import type { Masuk } from "./state";
import { type Field, lengthOf } from "./troubles";

interface MasukProps {
  masuk: Masuk;
}

const errorIdOf = (field: Field): string => `galat-${field}`;

function FieldError({ masuk, field }: MasukProps & { field: Field }) {
  const fault = masuk.faults.value[field];
  if (!fault) return null;
  return (
    <p class="field-error" id={errorIdOf(field)}>
      {fault}
    </p>
  );
}

function described(masuk: Masuk, field: Field, hint = "") {
  const faulty = field in masuk.faults.value;
  const ids = [hint, faulty ? errorIdOf(field) : ""].filter(Boolean).join(" ");
  return { "aria-invalid": faulty, ...(ids && { "aria-describedby": ids }) };
}

/** A refusal that is of no single field; takes the focus, so that it is read first. */
function Trouble({ masuk }: MasukProps) {
  const box = useRef<HTMLDivElement>(null);
  const refusals = masuk.refusals.value;
  useEffect(() => {
    if (refusals === 0) return;
    const first = Object.keys(masuk.faults.value)[0];
    if (first) document.getElementById(first)?.focus();
    else box.current?.focus();
  }, [refusals]);
  if (masuk.trouble.value === null) return null;
  return (
    <div class="notice notice-bad" role="alert" tabIndex={-1} ref={box}>
      <Icon name="warning" />
      <p>{masuk.trouble.value}</p>
    </div>
  );
}

interface FormProps extends MasukProps {
  /** Where one begins: the page has this one task. */
  first: Field;
  children: ComponentChildren;
  send: () => Promise<void>;
}

function Form({ masuk, first, children, send }: FormProps) {
  useEffect(() => document.getElementById(first)?.focus(), [first]);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void send();
  };
  return (
    <form class="masuk-form" onSubmit={submit} noValidate>
      <Trouble masuk={masuk} />
      {children}
    </form>
  );
}

interface PasswordProps extends MasukProps {
  label: string;
  autocomplete: "current-password" | "new-password";
  hint?: ComponentChildren;
}

function Password({ masuk, label, autocomplete, hint }: PasswordProps) {
  const shown = useSignal(false);
  const kind = shown.value ? { type: "text" as const } : { type: "password" as const };
  return (
    <div class="field">
      <label for="password">{label}</label>
      <div class="masuk-password">
        <input
          id="password"
          class="input"
          autocomplete={autocomplete}
          autocapitalize="none"
          spellcheck={false}
          value={masuk.password.value}
          onInput={(event) => {
            masuk.password.value = event.currentTarget.value;
          }}
          {...kind}
          {...described(masuk, "password", hint ? "petunjuk-sandi" : "")}
        />
        <button
          type="button"
          class="btn"
          aria-pressed={shown.value}
          aria-label={words.value.showPassword}
          onClick={() => {
            shown.value = !shown.value;
          }}
        >
          {shown.value ? words.value.hide : words.value.show}
        </button>
      </div>
      <FieldError masuk={masuk} field="password" />
      {hint ? (
        <div id="petunjuk-sandi" class="masuk-hint hint">
          {hint}
        </div>
      ) : null}
    </div>
  );
}

function Submit({ masuk, text, busy }: MasukProps & { text: string; busy: string }) {
  return (
    <button type="submit" class="btn btn-main btn-wide" aria-disabled={masuk.sending.value}>
      {masuk.sending.value ? busy : text}
    </button>
  );
}

function Email({ masuk }: MasukProps) {
  return (
    <div class="field">
      <label for="email">{words.value.email}</label>
      <input
        id="email"
        class="input"
        type="email"
        autocomplete="username"
        autocapitalize="none"
        spellcheck={false}
        value={masuk.email.value}
        onInput={(event) => {
          masuk.email.value = event.currentTarget.value;
        }}
        {...described(masuk, "email")}
      />
      <FieldError masuk={masuk} field="email" />
    </div>
  );
}

export function ForgottenForm({ masuk }: MasukProps) {
  const said = words.value;
  return (
    <Form masuk={masuk} first="email" send={() => masuk.askPassword()}>
      <p>{said.forgottenWhy}</p>
      <Email masuk={masuk} />
      <Submit masuk={masuk} text={said.askLink} busy={said.askingLink} />
      <button type="button" class="link" onClick={() => masuk.turnToForgotten(false)}>
        {said.toSignIn}
      </button>
    </Form>
  );
}

export function SignInForm({ masuk }: MasukProps) {
  return (
    <Form masuk={masuk} first="email" send={() => masuk.signIn()}>
      <Email masuk={masuk} />
      <Password masuk={masuk} label={words.value.password} autocomplete="current-password" />
      <Submit masuk={masuk} text={words.value.signIn} busy={words.value.signingIn} />
      <button type="button" class="link" onClick={() => masuk.turnToForgotten(true)}>
        {words.value.forgotten}
      </button>
      <p class="secondary">{words.value.forOfficers}</p>
    </Form>
  );
}

export function InvitedForm({ masuk }: MasukProps) {
  const said = words.value;
  const hint = (
    <>
      <p>{said.newPasswordHint}</p>
      <p class="num">{said.count(lengthOf(masuk.password.value))}</p>
    </>
  );
  return (
    <Form masuk={masuk} first="password" send={() => masuk.setPassword()}>
      <p>{said.invitedWhy}</p>
      <Password masuk={masuk} label={said.newPassword} autocomplete="new-password" hint={hint} />
      <Submit masuk={masuk} text={said.set} busy={said.setting} />
      <button type="button" class="link" onClick={() => masuk.closeInvitation()}>
        {said.toSignIn}
      </button>
    </Form>
  );
}
