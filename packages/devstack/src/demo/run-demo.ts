import { join, relative } from 'node:path';
import { dayIn } from '@ledgerpost/core';
import type { Expectation } from '../sample/draft.ts';
import { lifeGoesOn } from '../sample/life-goes-on.ts';
import { type SampleCompany, sampleCompany } from '../sample/sample-company.ts';
import { connectToSimulator } from '../servers/connect-to-simulator.ts';
import type { StackAddresses } from '../stack/addresses.ts';
import type {
  BatchAnswer,
  FileAnswer,
  IntakeAnswer,
  ItemAnswer,
  LedgerAnswer,
  PreviewAnswer,
  TargetAnswer,
  UnbatchedAnswer,
} from './answers.ts';
import { type ApiClient, apiClient } from './api-client.ts';
import { download, findTarget, follow, startBatch, tally } from './batch-steps.ts';
import { type CardAnswer, cardText, surprisesOnCard } from './card.ts';
import { isSent, surprisesIn } from './compare.ts';
import { count, fileTable, money, operationTable, table } from './show.ts';
import { makeSimulatedBooks } from './simulated-books.ts';
import { verify } from './verify.ts';
import { type BooksWatch, watchBooks } from './watch-books.ts';

export interface DemoOptions {
  readonly seed: number;
  readonly target: string;
  /** Settings of the target beside those of the sample: its address, its key. */
  readonly settings?: Readonly<Record<string, unknown>> | undefined;
  /** Distinguishes this run from others. */
  readonly run: string;
  /** The folder for downloads. */
  readonly folder: string;
  /** Number of ordinary jobs of the company. Default: a few hundred. */
  readonly jobs?: number | undefined;
  /** Printed with the links. */
  readonly hint?: string | undefined;
}

interface Round {
  readonly batch: BatchAnswer;
  readonly items: readonly ItemAnswer[];
  readonly files: readonly FileAnswer[];
  readonly unbatched: readonly UnbatchedAnswer[];
  /** The downloaded file. */
  readonly loadable?: string | undefined;
  readonly surprises: readonly string[];
}

/**
 * Shows what Ledgerpost does, through its API alone: a new sample company is batched, changes, and is batched again.
 * Returns whether everything went as expected.
 *
 * @throws ApiError if the API refuses something that it should accept.
 */
export async function runDemo(stack: StackAddresses & { readonly adminKey: string }, options: DemoOptions): Promise<boolean> {
  const api = apiClient(stack.apiUrl, stack.adminKey);
  const target = await findTarget(api, options.target);
  const pushes = target.capabilities.delivery === 'push';
  const books = pushes ? 'quickbooks-online' : 'files';
  const today = dayIn('America/Los_Angeles', Date.now());
  const sample = sampleCompany({ seed: options.seed, today, run: options.run, jobs: options.jobs, books });
  const { company } = sample;
  const path = `/v1/companies/${company.id}`;
  const folder = join(options.folder, company.id);

  console.log(`\n${company.name} (seed ${options.seed}; repeat it with -- --seed ${options.seed})`);
  await api.put(path, { name: company.name, timeZone: company.timeZone, currency: company.currency });
  await api.put(`${path}/targets/${target.id}`, { ...sample.settings, ...options.settings });
  const { secret: viewerKey } = await api.post<{ secret: string }>(`${path}/keys`, { name: 'demo', roles: ['viewer'] });

  console.log('\n1. First batch');
  await send(api, path, sample.records);
  const connected = target.id !== 'qbo' ? undefined : await connectBooks(api, path, stack, sample);
  const first = await batchAll(api, path, target, sample, folder, sample.expectations, connected?.watch);

  console.log('\n2. Records change, second batch');
  const next = lifeGoesOn(sample);
  await send(api, path, next.records);
  for (const [because, times] of tally(next.expectations.map((expectation) => expectation.because))) {
    console.log(`  ${String(times).padStart(3)} × ${because}`);
  }
  const second = await batchAll(api, path, target, sample, folder, next.expectations, connected?.watch);

  const later: string[] = [];
  if (pushes) {
    for (const { batch } of [first, second]) later.push(...(await verify(api, `${path}/batches/${batch.id}`, batch.name)));
    console.log('\n3. Undo of both batches, newest first');
    for (const { batch } of [second, first]) later.push(...(await undo(api, path, batch)));
    if (connected !== undefined) later.push(...(await connected.watch.afterUndo()));
  }

  report(sample, target, stack, viewerKey, options.hint, [first, second]);
  const others = [...(connected?.surprises ?? []), ...later];
  for (const surprise of others) console.log(`  DIFFERENCE: ${surprise}`);
  return first.surprises.length + second.surprises.length + others.length === 0;
}

