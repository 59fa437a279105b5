import { batch, computed, effect, signal } from "@preact/signals";
import { closeAccount, readNotices, readOfficers, resetOfficer } from "../../api/accounts";
import type { City, Invited, Notices, Officer } from "../../api/contract";
import { readCities } from "../../api/endpoints";
import { words } from "../../i18n/akun";
import { Resource } from "../../state/resource";
import { me } from "../../state/session";
import { AreaNames } from "./areaNames";
import { Doing } from "./doing";
import { Ending } from "./ending";
import type { FieldNames } from "./fieldNames";
import { Giving } from "./giving";

const INSTALLATION = "admin_instalasi";
const OF_CITY = "admin_kota";

/** A link that was made and is shown this once. */
export interface Link {
  name: string;
  told: Invited;
}

/** Where the words stand that somebody is looked for by: in name, address, role or area. */
function holds({ email, name, roles }: Officer, sought: string, areas: Record<string, string>): boolean {
  const told = roles.flatMap((role) => [role.name, role.area ?? "", areas[role.area ?? ""] ?? ""]);
  return [name, email, ...told].join(" ").toLowerCase().includes(sought);
}

/** What an administrator looks after: whoever has a role in his city, and letters that did not arrive. */
export class Officers {
  readonly cities = new Resource<City[]>();
  readonly list = new Resource<Officer[]>();
  readonly notices = new Resource<Notices>();
  readonly wanted = signal<string | null>(null);
  readonly sought = signal("");
  readonly areas = new AreaNames();
  readonly doing = new Doing(
    {},
    {
      TIDAK_BERWENANG: () => words.value.outOfPower,
      TIDAK_DITEMUKAN: () => words.value.outOfPower,
    },
  );
  /** The link that was just made. */
  readonly link = signal<Link | null>(null);
  readonly runsInstallation = computed(() =>
    (me.value?.roles ?? []).some(({ role }) => role === INSTALLATION),
  );
  /** Whether one is an administrator at all. */
  readonly isAdmin = computed(
    () => this.runsInstallation.value || (me.value?.roles ?? []).some(({ role }) => role === OF_CITY),
  );
  readonly ownCities = computed(() => {
    const own = new Set(
      (me.value?.roles ?? []).filter(({ role }) => role === OF_CITY).map(({ city }) => city),
    );
    const all = this.cities.value.value ?? [];
    return this.runsInstallation.value ? all : all.filter(({ code }) => own.has(code));
  });
  readonly city = computed(
    () =>
      this.ownCities.value.find(({ code }) => code === this.wanted.value) ?? this.ownCities.value[0] ?? null,
  );
  readonly shown = computed(() => {
    const sought = this.sought.value.trim().toLowerCase();
    return (this.list.value.value ?? []).filter((each) => holds(each, sought, this.areas.names.value));
  });
  readonly giving = new Giving({
    city: () => this.city.peek()?.code ?? "",
    given: (name, told) => {
      this.link.value = { name, told };
      this.load();
    },
  });

  readonly ending = new Ending({
    city: () => this.city.peek()?.code ?? "",
    ended: async (role, name) => {
      await this.change(async () => words.value.roleEnded(role, name));
    },
  });

  constructor(readonly fields: FieldNames) {}

  start(): void {
    void this.cities.load(readCities);
    this.giving.start();
    const code = computed(() => this.city.value?.code ?? null);
    effect(() => {
      if (code.value !== null) this.open();
    });
    effect(() => {
      const city = code.value;
      const roles = (this.list.value.value ?? []).flatMap((officer) => officer.roles);
      const wanted = roles.map(({ area }) => area).filter((area) => area !== null);
      if (city !== null) this.areas.want(wanted, city);
    });
  }

  private open(): void {
    batch(() => {
      this.list.clear();
      this.notices.clear();
      this.link.value = null;
      this.ending.leave();
      this.doing.clear();
    });
    this.load();
  }

  load(): void {
    const city = this.city.peek()?.code;
    if (city === undefined) return;
    void this.list.load((abort) => readOfficers(city, abort), city);
    void this.notices.load((abort) => readNotices(city, abort), city);
  }

  private async change(work: (city: string) => Promise<string | null>): Promise<void> {
    const city = this.city.peek()?.code;
    if (city === undefined) return;
    await this.doing.attempt(async () => {
      const said = await work(city);
      // Another city may have been chosen meanwhile: its list is under way already.
      if (this.city.peek()?.code === city) await this.list.load((abort) => readOfficers(city, abort), city);
      return said;
    });
  }

  async renew({ email, name }: Officer): Promise<void> {
    await this.change(async (city) => {
      const told = await resetOfficer(city, email);
      this.link.value = { name, told };
      return null;
    });
  }

  async close({ email, name }: Officer): Promise<void> {
    await this.change(async (city) => {
      await closeAccount(city, email);
      return words.value.closed(name);
    });
  }
}
