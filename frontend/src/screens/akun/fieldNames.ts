import { effect } from "@preact/signals";
import { readFields } from "../../api/accounts";
import type { Field } from "../../api/contract";
import { words } from "../../i18n/akun";
import { language } from "../../state/language";
import { Resource } from "../../state/resource";

/** A programme's code begins with that of its field: 1.03.10 is of 1.03. */
const isOf = (code: string, field: string): boolean => code === field || code.startsWith(`${field}.`);

/** What a code is called; the code stands for itself where it is of no field that is known. */
export function calledField(code: string, fields: readonly Field[]): string {
  const field = fields.find((each) => isOf(code, each.code));
  if (field === undefined) return code;
  return code === field.code ? field.name : words.value.programmeOf(code, field.name);
}

/** The fields of government in words. */
export class FieldNames {
  readonly list = new Resource<Field[]>();

  start(): void {
    effect(() => {
      if (language.value) void this.list.load(readFields);
    });
  }

  /** "Kesehatan; Sosial": each field of a role in words. */
  told(codes: readonly string[]): string {
    return codes.map((code) => calledField(code, this.list.value.value ?? [])).join("; ");
  }
}
