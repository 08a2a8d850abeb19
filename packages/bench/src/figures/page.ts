import type { Measured } from './measure.ts';

const HEAD = ['| what | against | measured | at most | | on | figures |', '|---|---|---|---|---|---|---|'];

export function tableOf(rows: readonly string[]): string {
  return [...HEAD, ...rows].join('\n');
}

/** One row of the table. @param day `2026-10-03` */
export function rowOf({ what, against, ratio, atMost, figures }: Measured, day: string): string {
  const met = ratio <= atMost ? 'met' : `missed by ${(ratio / atMost).toFixed(2)}×`;
  const cells = [what, against, `${ratio.toFixed(2)}×`, `${Math.round(atMost * 100) / 100}×`, met, day, figures.join('; ')];
  return `| ${cells.join(' | ')} |`;
}

const TABLE = /^\| what \|.*\n(?:\|.*\n)*/m;
const MACHINE = /(?<=within one run, on ).*?(?=\. Postgres)/;

/** The page with newer rows in its table, measured on this machine. What is written around them stays. */
export function pageWith(page: string, newer: readonly string[], machine: string): string {
  const rows = withNewer(TABLE.exec(page)![0], newer);
  return page.replace(TABLE, () => `${tableOf(rows)}\n`).replace(MACHINE, () => machine);
}

/** The rows of an earlier table, with newer ones in place of those for the same measurement, or at the end. */
function withNewer(table: string, newer: readonly string[]): string[] {
  const rows = table.split('\n').filter((line) => line.startsWith('| ') && !HEAD.includes(line));
  for (const row of newer) {
    const at = rows.findIndex((old) => old.split(' | ')[0] === row.split(' | ')[0]);
    if (at < 0) rows.push(row);
    else rows[at] = row;
  }
  return rows;
}
