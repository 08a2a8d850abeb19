import {
  type AnyTarget,
  type Chart,
  type Document,
  type Json,
  type Problem,
  problem,
  type ReferenceNeed,
  type ReferenceOutcome,
  type TargetContext,
} from '@ledgerpost/core';
import { documentsIn, markItems, namesOf, refuseName, type Sql, type Store, saveNames, type WorkBatch } from '@ledgerpost/store';
import { chartOf } from './chart-of.ts';
import { blockPayments, wholeBatch } from './cross-check.ts';

/** Names per question to the target: what is found or created is kept before the next are asked for. */
const NAMES_AT_ONCE = 900;

/**
 * Finds, and creates where the target may, every customer and item that the batch's documents need. Documents that use a
 * name which the target refuses end `blocked`, with its reason.
 * @throws TargetError; what was found and created so far is kept
 */
export async function prepareReferences(
  store: Store,
  target: AnyTarget,
  context: TargetContext,
  batch: WorkBatch,
): Promise<{ found: number; created: number; missing: number }> {
  if (target.delivery.by !== 'push') return { found: 0, created: 0, missing: 0 };
  const session = target.open(batch.settings, context);
  const unknown = (await namesOf(store.sql, batch.id)).filter((name) => name.externalId === null && name.details !== null);
  const needs = unknown.map(
    ({ kind, name, details }): ReferenceNeed => ({ kind, name, details: (details as { need: Json }).need }),
  );
  const counts = { found: 0, created: 0 };
  const refused = new Map<string, Problem | undefined>();

  async function keep(outcomes: readonly ReferenceOutcome[]): Promise<void> {
    const names: { kind: string; name: string; externalId: string }[] = [];
    for (const outcome of outcomes) {
      switch (outcome.status) {
        case 'found':
        case 'created':
          counts[outcome.status]++;
          names.push({ ...outcome.need, externalId: outcome.externalId });
          break;
        case 'missing':
          refused.set(keyOf(outcome.need), undefined);
          break;
        case 'refused':
          refused.set(keyOf(outcome.need), outcome.problem);
          break;
        default:
          outcome satisfies never;
      }
    }
    await saveNames(store.sql, batch.id, names);
  }

  for (let from = 0; from < needs.length; from += NAMES_AT_ONCE) {
    const sought = await target.delivery.find(session, needs.slice(from, from + NAMES_AT_ONCE));
    const missing = sought.filter((outcome) => outcome.status === 'missing').map((outcome) => outcome.need);
    await keep(sought.filter((outcome) => outcome.status !== 'missing'));
    if (missing.length > 0) await keep(await target.delivery.create(session, missing));
  }
  if (refused.size > 0) await blockUsers(store, target, batch, refused);
  return { ...counts, missing: refused.size };
}

const CHUNK = 1_000;

/** Blocks what uses a refused name, and the payments of invoices that are blocked by it. */
async function blockUsers(
  store: Store,
  target: AnyTarget,
  batch: WorkBatch,
  refused: ReadonlyMap<string, Problem | undefined>,
): Promise<void> {
  for (const [key, reason] of refused) {
    const at = key.indexOf('/');
    if (reason !== undefined) await refuseName(store.sql, batch.id, { kind: key.slice(0, at), name: key.slice(at + 1) }, reason);
  }
  const chart = await chartOf(store.sql, target, batch);
  const items = batch.plan?.items ?? 0;
  for (let fromSeq = 1; fromSeq <= items; fromSeq += CHUNK) {
    const range = { batchId: batch.id, fromSeq, toSeq: Math.min(items, fromSeq + CHUNK - 1) };
    await store.sql.begin(async (sql) => {
      const marks = (await documentsIn(sql, range, 'exported')).flatMap(({ seq, document }) => {
        const problem = blockOf(target, document, chart, batch, refused);
        return problem === undefined ? [] : [{ seq, problem }];
      });
      await markItems(sql, batch.id, 'blocked', marks);
    });
  }
  await store.sql.begin((sql: Sql) => blockPayments(sql, wholeBatch(batch.id)));
}

function blockOf(
  target: AnyTarget,
  document: Document,
  chart: Chart | undefined,
  batch: WorkBatch,
  refused: ReadonlyMap<string, Problem | undefined>,
): Problem | undefined {
  if (target.delivery.by !== 'push') return undefined;
  const need = target.delivery.needs(document, chart, batch.settings).find((one) => refused.has(keyOf(one)));
  if (need === undefined) return undefined;
  const what = need.kind === 'customer' ? 'customer' : 'product or service';
  return (
    refused.get(keyOf(need)) ??
    problem('refused-by-target', document.record, `The ${what} “${need.name}” is not in the books. Add it there, then retry.`)
  );
}

function keyOf({ kind, name }: ReferenceNeed): string {
  return `${kind}/${name}`;
}
