import { join } from 'node:path';
import { compact } from '@ledgerpost/core';
import type { StackAddresses } from '../stack/addresses.ts';
import type { BatchAnswer, FileAnswer, IntakeAnswer, PreviewAnswer } from './answers.ts';
import { type ApiClient, apiClient } from './api-client.ts';
import { download, findTarget, follow, startBatch, tally } from './batch-steps.ts';
import { type Checked, checkFiles, countRecords } from './check-files.ts';
import { knownMappings } from './choose-mappings.ts';
import { recogniseFiles } from './recognise-files.ts';
import { count, fileTable, money, table } from './show.ts';

export interface ImportOptions {
  /** The folder with the exports. */
  readonly from: string;
  /** A JSON file with mappings of one's own. */
  readonly mapping?: string | undefined;
  /** ISO 4217. */
  readonly currency: string;
  /** IANA name. */
  readonly zone: string;
  /** Distinguishes this run from others. */
  readonly run: string;
  /** The folder for downloads. */
  readonly folder: string;
}

/** `questions`: nothing was applied; a person answers first. */
export type ImportResult = { readonly state: 'done'; readonly zip: string } | { readonly state: 'questions' | 'nothing-to-send' };

/** How many of a kind are listed; the rest is counted. */
const MOST_LISTED = 10;

/**
 * Takes a folder of exports through every step: recognise, check, apply to a new company, preview, batch to SaasAnt. Prints counts and
 * sums at each.
 *
 * @throws ApiError if the API refuses something that it should accept.
 */
export async function importFiles(
  stack: () => Promise<StackAddresses & { readonly adminKey: string }>,
  options: ImportOptions,
): Promise<ImportResult> {
  const { currency, zone, from } = options;
  console.log('\n1. Recognise');
  const { sets, lines, stopping } = await recogniseFiles(from, await knownMappings(options.mapping));
  for (const line of lines) console.log(`  ${line}`);
  for (const { known } of sets) for (const note of known.notes) console.log(`  note on ${known.mapping.title}: ${note}`);
  if (stopping.length > 0) return stop(stopping);
  if (sets.length === 0) {
    return stop([`No file in ${from} was recognised. Write a mapping for its columns and pass it with --mapping FILE.`]);
  }

  console.log('\n2. Check');
  const checked = await checkFiles(sets, { currency, zone });
  printCheck(checked, currency);
  if (checked.questions.length > 0) return stop(asked(checked));
  if (checked.records.length === 0) return stop(['The files make no record. Correct the rows above and start again.']);

  const running = await stack();
  const api = apiClient(running.apiUrl, running.adminKey);
  const path = `/v1/companies/from-${options.run}`;
  console.log('\n3. Apply');
  await api.put(path, { name: `Files of ${options.run}`, timeZone: zone, currency });
  await api.put(`${path}/targets/saasant`, settingsFor(checked));
  const intake = await api.stream<IntakeAnswer>(`${path}/records`, checked.records);
  console.log(
    `  ${count(intake.lines)} records sent: ${count(intake.taken)} accepted, ${count(intake.unchanged)} unchanged, ${count(intake.refused)} refused`,
  );
  list(intake.refusals.map(({ line, reason }) => `record ${line}: ${reason}`));
  return batch(api, path, options);
}

async function batch(api: ApiClient, path: string, { currency, folder, run }: ImportOptions): Promise<ImportResult> {
  const target = await findTarget(api, 'saasant');
  console.log('\n4. Preview');
  const preview = await api.post<PreviewAnswer>(`${path}/targets/saasant/batches:preview`, {});
  const operations = Object.entries(preview.totals.operations);
  for (const [operation, { documents, amount }] of operations) {
    console.log(`  ${count(documents)} ${operation}, ${money(amount, currency)}`);
  }
  console.log(`  tax ${money(preview.totals.tax, currency)}`);
  for (const { reason, documents, amount } of preview.notSelected) {
    console.log(`  not sent, ${reason}: ${count(documents)}, ${money(amount, currency)}`);
  }
  for (const [code, times] of Object.entries(preview.problemCounts)) console.log(`  problem ${code}: ${count(times)}`);
  if (operations.every(([, { documents }]) => documents === 0)) {
    console.log('  Nothing can be sent. Correct the problems above in the field-service system and export again.');
    return { state: 'nothing-to-send' };
  }

  console.log('\n5. Batch to SaasAnt');
  const started = await startBatch(api, `${path}/targets/saasant/batches`, preview);
  const batchPath = `${path}/batches/${started.id}`;
  const ended = await follow(api, batchPath, started, ['posted', 'posted-in-part']);
  const { rows: files } = await api.get<{ rows: FileAnswer[] }>(`${batchPath}/files`);
  console.log(fileTable(target, ended, files, currency));
  printTotals(ended, currency);
  const zip = files.find((file) => file.download);
  if (zip === undefined) return { state: 'nothing-to-send' };
  return { state: 'done', zip: await download(api, batchPath, join(folder, `from-${run}`), zip.name) };
}

