import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BatchState } from '@ledgerpost/core';
import type { BatchAnswer, PreviewAnswer, TargetAnswer } from './answers.ts';
import { type ApiClient, ApiError } from './api-client.ts';
import { progressLine } from './show.ts';

export async function findTarget(api: ApiClient, id: string): Promise<TargetAnswer> {
  const { rows } = await api.get<{ rows: TargetAnswer[] }>('/v1/targets');
  const target = rows.find((one) => one.id === id);
  if (!target) throw new Error(`There is no target "${id}". Installed: ${rows.map((one) => one.id).join(', ')}.`);
  return target;
}

/** Starts a batch of what the preview showed. */
export async function startBatch(api: ApiClient, path: string, { name, digest }: PreviewAnswer): Promise<BatchAnswer> {
  try {
    return (await api.post<{ batch: BatchAnswer }>(path, { name, digest })).batch;
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'payments-without-invoices') throw error;
    console.log(`  warning: ${error.message} Acknowledged.`);
    return (await api.post<{ batch: BatchAnswer }>(path, { name, digest, acknowledge: [error.code] })).batch;
  }
}

/** Asks for the next version of the batch until it has ended. */
export async function follow(
  api: ApiClient,
  path: string,
  started: BatchAnswer,
  wanted: readonly BatchState[],
): Promise<BatchAnswer> {
  const line = progressLine();
  const begun = performance.now();
  let batch = started;
  while (!batch.ended) {
    const { done, of, items } = batch.progress;
    line.show(`${batch.name}: ${batch.waiting ?? batch.state} ${of > 0 ? `${done} of ${of}` : items > 0 ? items : ''}`);
    if (batch.state === 'held' || performance.now() - begun > 300_000) {
      throw new Error(
        `The batch ${batch.name} is ${batch.state} and does not continue: ${batch.reason?.message ?? batch.waiting ?? 'no reason was given'}`,
      );
    }
    batch = await api.get<BatchAnswer>(`${path}?after=${batch.version}&wait=10`);
  }
  const seconds = Math.round(performance.now() - begun) / 1000;
  line.done(`${batch.name}: ${batch.state} after ${seconds} s${batch.reason ? ` (${batch.reason.message})` : ''}`);
  if (!wanted.includes(batch.state)) throw new Error(`The batch ended ${batch.state}.`);
  return batch;
}

/** Downloads a batch's file. Returns its path. */
export async function download(api: ApiClient, path: string, folder: string, name: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const file = join(folder, name);
  await writeFile(file, await api.download(`${path}/download`));
  return file;
}

/** Counts of each name, highest first. */
export function tally(names: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
}
