import type { SignIn } from "../../api/contract";
import { endOtherSignIns, endSignIn, readSignIns } from "../../api/session";
import { words } from "../../i18n/akun";
import { Resource } from "../../state/resource";
import { browserOf } from "./browsers";
import { Doing } from "./doing";

/** What a browser is called in a sentence. */
export function calledBy(told: string): string {
  const { browser, device } = browserOf(told);
  if (browser && device) return words.value.browserOn(browser, device);
  return browser ?? device ?? words.value.unknownBrowser;
}

/** The browsers in which one is signed in. */
export class SignIns {
  readonly list = new Resource<SignIn[]>();
  readonly doing = new Doing();

  load(): void {
    void this.list.load(readSignIns);
  }

  async end({ id, browser }: SignIn): Promise<void> {
    await this.doing.attempt(async () => {
      await endSignIn(id);
      await this.list.load(readSignIns);
      return words.value.ended(calledBy(browser));
    });
  }

  async endOthers(): Promise<void> {
    await this.doing.attempt(async () => {
      await endOtherSignIns();
      await this.list.load(readSignIns);
      return words.value.othersEnded;
    });
  }
}