function printTotals({ totals }: BatchAnswer, currency: string): void {
  for (const [operation, { documents, amount }] of Object.entries(totals?.operations ?? {})) {
    console.log(`  ${operation}: ${count(documents)} documents, ${money(amount, currency)}`);
  }
  if (totals !== null) console.log(`  tax: ${money(totals.tax, currency)}`);
}

function printCheck(
  { rows: read, records, unreadable, heldBack, notes, leftOut, totals, questions }: Checked,
  currency: string,
): void {
  console.log(`  rows with data: ${count(read)}`);
  const rows = [...countRecords(records, currency)].map(([type, { count: n, amount }]) => [
    type,
    count(n),
    amount === undefined ? '' : money(amount, currency),
  ]);
  if (rows.length > 0) console.log(table([['record', 'count', 'sum'], ...rows], [1, 2]));
  for (const { file, column, stated, ours, agrees } of totals) {
    console.log(`  control total of ${file}, ${column}: ${stated}; ours ${ours}: ${agrees ? 'agrees' : 'DIFFERS'}`);
  }
  console.log(`  unreadable: ${count(unreadable.length)}`);
  list(unreadable.map(({ file, row, column, message }) => `${file} row ${row}${column ? `, ${column}` : ''}: ${message}`));
  console.log(`  held back: ${count(heldBack.length)}`);
  list(heldBack.map(({ file, rows: of, code, message }) => `${file} row ${of[0]}, ${code}: ${message}`));
  console.log(`  rows left out: ${count(leftOut.length)}`);
  for (const [why, times] of tally(leftOut.map((row) => row.why))) console.log(`    ${why}: ${count(times)}`);
  for (const [code, times] of tally(notes.map((note) => note.code))) {
    console.log(`  note ${code}: ${count(times)}, as “${notes.find((note) => note.code === code)!.message}”`);
  }
  console.log(`  questions: ${questions.length}`);
}

/** Each question with the lines of a mapping file that answer it. */
function asked({ questions }: Checked): string[] {
  return questions.map(({ key, file, column, example, choices, mapping }) => {
    const isDate = choices.some((choice) => choice !== 'point' && choice !== 'comma');
    const answer = { extends: mapping, [isDate ? 'dates' : 'numbers']: { [key]: choices[0] } };
    return `${file}, column “${column}”: “${example}” may be read as ${choices.join(' or ')}. Answer with --mapping FILE, where FILE holds ${JSON.stringify(answer)} with your choice.`;
  });
}

function stop(reasons: readonly string[]): ImportResult {
  console.log('\nNothing was applied.');
  for (const reason of reasons) console.log(`  ${reason}`);
  return { state: 'questions' };
}

function list(lines: readonly string[]): void {
  for (const line of lines.slice(0, MOST_LISTED)) console.log(`    ${line}`);
  if (lines.length > MOST_LISTED) console.log(`    and ${count(lines.length - MOST_LISTED)} more`);
}

/** Names of accounts as QuickBooks creates them; taxes and methods are called in the books what the files call them. */
function settingsFor({ records }: Checked): unknown {
  const taxes = records.flatMap(({ tax }) => (tax as { name: string } | undefined)?.name ?? []);
  return compact<Record<string, unknown>>({
    accounts: {
      income: 'Services',
      discount: 'Discounts given',
      depositTo: 'Undeposited Funds',
      refund: 'Checking',
      receivable: 'Accounts Receivable (A/R)',
    },
    taxCodes: Object.fromEntries(taxes.map((name) => [name, name])),
  });
}
