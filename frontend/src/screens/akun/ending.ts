import { batch, signal } from "@preact/signals";
import { endRole } from "../../api/accounts";
import type { RoleGiven } from "../../api/contract";
import { words } from "../../i18n/akun";
import { Doing } from "./doing";
import { faultOfReason, faultsOf } from "./troubles";

export const REASON = "alasan-akhiri";

interface Surroundings {
  /** The code of the city that the role was given in. */
  city: () => string;
  ended: (role: string, name: string) => Promise<void>;
}

/** Taking back a role, with the reason that is kept of it. */
export class Ending {
  /** The role that is about to be taken back, and of whom. */
  readonly chosen = signal<{ id: string; role: string; name: string } | null>(null);
  readonly reason = signal("");
  readonly doing = new Doing({ "/reason": REASON }, { TIDAK_DITEMUKAN: () => words.value.outOfPower });

  constructor(private readonly around: Surroundings) {}

  choose({ id, name: role }: RoleGiven, name: string): void {
    batch(() => {
      this.doing.clear();
      this.reason.value = "";
      this.chosen.value = { id, role, name };
    });
  }

  leave(): void {
    this.chosen.value = null;
  }

  async send(): Promise<void> {
    const chosen = this.chosen.peek();
    const reason = this.reason.peek().trim();
    if (chosen === null || this.doing.isFaulty(faultsOf({ [REASON]: faultOfReason(reason) }))) return;
    await this.doing.attempt(async () => {
      await endRole(this.around.city(), chosen.id, reason);
      // Another role may have been chosen meanwhile, in another city.
      if (this.chosen.peek() === chosen) this.chosen.value = null;
      await this.around.ended(chosen.role, chosen.name);
      return null;
    });
  }
}
