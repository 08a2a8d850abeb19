import { setTimeout as wait } from 'node:timers/promises';
import type { FindingAnswer, ImportAnswer, ImportReportAnswer } from './answers.ts';
import type { ApiClient } from './api-client.ts';
import { count, money, progressLine, table } from './show.ts';

/** How many of a kind are listed; the rest is counted. */
const MOST_LISTED = 10;
const EVERY_MS = 300;

/** What each file is, a line per file, and what to know about the mappings. */
export function recognized({ files, sets }: ImportAnswer['looked']): readonly string[] {
  const lines = files.flatMap(({ file, use, mapping, role, message, headers, proposal }) => {
    const set = sets.find((one) => one.mapping.name === mapping);
    if (use === 'read' && set !== undefined)
      return [`${file}: ${set.mapping.title}, ${set.mapping.files[role!]!.title} (headers: ${set.grade})`];
    if (use !== 'unknown') return [message ?? `${file}: ${use}`];
    const about = [`${file}: not recognized, left out. Its columns: ${headers.join(', ').slice(0, 200)}`];
    if (proposal?.mapping !== undefined) {
      const answer = { extends: proposal.template, files: proposal.mapping.files };
      about.push(`${file}: to import it, check this mapping and pass it with --mapping FILE: ${JSON.stringify(answer)}`);
    } else if (proposal !== null && proposal.missing.length < 3) {
      about.push(`${file}: no column is known to mean ${proposal.missing.join(', ')}`);
    }
    return about;
  });
  return [...lines, ...sets.flatMap(({ mapping, notes }) => notes.map((note) => `note on ${mapping.title}: ${note}`))];
}

/** Waits until the import leaves the state. */
export async function followImport(api: ApiClient, at: string, state: string): Promise<ImportAnswer> {
  const line = progressLine();
  const began = performance.now();
  for (;;) {
    const now = await api.get<ImportAnswer>(at);
    if (now.state !== state) {
      line.done(`${state}: ended after ${Math.round((performance.now() - began) / 100) / 10} s`);
      return now;
    }
    const { phase = 'waiting', done = 0, of = 0, perSecond = 0 } = now.progress ?? {};
    line.show(`${state}: ${phase} ${count(done)}${of > 0 ? ` of ${count(of)}` : ''}, ${count(perSecond)} a second`);
    await wait(EVERY_MS);
  }
}

/** The report of a check, with the rows that need a person. */
export async function printCheck(api: ApiClient, at: string, report: ImportReportAnswer, currency: string): Promise<void> {
  console.log(`  rows with data: ${count(report.rows)}`);
  const rows = Object.entries(report.types).map(([type, outcomes]) => [
    type,
    count(outcomes.new.records),
    outcomes.new.amount === 0 ? '' : money(outcomes.new.amount, currency),
  ]);
  if (rows.length > 0) console.log(table([['record', 'count', 'sum'], ...rows], [1, 2]));
  for (const { file, column, stated, ours, agrees } of report.totals) {
    console.log(`  control total of ${file}, ${column}: ${stated}; ours ${ours}: ${agrees ? 'agrees' : 'DIFFERS'}`);
  }
  const toDecide = Object.values(report.types).reduce((all, type) => all + type.asked.records, 0);
  await list(api, at, 'unreadable', 'unreadable', report.unreadable);
  await list(api, at, 'held-back', 'held back', report.heldBack);
  await list(api, at, 'asked', 'to decide', toDecide);
  console.log(`  rows left out: ${count(Object.values(report.leftOut).reduce((all, one) => all + one, 0))}`);
  for (const [why, times] of Object.entries(report.leftOut)) console.log(`    ${why}: ${count(times)}`);
  for (const [code, times] of Object.entries(report.notes)) console.log(`  note ${code}: ${count(times)}`);
  for (const { name, operations, problemCounts, records, of } of report.targets) {
    const verbs = Object.entries(operations).filter(([, { documents }]) => documents > 0);
    const said = verbs.map(
      ([operation, { documents, amount }]) => `${count(documents)} ${operation} (${money(amount, currency)})`,
    );
    const problems = Object.entries(problemCounts).map(([code, times]) => `${count(times)} ${code}`);
    const part = records < of ? `, of the first ${count(records)} records` : '';
    console.log(`  at ${name}${part}: ${[...said, ...problems].join(', ') || 'nothing to send'}`);
  }
  console.log(`  questions: ${report.questions.length}`);
}

async function list(api: ApiClient, at: string, kind: string, title: string, times: number): Promise<void> {
  console.log(`  ${title}: ${count(times)}`);
  if (times === 0) return;
  const { rows } = await api.get<{ rows: readonly FindingAnswer[] }>(`${at}/findings?kind=${kind}&limit=${MOST_LISTED}`);
  for (const { file, row, column, code, message } of rows) {
    console.log(`    ${file} row ${row}${column === null ? '' : `, ${column}`}, ${code}: ${message}`);
  }
  if (times > rows.length) console.log(`    and ${count(times - rows.length)} more`);
}

/** Each question with the lines of a mapping file that answer it. */
export function asked({ questions }: ImportReportAnswer): string[] {
  return questions.map(({ key, file, column, example, choices, mapping }) => {
    const isDate = choices.some((choice) => choice !== 'point' && choice !== 'comma');
    const answer = { extends: mapping, [isDate ? 'dates' : 'numbers']: { [key]: choices[0] } };
    return `${file}, column “${column}”: “${example}” may be read as ${choices.join(' or ')}. Answer with --mapping FILE, where FILE holds ${JSON.stringify(answer)} with your choice.`;
  });
}
