import type { AnyTarget, Chart } from '@ledgerpost/core';
import {
  documentsIn,
  type ExportRow,
  hashOf,
  type Range,
  type Sql,
  storePayloads,
  verdictsIn,
  type WorkBatch,
  writeNumbersOf,
} from '@ledgerpost/store';
import { inOnePass } from '../judging/in-one-pass.ts';

/**
 * Makes and stores the exact payload, hash and key of each ready item of a range, before anything is sent. Where the files are the
 * payload it counts what goes into them. Run it in a transaction.
 */
export async function exportDocuments(
  sql: Sql,
  target: AnyTarget,
  batch: WorkBatch,
  range: Range,
  chart: Chart | undefined,
): Promise<{ exported: number }> {
  if (inOnePass(target)) return { exported: (await verdictsIn(sql, range)).ready };
  const items = await documentsIn(sql, range, 'ready');
  const numbers = await writeNumbersOf(sql, range);
  const rows: ExportRow[] = items.map(({ seq, document }) => {
    const payload = JSON.stringify(target.export(document, chart, batch.settings));
    const payloadHash = hashOf(payload);
    return { seq, payload, payloadHash, key: keyOf(batch, document, payloadHash, numbers.get(seq) ?? '0') };
  });
  await storePayloads(sql, range, rows);
  return { exported: rows.length };
}

/**
 * The idempotency key of one write: the same write has the same key, whichever batch sends it. A definite refusal, an undo, or
 * another posting that it replaces changes the key.
 */
export function keyOf(
  batch: Pick<WorkBatch, 'connectionId'>,
  { record, operation }: { readonly record: { readonly type: string; readonly id: string }; readonly operation: string },
  payloadHash: string,
  writeNumber: string,
): string {
  return hashOf([batch.connectionId, record.type, record.id, operation, payloadHash, writeNumber].join('\n')).slice(0, 36);
}
