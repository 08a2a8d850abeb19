import type { SourceRecord } from '@ledgerpost/core';
import { compareApplied } from '../books/compare-applied.ts';
import { compareUnapplied } from '../books/compare-unapplied.ts';
import { oneMore } from '../story/world.ts';
import { putRecords, startBatch } from './play-batch.ts';
import { CALM, inDoubt, nameOf, type Stage, stands } from './stage.ts';

const BODY = { acknowledge: ['payments-without-invoices'] };

/** Without trouble, everything that can be sent is posted; whatever is left has a reason. */
export async function settle(stage: Stage): Promise<void> {
  await sendEverything(stage);
  const items = stage.batches.flatMap((batch) => batch.items);
  for (const item of items.filter(inDoubt))
    stage.findings.push(`${nameOf(item)} is still in doubt after another batch without trouble.`);
  const standing = new Set(items.filter(stands).map(nameOf));
  const rows = await unbatchedRows(stage);
  const explained = new Set([...items.filter(({ problems }) => problems.length > 0).map(nameOf), ...rows.explained]);
  for (const [key, record] of stage.records) {
    if (!isDue(record) || standing.has(key) || explained.has(key)) continue;
    if (record.type === 'payment' && isRefunded(stage, record.id)) continue;
    stage.findings.push(`${key} is not in the books after everything was sent, and no problem explains it.`);
  }
  if (stage.isAlone || stage.isDrift)
    stage.findings.push(...compareUnapplied(stage.books, stage.batches, stage.records, rows.open, stage.hands));
  if (stage.isDrift) {
    stage.findings.push(...stage.drift.unsent(explained));
    stage.findings.push(...compareApplied(stage.books, stage.batches, stage.records, explained, stage.hands.linked));
  }
  if (stage.isAlone && stage.script.theme !== 'books apply credit automatically')
    stage.findings.push(...compareApplied(stage.books, stage.batches, stage.records, explained));
}

async function sendEverything(stage: Stage): Promise<void> {
  let sent = true;
  for (let times = 0; sent && times < 4; times++) {
    sent = await startBatch(stage, 'batches', BODY, CALM);
    if (sent && stage.batches.at(-1)!.items.every((item) => !stands(item))) sent = false;
  }
  if (!stage.batches.some(({ items }) => items.some(inDoubt))) return;
  stage.tally.count('verbs', 'one more batch to settle doubts');
  await putRecords(stage, [oneMore(`i-more-${stage.batches.length}`)]);
  await startBatch(stage, 'batches', BODY, CALM);
}

/** Records that the unbatched lists show, and those of them with a reason, a problem or something they wait for. */
async function unbatchedRows(stage: Stage): Promise<{ open: ReadonlySet<string>; explained: readonly string[] }> {
  const open = new Set<string>();
  const explained: string[] = [];
  for (const list of ['invoices', 'payments']) {
    for (let after = ''; ; ) {
      const page = await stage.ask<{
        rows: { type: string; id: string; reason: string | null; problems: unknown[]; readiness: string }[];
        next?: string;
      }>('GET', `${stage.path}/targets/qbo/unbatched/${list}?limit=200${after}`);
      for (const row of page.rows) open.add(`${row.type}/${row.id}`);
      for (const row of page.rows)
        if (row.reason !== null || row.problems.length > 0 || row.readiness === 'waiting')
          explained.push(`${row.type}/${row.id}`);
      if (page.next === undefined) break;
      after = `&after=${encodeURIComponent(page.next)}`;
    }
  }
  return { open, explained };
}

function isDue(record: SourceRecord): boolean {
  return (
    (record.type === 'invoice' && record.status === 'finalized') ||
    record.type === 'creditMemo' ||
    (record.type === 'payment' && record.status === 'received')
  );
}

function isRefunded({ records }: Stage, id: string): boolean {
  let left = 0;
  for (const record of records.values()) {
    if (record.type === 'payment' && record.id === id) left += Number(record.amount);
    if (record.type === 'refund' && record.paymentId === id) left -= Number(record.amount);
  }
  return Math.abs(left) < 0.005;
}
