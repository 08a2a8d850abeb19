import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { dayIn } from '@ledgerpost/core';
import type { Expectation } from '../sample/draft.ts';
import { lifeGoesOn } from '../sample/life-goes-on.ts';
import { type SampleCompany, sampleCompany } from '../sample/sample-company.ts';
import type { StackAddresses } from '../stack.ts';
import type {
  BatchAnswer,
  FileAnswer,
  IntakeAnswer,
  ItemAnswer,
  PreviewAnswer,
  TargetAnswer,
  UnbatchedAnswer,
} from './answers.ts';
import { type ApiClient, ApiError, apiClient } from './api-client.ts';
import { isSent, surprisesIn } from './compare.ts';
import { count, fileTable, money, operationTable, progressLine, table } from './show.ts';

export interface DemoOptions {
  readonly seed: number;
  readonly target: string;
  /** Told apart from other runs by this. */
  readonly run: string;
  /** Where downloads go. */
  readonly folder: string;
  /** Said with the links. */
  readonly hint?: string | undefined;
}

interface Round {
  readonly batch: BatchAnswer;
  readonly items: readonly ItemAnswer[];
  readonly files: readonly FileAnswer[];
  readonly unbatched: readonly UnbatchedAnswer[];
  readonly zip?: string | undefined;
  readonly surprises: readonly string[];
}

/**
 * Shows what Ledgerpost does, over its API alone: a new sample company is batched, lives on, and is batched again.
 * Answers whether all went as it was to be expected.
 *
 * @throws ApiError if the API refuses something that it should take.
 */
export async function runDemo(stack: StackAddresses & { readonly adminKey: string }, options: DemoOptions): Promise<boolean> {
  const api = apiClient(stack.apiUrl, stack.adminKey);
  const target = await findTarget(api, options.target);
  const sample = sampleCompany({
    seed: options.seed,
    today: dayIn('America/Los_Angeles', Date.now()),
    run: options.run,
  });
  const { company } = sample;
  const path = `/v1/companies/${company.id}`;
  const folder = join(options.folder, company.id);

  console.log(`\n${company.name} (seed ${options.seed}; -- --seed ${options.seed} makes it again)`);
  await api.put(path, { name: company.name, timeZone: company.timeZone, currency: company.currency });
  await api.put(`${path}/targets/${target.id}`, sample.settings);
  const { secret: viewerKey } = await api.post<{ secret: string }>(`${path}/keys`, { name: 'demo', roles: ['viewer'] });

  console.log('\n1. What happened so far');
  await send(api, path, sample.records);
  const first = await batchAll(api, path, target, sample, folder, sample.expectations);

  console.log('\n2. Life goes on');
  const next = lifeGoesOn(sample);
  await send(api, path, next.records);
  for (const [because, times] of tally(next.expectations.map((expectation) => expectation.because))) {
    console.log(`  ${String(times).padStart(3)} × ${because}`);
  }
  const second = await batchAll(api, path, target, sample, folder, next.expectations);

  report(sample, target, stack, viewerKey, options.hint, [first, second]);
  return first.surprises.length + second.surprises.length === 0;
}

async function findTarget(api: ApiClient, id: string): Promise<TargetAnswer> {
  const { rows } = await api.get<{ rows: TargetAnswer[] }>('/v1/targets');
  const target = rows.find((one) => one.id === id);
  if (!target) throw new Error(`There is no target "${id}". Installed: ${rows.map((one) => one.id).join(', ')}.`);
  return target;
}

async function send(api: ApiClient, path: string, records: readonly unknown[]): Promise<void> {
  const intake = await api.stream<IntakeAnswer>(`${path}/records`, records);
  console.log(
    `  ${count(intake.lines)} records sent: ${count(intake.taken)} taken, ${intake.unchanged} unchanged, ${intake.refused} refused`,
  );
  for (const { line, reason } of intake.refusals) console.log(`  line ${line}: ${reason}`);
  if (intake.refused > 0) throw new Error('The API refused records that it should take.');
}

