import type { AnyTarget, Chart } from '@ledgerpost/core';
import {
  documentsIn,
  type ExportRow,
  hashOf,
  type Range,
  type Sql,
  storePayloads,
  type WorkBatch,
  writeNumbersOf,
} from '@ledgerpost/store';

/** Makes and stores the exact payload, hash and key of each ready item of a range, before anything is sent. Run it in a transaction. */
export async function exportDocuments(
  sql: Sql,
  target: AnyTarget,
  batch: WorkBatch,
  range: Range,
  chart: Chart | undefined,
): Promise<{ exported: number }> {
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
function keyOf(
  batch: WorkBatch,
  document: { record: { type: string; id: string }; operation: string },
  payloadHash: string,
  writeNumber: string,
): string {
  return hashOf(
    [batch.connectionId, document.record.type, document.record.id, document.operation, payloadHash, writeNumber].join('\n'),
  ).slice(0, 36);
}
