import type { LoadReport } from "../../api/contract";
import { words } from "../../i18n/muat";

/** What every file has is no oddity. */
const USUAL = new Set(["encoding utf-8", "encoding ascii", "separator ,"]);

/** What is to be told of a file and its rows beside their counts, a sentence each. */
export function noteLines({ notes = [], other_rows = {}, place_doubts = {} }: LoadReport): string[] {
  const said = words.value;
  const doubts = Object.entries(place_doubts).flatMap(([doubt, rows]) => {
    const told = said.placeDoubts[doubt];
    return told ? [said.doubtfulRows(rows, told)] : [];
  });
  const others = Object.entries(other_rows).map(([kind, rows]) =>
    said.otherRows(rows, said.otherKinds[kind] ?? kind),
  );
  const odd = notes.flatMap(([oddity, row, detail]) => {
    const told = said.notes[oddity];
    if (!told || USUAL.has(`${oddity} ${detail.toLowerCase()}`)) return [];
    return [`${row === null ? "" : said.inRow(row)}${told.replace("{}", () => detail)}`];
  });
  return [...doubts, ...others, ...odd];
}

/** How the file was read: doubtful places, rows that are no usulan, formulas, merged cells, titles. */
export function FileNotes({ report }: { report: LoadReport }) {
  const lines = noteLines(report);
  if (lines.length === 0) return null;
  return (
    <>
      <h3>{words.value.fileNotes}</h3>
      <ul class="muat-reasons">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </>
  );
}