async function batchAll(
  api: ApiClient,
  path: string,
  target: TargetAnswer,
  sample: SampleCompany,
  folder: string,
  expectations: readonly Expectation[],
): Promise<Round> {
  const { currency } = sample.company;
  const preview = await api.post<PreviewAnswer>(`${path}/targets/${target.id}/batches:preview`, {});
  const previewed = Object.entries(preview.totals.operations).map(([operation, { documents }]) => `${documents} ${operation}`);
  console.log(`  previewed: ${previewed.join(', ')}; tax ${money(preview.totals.tax, currency)} ${currency}`);

  let batch = await start(api, `${path}/targets/${target.id}/batches`, preview);
  const batchPath = `${path}/batches/${batch.id}`;
  batch = await follow(api, batchPath, batch);

  const [items, { rows: files }, invoices, payments] = await Promise.all([
    api.all<ItemAnswer>(`${batchPath}/items?limit=1000`),
    api.get<{ rows: FileAnswer[] }>(`${batchPath}/files`),
    api.all<UnbatchedAnswer>(`${path}/targets/${target.id}/unbatched/invoices?limit=200`),
    api.all<UnbatchedAnswer>(`${path}/targets/${target.id}/unbatched/payments?limit=200`),
  ]);
  const unbatched = [...invoices, ...payments];
  const zip = files.some((file) => file.download) ? await download(api, batchPath, folder, batch) : undefined;
  const surprises = surprisesIn({ batch, items, unbatched }, expectations);
  console.log(
    surprises.length === 0
      ? `  all ${count(expectations.length)} records ended as they should`
      : `  ${surprises.length} surprises, see below`,
  );
  return { batch, items, files, unbatched, zip, surprises };
}

async function start(api: ApiClient, path: string, { name, digest }: PreviewAnswer): Promise<BatchAnswer> {
  try {
    return (await api.post<{ batch: BatchAnswer }>(path, { name, digest })).batch;
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'payments-without-invoices') throw error;
    console.log(`  warned: ${error.message} – acknowledged`);
    return (await api.post<{ batch: BatchAnswer }>(path, { name, digest, acknowledge: [error.code] })).batch;
  }
}

/** Asks for the next version of the batch until it has ended. */
async function follow(api: ApiClient, path: string, started: BatchAnswer): Promise<BatchAnswer> {
  const line = progressLine();
  const begun = performance.now();
  let batch = started;
  while (!batch.ended) {
    const { done, of, items } = batch.progress;
    line.show(`${batch.name}: ${batch.waiting ?? batch.state} ${of > 0 ? `${done} of ${of}` : items > 0 ? items : ''}`);
    if (batch.state === 'held' || performance.now() - begun > 300_000) {
      throw new Error(
        `The batch ${batch.name} is ${batch.state} and does not go on: ${batch.reason?.message ?? batch.waiting ?? 'no reason is given'}`,
      );
    }
    batch = await api.get<BatchAnswer>(`${path}?after=${batch.version}&wait=10`);
  }
  const seconds = Math.round(performance.now() - begun) / 1000;
  line.done(`${batch.name}: ${batch.state} after ${seconds} s${batch.reason ? ` (${batch.reason.message})` : ''}`);
  if (batch.state !== 'posted' && batch.state !== 'posted-in-part') throw new Error(`The batch ended ${batch.state}.`);
  return batch;
}

async function download(api: ApiClient, path: string, folder: string, batch: BatchAnswer): Promise<string> {
  await mkdir(folder, { recursive: true });
  const file = join(folder, `${batch.name}.zip`);
  await writeFile(file, await api.download(`${path}/download`));
  return file;
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
    console.log(files.length > 0 ? fileTable(target, batch, files, company.currency) : operationTable(batch, company.currency));
    const stopped = tally(unbatched.map((row) => reasonOf(row, items)));
    if (stopped.length > 0) {
      console.log(
        `\n  left unbatched:\n${table(
          stopped.map(([code, times]) => [count(times), code]),
          [0],
        )}`,
      );
    }
    for (const surprise of surprises) console.log(`  SURPRISE: ${surprise}`);
  }

  console.log('\nIn the API (the key reads this company alone):');
  for (const { batch } of rounds) console.log(`  curl -H 'Authorization: Bearer ${viewerKey}' ${batch.links.self}`);
  console.log(`  docs: ${stack.docsUrl}`);
  console.log('In the Temporal UI:');
  for (const { batch } of rounds) console.log(`  ${batch.links.temporal ?? '(no UI is known)'}`);
  if (hint !== undefined) console.log(hint);
  const zips = rounds.flatMap((round) => round.zip ?? []);
  if (zips.length > 0) console.log('What to load:');
  for (const zip of zips) console.log(`  ${relative(process.cwd(), zip)}`);
}

/** Why a record is left: what stops it by itself, else what the batch found wrong with it. */
function reasonOf(row: UnbatchedAnswer, items: readonly ItemAnswer[]): string {
  const item = items.find(({ record }) => record.type === row.type && record.id === row.id);
  const problems = [...row.problems, ...(item?.problems ?? [])];
  if (row.readiness === 'waiting') return 'waits-for-invoice';
  return row.reason ?? problems.find((problem) => problem.severity === 'problem')?.code ?? row.readiness;
}

/** How often each occurs, most often first. */
function tally(names: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
}
