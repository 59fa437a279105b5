import type { Officer } from "../../api/contract";
import { named } from "../../i18n";
import { words } from "../../i18n/akun";
import { Face, Failed, SkeletonRows } from "../../panels/faces";
import { Icon } from "../../panels/Icon";
import { useSlow } from "../../panels/useSlow";
import { me } from "../../state/session";
import { GivenRole } from "./GivenRole";
import { GivePart } from "./GivePart";
import { Said, Secret } from "./Parts";
import type { Akun } from "./state";

interface AkunProps {
  akun: Akun;
}

const TINTS: Record<string, string> = { aktif: "chip chip-ok", diundang: "chip chip-warn", ditutup: "chip" };

/** What became of an invitation: sent, to be handed over, or not needed. */
function Made({ akun }: AkunProps) {
  const said = words.value;
  const link = akun.officers.link.value;
  if (link === null) return null;
  const { name, told } = link;
  if (told.link !== null)
    return (
      <Secret id="tautan-undangan" label={said.linkFor(name)} secret={told.link}>
        <p>{said.linkOnce}</p>
      </Secret>
    );
  return (
    <div role="status">
      <p class="notice akun-done">
        <Icon name="check" />
        {told.sent ? said.linkSent(name, told.email) : said.roleAdded(name)}
      </p>
    </div>
  );
}

function Acts({ akun, officer }: AkunProps & { officer: Officer }) {
  const said = words.value;
  const { officers } = akun;
  const { name, standing } = officer;
  const busy = officers.doing.sending.value;
  const renew = () => {
    if (standing === "diundang") void officers.renew(officer);
    else
      akun.confirm({
        title: said.renewTitle(name),
        effects: standing === "ditutup" ? said.reopenEffects : said.renewEffects,
        yes: standing === "ditutup" ? said.reopenYes : said.renewYes,
        run: () => officers.renew(officer),
      });
  };
  const close = () =>
    akun.confirm({
      title: said.closeTitle(name),
      effects: said.closeEffects,
      yes: said.closeYes,
      run: () => officers.close(officer),
    });
  const renewal = named(said.renewals, standing);
  return (
    <div class="akun-ways">
      <button
        type="button"
        class="btn"
        aria-label={`${renewal}: ${name}`}
        aria-disabled={busy}
        onClick={renew}
      >
        {renewal}
      </button>
      {standing === "ditutup" ? null : (
        <button
          type="button"
          class="btn btn-danger"
          aria-label={`${said.close}: ${name}`}
          aria-disabled={busy}
          onClick={close}
        >
          {said.close}
        </button>
      )}
    </div>
  );
}

function Row({ akun, officer }: AkunProps & { officer: Officer }) {
  const said = words.value;
  const own = officer.email === me.value?.email;
  return (
    <li class="akun-officer">
      <div class="akun-officer-head">
        <p class="title-group">{officer.name}</p>
        <span class={TINTS[officer.standing] ?? "chip"}>{named(said.standings, officer.standing)}</span>
        {own ? <span class="chip chip-plan">{said.you}</span> : null}
      </div>
      <p class="secondary">{officer.email}</p>
      <ul class="akun-givens">
        {officer.roles.map((role) => (
          <GivenRole key={role.id} officers={akun.officers} officer={officer} role={role} own={own} />
        ))}
      </ul>
      {own ? null : <Acts akun={akun} officer={officer} />}
    </li>
  );
}

/** From so many on, somebody is looked for rather than seen. */
const SOUGHT_FROM = 6;

function Search({ akun }: AkunProps) {
  const { officers } = akun;
  const all = officers.list.value.value?.length ?? 0;
  if (all < SOUGHT_FROM) return null;
  const said = words.value;
  return (
    <div class="field">
      <label for="cari-petugas">{said.search}</label>
      <input
        id="cari-petugas"
        class="input"
        type="search"
        value={officers.sought.value}
        onInput={(event) => {
          officers.sought.value = event.currentTarget.value;
        }}
      />
      <p class="hint num" role="status">
        {said.found(officers.shown.value.length, all)}
      </p>
    </div>
  );
}

function List({ akun }: AkunProps) {
  const said = words.value;
  const { officers } = akun;
  const { value, error, loading } = officers.list;
  const slow = useSlow(loading.value && value.value === null);
  return (
    <section class="akun-part" aria-label={said.list}>
      <Said doing={officers.doing} />
      <Search akun={akun} />
      {slow ? <SkeletonRows rows={4} /> : null}
      {error.value ? (
        <Failed title={said.officersFailed} still="" error={error.value} retry={() => officers.load()} />
      ) : null}
      {value.value?.length === 0 ? (
        <Face icon="people" title={said.noOfficers}>
          <p>{said.noOfficersBody}</p>
        </Face>
      ) : null}
      <ul class="akun-rows" aria-busy={loading.value}>
        {officers.shown.value.map((officer) => (
          <Row key={officer.email} akun={akun} officer={officer} />
        ))}
      </ul>
    </section>
  );
}

/** Giving a role, and whoever has one in the city. */
export function OfficersView({ akun }: AkunProps) {
  return (
    <>
      <GivePart officers={akun.officers} />
      <Made akun={akun} />
      <List akun={akun} />
    </>
  );
}