/** Creates books for the company in the simulator and connects them, as a person does in a browser. */
async function connectBooks(
  api: ApiClient,
  path: string,
  stack: StackAddresses & { readonly adminKey: string },
  sample: SampleCompany,
): Promise<{ readonly watch: BooksWatch; readonly surprises: readonly string[] }> {
  const { apiUrl, adminKey, qboSimulatorUrl } = stack;
  if (qboSimulatorUrl === undefined) {
    throw new Error('The demo posts to simulated books. Unset LEDGERPOST_QBO_CLIENT_ID to start the simulator.');
  }
  const books = await makeSimulatedBooks(qboSimulatorUrl, sample);
  await connectToSimulator(apiUrl, adminKey, sample.company.id, qboSimulatorUrl, { realm: books.realm });
  console.log('\n  connected without a browser: authorize address, the simulator’s page, its books, back to the API');
  const card = await api.get<CardAnswer>(`${path}/targets/qbo/connection`);
  console.log(cardText(card));
  console.log('  (The simulator enforces QuickBooks’ limits, 40 batch calls a minute, so this takes about two minutes.)');
  const named = (wanted: string) => card.accounts.find(({ role }) => role === wanted)?.name ?? '';
  const accounts = { receivable: named('receivable'), tax: named('tax'), deposit: named('depositTo') };
  return {
    watch: await watchBooks(books, sample.company.currency, accounts),
    surprises: surprisesOnCard(card, sample, books.realm),
  };
}

/** Undoes a batch. Returns what is left in the books. */
async function undo(api: ApiClient, path: string, { id }: BatchAnswer): Promise<string[]> {
  const batchPath = `${path}/batches/${id}`;
  await api.post(`${batchPath}/undo`, {});
  const batch = await follow(api, batchPath, await api.get<BatchAnswer>(batchPath), ['undone', 'undone-in-part']);
  const items = await api.all<ItemAnswer>(`${batchPath}/items?limit=1000`);
  return items
    .filter((item) => isSent(item))
    .map(({ record, state, problems }) => {
      const why = problems.map((problem) => problem.message).join(' ');
      return `${record.type} ${record.id} is ${state} after the undo of ${batch.name}. ${why}`;
    });
}

async function send(api: ApiClient, path: string, records: readonly unknown[]): Promise<void> {
  const intake = await api.stream<IntakeAnswer>(`${path}/records`, records);
  console.log(
    `  ${count(intake.lines)} records sent: ${count(intake.taken)} accepted, ${intake.unchanged} unchanged, ${intake.refused} refused`,
  );
  for (const { line, reason } of intake.refusals) console.log(`  line ${line}: ${reason}`);
  if (intake.refused > 0) throw new Error('The API refused records that it should accept.');
}

