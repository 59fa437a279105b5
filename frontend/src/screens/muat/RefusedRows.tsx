import { useMemo } from "preact/hooks";
import type { FullLoad, LoadReport } from "../../api/contract";
import { readRefused } from "../../api/loads";
import { named, number, words as shared } from "../../i18n";
import { words } from "../../i18n/muat";
import { PAGE, RefusedPages } from "./refusedPages";
import type { MuatStore } from "./store";

interface RefusedProps {
  store: MuatStore;
  load: FullLoad;
  report: LoadReport;
}

function Turning({ pages, all }: { pages: RefusedPages; all: number }) {
  const said = words.value;
  const [page, outdated, error] = [pages.page.value, pages.outdated.value, pages.error.value];
  const last = (page + 1) * PAGE >= all;
  return (
    <nav class="muat-pages" aria-label={said.refusedPages}>
      <button
        type="button"
        class="btn"
        aria-disabled={page === 0}
        onClick={() => page > 0 && pages.turn(page - 1)}
      >
        {said.pageBefore}
      </button>
      <button type="button" class="btn" aria-disabled={last} onClick={() => !last && pages.turn(page + 1)}>
        {said.pageNext}
      </button>
      <p class="secondary num" role="status">
        {outdated && !error ? shared.value.renewing : null}
        {outdated ? null : said.refusedRange(page * PAGE + 1, page * PAGE + pages.rows.value.length, all)}
      </p>
      {error ? (
        <p class="field-error" role="alert">
          {said.refusedFailed}{" "}
          <button type="button" class="link" onClick={() => pages.retry()}>
            {shared.value.retry}
          </button>
        </p>
      ) : null}
    </nav>
  );
}

/** Why each row was refused. All of them are for whoever may read the rows themselves. */
export function RefusedRows({ store, load, report }: RefusedProps) {
  const pages = useMemo(
    () =>
      new RefusedPages(report.rejected_rows, (asked, signal) =>
        readRefused(store.city.peek()?.code ?? "", load.id, asked, signal),
      ),
    [store, load.id, report.rejected_rows],
  );
  const rows = pages.rows.value;
  const all = report.rejected;
  if (rows.length === 0) return null;
  const turns = all > PAGE && load.may.includes("rejects");
  return (
    <>
      <div class="muat-scroll">
        <table class={pages.outdated.value ? "muat-table muat-refused renewing" : "muat-table muat-refused"}>
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
