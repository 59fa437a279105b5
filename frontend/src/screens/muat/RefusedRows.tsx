import { useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import type { FullLoad, LoadReport, RefusedWords } from "../../api/contract";
import { readRefused } from "../../api/loads";
import { named, number, words as shared } from "../../i18n";
import { words } from "../../i18n/muat";
import { Resource } from "../../state/resource";
import type { MuatStore } from "./store";

/** As many as the report itself brings. */
const PAGE = 50;

interface RefusedProps {
  store: MuatStore;
  load: FullLoad;
  report: LoadReport;
}

/** One page of the refused rows at a time: the first came with the report, the others are asked for. */
function usePages({ store, load, report }: RefusedProps) {
  const page = useSignal(0);
  const further = useMemo(() => new Resource<RefusedWords[]>(), []);
  const turn = (wanted: number) => {
    const city = store.city.peek()?.code;
    if (!city || further.loading.peek()) return;
    page.value = wanted;
    if (wanted === 0) return;
    const asked = { after: wanted * PAGE, limit: PAGE };
    void further.load((signal) => readRefused(city, load.id, asked, signal), String(wanted));
  };
  const first = page.value === 0;
  return {
    page: page.value,
    // The last page stays until the next has come.
    rows: first ? report.rejected_rows : (further.value.value ?? report.rejected_rows),
    outdated: !first && further.fresh.value === null,
    error: first ? null : further.error.value,
    turn,
    retry: () => further.retry(),
  };
}

type Pages = ReturnType<typeof usePages>;

function Turning({ pages, all }: { pages: Pages; all: number }) {
  const said = words.value;
  const { page, rows, outdated, error, turn } = pages;
  const last = (page + 1) * PAGE >= all;
  return (
    <nav class="muat-pages" aria-label={said.refusedPages}>
      <button type="button" class="btn" aria-disabled={page === 0} onClick={() => page > 0 && turn(page - 1)}>
        {said.pageBefore}
      </button>
      <button type="button" class="btn" aria-disabled={last} onClick={() => !last && turn(page + 1)}>
        {said.pageNext}
      </button>
      <p class="secondary num" role="status">
        {outdated && !error ? shared.value.renewing : null}
        {outdated ? null : said.refusedRange(page * PAGE + 1, page * PAGE + rows.length, all)}
      </p>
      {error ? (
        <p class="field-error" role="alert">
          {said.refusedFailed}{" "}
          <button type="button" class="link" onClick={pages.retry}>
            {shared.value.retry}
          </button>
        </p>
      ) : null}
    </nav>
  );
}

/** Why each row was refused. All of them are for whoever may read the rows themselves. */
export function RefusedRows({ store, load, report }: RefusedProps) {
  const pages = usePages({ store, load, report });
  const { rows } = pages;
  const all = report.rejected;
  if (rows.length === 0) return null;
  const turns = all > PAGE && load.may.includes("rejects");
  return (
    <>
      <div class="muat-scroll">
        <table class={pages.outdated ? "muat-table muat-refused renewing" : "muat-table muat-refused"}>
          <caption>{turns ? words.value.refusedAll : words.value.refusedRows(rows.length, all)}</caption>
          <thead>
            <tr>
              <th scope="col">{words.value.row}</th>
              <th scope="col">{words.value.reason}</th>
              <th scope="col">{words.value.exactly}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ row, reason, told }) => (
              <tr key={row}>
                <th scope="row" class="num">
                  {number(row)}
                </th>
                <td>{named(words.value.reasons, reason)}</td>
                <td lang="id">{told}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {turns ? <Turning pages={pages} all={all} /> : null}
    </>
  );
}
