import type { ComponentChildren } from "preact";
import type { FullLoad, LoadReport } from "../../api/contract";
import { named, number } from "../../i18n";
import { words } from "../../i18n/muat";
import { FileNotes } from "./FileNotes";
import { RefusedRows } from "./RefusedRows";
import { ReportMap } from "./ReportMap";
import type { MuatStore } from "./store";
import { areaClasses } from "./sums";

const MOST_CATEGORIES = 10;

function Counts({ report }: { report: LoadReport }) {
  const said = words.value;
  const cells: [string, number, string][] = [
    [said.created, report.created, "num"],
    [said.updated, report.updated, "num"],
    [said.unchanged, report.unchanged, "num"],
    [said.rejected, report.rejected, report.rejected > 0 ? "num muat-bad" : "num"],
  ];
  return (
    <dl class="muat-counts">
      {cells.map(([name, count, tone]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd class={tone}>{number(count)}</dd>
        </div>
      ))}
    </dl>
  );
}

function Reasons({ report }: { report: LoadReport }) {
  return (
    <ul class="muat-reasons">
      {Object.entries(report.reasons)
        .sort(([, one], [, other]) => other - one)
        .map(([code, count]) => (
          <li key={code}>
            <strong class="num">{number(count)}</strong> {named(words.value.reasons, code)}
          </li>
        ))}
    </ul>
  );
}

function Unknown({ report }: { report: LoadReport }) {
  const found = report.unknown_categories.slice(0, MOST_CATEGORIES);
  if (found.length === 0) return null;
  return (
    <p class="secondary">
      {words.value.unknownCategories}{" "}
      {found.map(({ word, rows }) => `“${word}” (${number(rows)})`).join(", ")}
    </p>
  );
}

interface ReportProps {
  store: MuatStore;
  report: LoadReport;
  load: FullLoad;
  /** Beneath the refused rows. */
  children: ComponentChildren;
}

/** Of what is told: of a try, of what is stored, or of what was and is taken back. */
export function titleOf(state: string): string {
  const said = words.value;
  if (state === "ditarik" || state === "menarik") return said.resultBefore;
  return state === "selesai" ? said.result : said.tried;
}

/** What became of the rows of a list, or would: counts, reasons, and where they lie. */
export function Report({ store, report, load, children }: ReportProps) {
  const classes = areaClasses(report);
  return (
    <section class="muat-part" aria-labelledby="judul-hasil">
      <h2 id="judul-hasil">{titleOf(load.state)}</h2>
      <p>
        {words.value.readRows(report.read)}
        {report.unlocated > 0 ? ` ${words.value.unlocated(report.unlocated)}` : ""}
      </p>
      <Counts report={report} />
      {report.rejected > 0 ? (
        <>
          <h3>{words.value.refusedWhy}</h3>
          <Reasons report={report} />
          <Unknown report={report} />
          <RefusedRows key={`${load.id} ${load.updated}`} store={store} load={load} report={report} />
          {children}
        </>
      ) : null}
      <FileNotes report={report} />
      <ReportMap store={store} report={report} classes={classes} />
    </section>
  );
}
