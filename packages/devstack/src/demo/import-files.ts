import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StackAddresses } from '../stack/addresses.ts';
import type { BatchAnswer, FileAnswer, ImportAnswer, ImportReportAnswer, PreviewAnswer } from './answers.ts';
import { type ApiClient, apiClient } from './api-client.ts';
import { download, findTarget, follow, startBatch } from './batch-steps.ts';
import { asked, followImport, printCheck, recognized } from './import-steps.ts';
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

/**
 * Takes a folder of exports through every step of the API: recognize, check, apply to a new company, preview, batch to SaasAnt. Prints
 * counts and sums at each.
 *
 * @throws ApiError if the API refuses something that it should accept.
 */
export async function importFiles(
  stack: () => Promise<StackAddresses & { readonly adminKey: string }>,
  options: ImportOptions,
): Promise<ImportResult> {
  const { currency, zone, from } = options;
  const names = (await readdir(from)).filter((one) => TABLES.test(one)).sort();
  if (names.length === 0) return stop([`There is no CSV or Excel file in ${from}. Put the exports of one company there.`]);
  const mappings = options.mapping === undefined ? [] : await mappingsIn(options.mapping);
  const running = await stack();
  const api = apiClient(running.apiUrl, running.adminKey);
  const path = `/v1/companies/from-${options.run}`;
  await api.put(path, { name: `Files of ${options.run}`, timeZone: zone, currency });

  console.log('\n1. Recognize');
  const { id } = await api.post<ImportAnswer>(`${path}/imports`, {});
  const at = `${path}/imports/${id}`;
  if (mappings.length > 0) await api.put(`${at}/mapping`, { mappings });
  for (const name of names) {
    await api.upload(`${at}/files/${encodeURIComponent(name)}`, createReadStream(join(from, name)));
  }
  const { looked } = await api.get<ImportAnswer>(at);
  for (const line of recognized(looked)) console.log(`  ${line}`);
  if (looked.stopping.length > 0) return stop(looked.stopping);
  if (looked.sets.length === 0) {
    return stop([`No file in ${from} was recognized. Write a mapping for its columns and pass it with --mapping FILE.`]);
  }
  await api.put(`${path}/targets/saasant`, await settingsFor(api, at, looked));

  console.log('\n2. Check');
  await api.post(`${at}:check`, {});
  const checked = await followImport(api, at, 'checking');
  if (checked.report !== null) await printCheck(api, at, checked.report, currency);
  if ((checked.report?.questions.length ?? 0) > 0) return stop(asked(checked.report!));
  if (checked.state !== 'checked') return stop([checked.reason?.message ?? 'The check did not end.']);
  if (Object.values(checked.report!.types).every((type) => type.new.records === 0)) {
    return stop(['The files make no record. Correct the rows above and start again.']);
  }

  console.log('\n3. Apply');
  await api.post(`${at}:apply`, { digest: checked.digest, acknowledge: [] });
  const applied = await followImport(api, at, 'applying');
  if (applied.state !== 'applied') return stop([applied.reason?.message ?? 'The import was not applied.']);
  const sums = checked.report!.types;
  const rows = Object.entries(applied.outcome!.types).map(([type, { new: added, changed, unchanged }]) => [
    type,
    count(added),
    count(changed),
    count(unchanged),
    money(sums[type]?.new.amount ?? 0, currency),
  ]);
  console.log(table([['record', 'new', 'changed', 'unchanged', 'sum'], ...rows], [1, 2, 3, 4]));
  return batch(api, path, options, sums);
}

async function batch(
  api: ApiClient,
  path: string,
  { currency, folder, run }: ImportOptions,
  sums: ImportReportAnswer['types'],
): Promise<ImportResult> {
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
  for (const line of notSent(ended, preview, sums, currency)) console.log(`  ${line}`);
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

/** What the files brought and the zip does not have, with the reasons: both together are what the check counted. */
export function notSent(
  { totals }: Pick<BatchAnswer, 'totals'>,
  { causes }: Pick<PreviewAnswer, 'causes'>,
  sums: ImportReportAnswer['types'],
  currency: string,
): readonly string[] {
  return (['invoice', 'creditMemo', 'payment'] as const).flatMap((type) => {
    const operation = `${type}.insert` as const;
    const { records, amount } = sums[type]?.new ?? { records: 0, amount: 0 };
    const sent = totals?.operations[operation] ?? { documents: 0, amount: 0 };
    if (records === sent.documents) return [];
    const why = causes
      .filter(({ severity, operations }) => severity === 'problem' && (operations[operation] ?? 0) > 0)
      .map(({ code, operations }) => `${count(operations[operation]!)} ${code}`);
    const rest = money(amount - sent.amount, currency);
    const reasons = why.length === 0 ? 'drafts, void ones, and those without an amount are never sent' : why.join(', ');
    return [`not in the zip: ${count(records - sent.documents)} of ${count(records)} ${type}, ${rest}: ${reasons}`];
  });
}

const TABLES = /\.(csv|tsv|txt|xlsx|xls)$/i;

/** @throws Error with a sentence for a file that is not JSON */
async function mappingsIn(file: string): Promise<readonly unknown[]> {
  try {
    return [JSON.parse(await readFile(file, 'utf8')) as unknown].flat();
  } catch (error) {
    throw new Error(`The mapping ${file} can't be read as JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function stop(reasons: readonly string[]): ImportResult {
  console.log('\nNothing was applied.');
  for (const reason of reasons) console.log(`  ${reason}`);
  return { state: 'questions' };
}

/** Names of accounts as QuickBooks creates them; taxes are called in the books what the files or the mappings call them. */
async function settingsFor(api: ApiClient, at: string, looked: ImportAnswer['looked']): Promise<unknown> {
  const { records } = await api.get<{ records: readonly { record: { tax?: { name: string } } }[] }>(`${at}/first-rows`);
  const taxes = new Set([
    ...looked.sets.flatMap(({ mapping }) => mapping.constants?.taxName ?? []),
    ...records.flatMap(({ record }) => record.tax?.name ?? []),
  ]);
  return {
    accounts: {
      income: 'Services',
      discount: 'Discounts given',
      depositTo: 'Undeposited Funds',
      refund: 'Checking',
      receivable: 'Accounts Receivable (A/R)',
    },
    taxCodes: Object.fromEntries([...taxes].map((name) => [name, name])),
  };
}
