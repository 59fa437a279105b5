import { signal } from "@preact/signals";
import { changePassword } from "../../api/session";
import { words } from "../../i18n/akun";
import { Doing } from "./doing";
import { faultOfNewPassword, faultsOf } from "./troubles";

export const CURRENT = "sandi-kini";
export const WANTED = "sandi-baru";

/** Changing one's own password. */
export class PasswordChange {
  readonly current = signal("");
  readonly wanted = signal("");
  readonly doing = new Doing({ "/current": CURRENT, "/password": WANTED });

  constructor(private readonly changed: () => void) {}

  async send(): Promise<void> {
    const [current, wanted] = [this.current.peek(), this.wanted.peek()];
    const faults = faultsOf({
      [CURRENT]: current ? null : words.value.missingPassword,
      [WANTED]: faultOfNewPassword(wanted),
    });
    if (this.doing.isFaulty(faults)) return;
    await this.doing.attempt(async () => {
      await changePassword(current, wanted);
      this.current.value = "";
      this.wanted.value = "";
      this.changed();
      return words.value.passwordChanged;
    });
  }
}
