import { batch, computed, signal } from "@preact/signals";
import { giveRole, readRoles } from "../../api/accounts";
import type { AreaName, Invited, RoleKind } from "../../api/contract";
import { LEVELS } from "../../geo/levels";
import { words } from "../../i18n/akun";
import { Resource } from "../../state/resource";
import { Doing } from "./doing";
import { faultOfEmail, faultOfFields, faultsOf, fieldsIn } from "./troubles";

export const EMAIL = "beri-surel";
export const NAME = "beri-nama";
export const ROLE = "beri-peran";
export const AREA = "beri-wilayah";
export const FIELDS = "beri-urusan";
export const PROGRAMMES = "beri-program";
export const UNTIL = "beri-sampai";

interface Surroundings {
  /** The code of the city that the role is given in. */
  city: () => string;
  given: (name: string, told: Invited) => void;
}

/** Giving somebody a role, and an account where he has none. */
export class Giving {
  readonly roles = new Resource<RoleKind[]>();
  readonly email = signal("");
  readonly name = signal("");
  readonly role = signal("");
  /** The areas that were chosen, one beneath the other. */
  readonly chain = signal<readonly AreaName[]>([]);
  /** Whether the role is for all fields; chosen, since a list that failed to come chooses nothing. */
  readonly everyField = signal(false);
  /** Codes of the fields that were chosen. */
  readonly fields = signal<readonly string[]>([]);
  /** Codes of programmes, for a role that is for a part of a field only. */
  readonly programmes = signal("");
  readonly until = signal("");
  readonly doing = new Doing(
    {
      "/email": EMAIL,
      "/name": NAME,
      "/role": ROLE,
      "/area": AREA,
      "/fields": FIELDS,
      "/until": UNTIL,
    },
    { TIDAK_DITEMUKAN: () => words.value.roleOutOfPower },
  );
  readonly kind = computed(
    () => (this.roles.value.value ?? []).find(({ role }) => role === this.role.value) ?? null,
  );
  /** Whether an area has to be chosen: roles of a whole city need none. */
  readonly needsArea = computed(() => {
    const level = this.kind.value?.level ?? null;
    return level !== null && level !== "kota";
  });

  constructor(private readonly around: Surroundings) {}

  start(): void {
    void this.roles.load(readRoles);
  }

  /** Takes an area of the list at this depth; those beneath it are chosen anew. */
  take(depth: number, area: AreaName | null): void {
    const above = this.chain.peek().slice(0, depth);
    this.chain.value = area === null ? above : [...above, area];
  }

  /** Whether an area is what the role is given for, so that nothing beneath it is asked for. */
  reaches({ level }: Pick<AreaName, "level">): boolean {
    return level === this.kind.value?.level;
  }

  /** Whether an area can stand on the way to one of the role's level. */
  leads({ level }: Pick<AreaName, "level">): boolean {
    const { level: wanted } = this.kind.value ?? {};
    return LEVELS.some((each) => each === wanted && LEVELS.indexOf(level) <= LEVELS.indexOf(each));
  }

  private area(): string | null {
    const last = this.chain.peek().at(-1);
    return last !== undefined && this.reaches(last) ? last.code : null;
  }

  private faults() {
    const area = this.needsArea.peek() && this.area() === null;
    return faultsOf({
      [EMAIL]: faultOfEmail(this.email.peek().trim()),
      [NAME]: this.name.peek().trim() ? null : words.value.missingName,
      [ROLE]: this.role.peek() ? null : words.value.missingRole,
      [AREA]: area ? words.value.missingArea : null,
      ...this.faultsOfLimits(),
    });
  }

  /** A role by field names its fields, or all of them. */
  private faultsOfLimits() {
    if (!this.kind.peek()?.by_field || this.everyField.peek()) return {};
    return {
      [FIELDS]: this.limits().length > 0 ? null : words.value.missingFields,
      [PROGRAMMES]: faultOfFields(this.programmes.peek()),
    };
  }

  /** Takes a field, or lets it go. */
  turn(code: string, wanted: boolean): void {
    const others = this.fields.peek().filter((each) => each !== code);
    this.fields.value = wanted ? [...others, code].sort() : others;
  }

  /** Everything that the role is limited to, by code; nothing of one for all fields. */
  limits(): string[] {
    return this.everyField.peek() ? [] : [...this.fields.peek(), ...fieldsIn(this.programmes.peek())];
  }

  async send(): Promise<void> {
    if (this.doing.isFaulty(this.faults())) return;
    const name = this.name.peek().trim();
    const kind = this.kind.peek();
    await this.doing.attempt(async () => {
      const told = await giveRole(this.around.city(), {
        email: this.email.peek().trim(),
        name,
        role: this.role.peek(),
        area: this.needsArea.peek() ? this.area() : null,
        fields: kind?.by_field ? this.limits() : [],
        until: this.until.peek() || null,
      });
      this.empty();
      this.around.given(name, told);
      return null;
    });
  }

  private empty(): void {
    batch(() => {
      for (const field of [this.email, this.name, this.programmes, this.until, this.role]) field.value = "";
      this.chain.value = [];
      this.fields.value = [];
      this.everyField.value = false;
    });
  }
}
