import { setTimeout as wait } from 'node:timers/promises';
import type { SourceRecord } from '@ledgerpost/core';
import type { Batch } from '../books/claims.ts';
import type { BatchStep } from '../story/steps.ts';
import { TAX_PERCENT } from '../story/world.ts';
import { askForCheck } from './play-drift.ts';
import { type BatchView, CALM, inDoubt, PATIENCE_MS, type Stage, statesOf } from './stage.ts';

/** Sends records as the field-service system does. */
export async function putRecords(stage: Stage, records: readonly SourceRecord[]): Promise<void> {
  if (records.length === 0) return;
  const intake = await stage.ask<{ refused: number }>(
    'POST',
    `${stage.path}/records`,
    `${records.map((one) => JSON.stringify(one)).join('\n')}\n`,
  );
  if (intake.refused > 0) throw new Error(`${intake.refused} of the drill's records were refused: ${JSON.stringify(intake)}`);
  for (const record of records) stage.records.set(`${record.type}/${record.id}`, record);
}

/** A batch, with a preview first where the step has one. */
export async function playBatch(stage: Stage, step: BatchStep): Promise<void> {
  const selection = selectionOf(stage, step.select);
  const body: Record<string, unknown> = { onProblem: step.onProblem, acknowledge: ['payments-without-invoices'], selection };
  if (step.preview) {
    const preview = await previewOf(stage, selection);
    if (preview.body.code === 'access-lost') await stage.reconnect();
    else if (preview.status === 200) body.digest = preview.body.digest;
    else stage.expectRefusal(preview, 'nothing-to-send');
  }
  await stage.underFaults(step.faults, () => startBatch(stage, 'batches', body, step));
}

/** The API answers a few previews at once, and asks others to try again: a slow machine has more of them. */
async function previewOf(stage: Stage, selection: unknown): Promise<{ status: number; body: { digest: string; code?: string } }> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const answer = await stage.stack.call<{ digest: string; code?: string }>(
      'POST',
      `${stage.path}/targets/qbo/batches:preview`,
      { selection },
    );
    if (answer.body.code !== 'too-many-previews' || Date.now() > deadline) return answer;
    await wait(1_000);
  }
}

/** Retries the newest batch, unless it was stopped before its end. */
export async function playRetry(stage: Stage): Promise<void> {
  const last = stage.batches.at(-1);
  if (last === undefined || last.items.some((item) => item.state === 'released')) return;
  await startBatch(stage, `../../batches/${last.id}/retry`, undefined, CALM);
}

/** Starts a batch and follows it until it has ended. False: there was nothing to send. */
export async function startBatch(stage: Stage, path: string, body: unknown, step: BatchStep): Promise<boolean> {
  const before = new Map(stage.records);
  const url = new URL(`${stage.path}/targets/qbo/${path}`, 'http://localhost').pathname;
  const key = `${stage.id}-${stage.batches.length + 1}`;
  const answer = await stage.askConnected<{ batch: BatchView; code?: string }>('POST', url, body, key);
  if (answer.status >= 300) {
    stage.expectRefusal(answer, 'nothing-to-send');
    stage.note('   nothing to send');
    return false;
  }
  const taxPercent = stage.script.settings.tax?.mode === 'books' ? TAX_PERCENT : undefined;
  const batch: Batch = { id: answer.body.batch.id, before, during: undefined, items: [], taxPercent };
  stage.batches.push(batch);
  stage.tally.count('batches', 'started');
  const stood = stage.standingItems();
  const end = await follow(stage, batch, step);
  batch.items = await stage.items(batch.id);
  // A later batch first finds the outcome of what an earlier one left in doubt.
  for (const earlier of stage.batches) if (earlier.items.some(inDoubt)) earlier.items = await stage.items(earlier.id);
  if (stage.isDrift) stage.findings.push(...stage.drift.wrote(stage.batches, stood));
  stage.tally.batch(end.state, batch.items);
  stage.note(`   ${end.state}${end.reason === null ? '' : ` (${end.reason.code})`}: ${statesOf(batch.items)}`);
  if (end.state === 'failed') stage.findings.push(`Batch ${batch.id} failed: ${end.reason?.code} ${end.reason?.message}`);
  return true;
}

/** In milliseconds: a batch that is still on hold so long after a person resumed it was put on hold again. */
const RELEASED_MS = 8_000;

/** Follows a batch, and does once in each state what the step has for it. */
async function follow(stage: Stage, batch: Batch, step: BatchStep): Promise<BatchView> {
  let releasedAt = 0;
  const acted = new Set<string>();
  const once = async (what: string, when: boolean, act: () => Promise<unknown>) => {
    if (!when || acted.has(what)) return;
    acted.add(what);
    await act();
  };
  return stage.until(batch.id, async (view) => {
    const now = (state: string | undefined) => state === view.state;
    await once('during', step.during !== undefined && view.state !== 'selecting', async () => {
      await putRecords(stage, step.during!);
      batch.during = new Map(stage.records);
      stage.tally.count('verbs', 'records changed during a batch');
    });
    await once('cancel', now(step.cancelIn), async () => {
      const { status } = await stage.stack.call('POST', `${stage.path}/batches/${batch.id}/cancel`);
      if (status < 300) stage.tally.count('verbs', 'canceled');
    });
    await once('kill', now(step.killIn), () => stage.killWorker(view.state));
    await once('check', now(step.checkIn), () => askForCheck(stage));
    // A resumed batch stays held until its workflow has read the order. One that is held much longer was held a second time, between
    // two polls.
    if (view.state !== 'held' || Date.now() - releasedAt > RELEASED_MS) acted.delete('release');
    await once('release', now('held'), async () => {
      await releaseHeld(stage, view, step.held);
      releasedAt = Date.now();
    });
    return view.ended;
  });
}

/** What a person does about a batch that is held. */
async function releaseHeld(stage: Stage, view: BatchView, how: BatchStep['held']): Promise<void> {
  stage.tally.count('held', view.reason?.code ?? '?');
  stage.note(`   held: ${view.reason?.code}`);
  if (how === 'cancel') {
    await stage.stack.call('POST', `${stage.path}/batches/${view.id}/cancel`);
    return;
  }
  if (view.reason?.code === 'access-lost') await stage.reconnect();
  stage.books.setLapsed(false);
  await stage.stack.call('POST', `${stage.path}/batches/${view.id}/resume`);
}

function selectionOf(stage: Stage, select: BatchStep['select']): object {
  switch (select) {
    case 'all':
      return {};
    case 'invoices':
      return { invoices: { choose: 'all' } };
    case 'half': {
      const half = (types: readonly string[]) =>
        [...stage.records.values()]
          .filter(({ type }, at) => types.includes(type) && at % 2 === 0)
          .map(({ type, id }) => ({ type, id }));
      return {
        invoices: { choose: 'ids', ids: half(['invoice', 'creditMemo']) },
        payments: { choose: 'ids', ids: half(['payment', 'refund']) },
      };
    }
    default:
      return select satisfies never;
  }
}