async function batchAll(
  api: ApiClient,
  path: string,
  target: TargetAnswer,
  sample: SampleCompany,
  folder: string,
  expectations: readonly Expectation[],
  watch: BooksWatch | undefined,
): Promise<Round> {
  const { currency } = sample.company;
  const preview = await api.post<PreviewAnswer>(`${path}/targets/${target.id}/batches:preview`, {});
  const previewed = Object.entries(preview.totals.operations).map(([operation, { documents }]) => `${documents} ${operation}`);
  console.log(`  preview: ${previewed.join(', ')}; tax ${money(preview.totals.tax, currency)}`);

  let batch = await startBatch(api, `${path}/targets/${target.id}/batches`, preview);
  const batchPath = `${path}/batches/${batch.id}`;
  batch = await follow(api, batchPath, batch, ['posted', 'posted-in-part']);

  const [items, { rows: files }, invoices, payments, ledger] = await Promise.all([
    api.all<ItemAnswer>(`${batchPath}/items?limit=1000`),
    api.get<{ rows: FileAnswer[] }>(`${batchPath}/files`),
    api.all<UnbatchedAnswer>(`${path}/targets/${target.id}/unbatched/invoices?limit=200`),
    api.all<UnbatchedAnswer>(`${path}/targets/${target.id}/unbatched/payments?limit=200`),
    api.get<LedgerAnswer>(`${batchPath}/ledger`),
  ]);
  const unbatched = [...invoices, ...payments];
  const handedOut = files.find((file) => file.download);
  const loadable = handedOut && (await download(api, batchPath, folder, handedOut.name));
  const records = surprisesIn({ batch, items, unbatched }, expectations);
  const surprises = [...records, ...((await watch?.afterBatch(ledger, items)) ?? [])];
  console.log(
    surprises.length === 0
      ? `  all ${count(expectations.length)} records ended as expected`
      : `  ${surprises.length} differences, see below`,
  );
  return { batch, items, files, unbatched, loadable, surprises };
}

function report(
  { company }: SampleCompany,
  target: TargetAnswer,
  stack: StackAddresses,
  viewerKey: string,
  hint: string | undefined,
  rounds: readonly Round[],
): void {
  for (const [n, { batch, files, items, unbatched, surprises }] of rounds.entries()) {
    console.log(`\nBatch ${n + 1}: ${batch.name}, ${batch.state}, ${count(items.filter(isSent).length)} documents\n`);
    console.log(
      files.some((file) => !file.download)
        ? fileTable(target, batch, files, company.currency)
        : operationTable(batch, company.currency),
    );
    const stopped = tally(unbatched.map((row) => reasonOf(row, items)));
    if (stopped.length > 0) {
      console.log(
        `\n  still unbatched:\n${table(
          stopped.map(([code, times]) => [count(times), code]),
          [0],
        )}`,
      );
    }
    for (const surprise of surprises) console.log(`  DIFFERENCE: ${surprise}`);
  }

  console.log('\nConsole (sign in with this key, which can only read this company):');
  console.log(`  ${stack.apiUrl}/c/${company.id}`);
  console.log(`  ${viewerKey}`);
  console.log('API (with the same key):');
  for (const { batch } of rounds) console.log(`  curl -H 'Authorization: Bearer ${viewerKey}' ${batch.links.self}`);
  console.log(`  docs: ${stack.docsUrl}`);
  console.log('Temporal UI:');
  for (const { batch } of rounds) console.log(`  ${batch.links.temporal ?? '(no address known)'}`);
  if (hint !== undefined) console.log(hint);
  const files = rounds.flatMap((round) => round.loadable ?? []);
  if (files.length > 0) console.log('Files to load:');
  for (const file of files) console.log(`  ${relative(process.cwd(), file)}`);
}

/** Why a record is still unbatched: its own reason, or else the problem that the batch found. */
function reasonOf(row: UnbatchedAnswer, items: readonly ItemAnswer[]): string {
  const item = items.find(({ record }) => record.type === row.type && record.id === row.id);
  const problems = [...row.problems, ...(item?.problems ?? [])];
  if (row.readiness === 'waiting') return 'waits-for-invoice';
  return row.reason ?? problems.find((problem) => problem.severity === 'problem')?.code ?? row.readiness;
}
