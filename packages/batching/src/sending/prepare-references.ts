import {
  type AnyTarget,
  type Chart,
  type Document,
  type Problem,
  problem,
  type ReferenceNeed,
  type ReferenceOutcome,
  type TargetContext,
} from '@ledgerpost/core';
import {
  documentsIn,
  markItems,
  namesOf,
  type Range,
  refuseNames,
  type Sql,
  type Store,
  saveNames,
  type WorkBatch,
} from '@ledgerpost/store';
import { chartOf } from '../judging/chart-of.ts';
import { blockPayments, wholeBatch } from '../judging/cross-check.ts';

/** Names per request to the target: what is found or created is stored before the next request. */
const NAMES_AT_ONCE = 900;

/**
 * Finds every customer and item that the documents to be sent need, and creates the missing ones if the target may. Documents
 * that use a name which the target refuses become `blocked`, with its reason.
 * @param stopRequested asked before each request: true ends the work, and nothing is blocked
 * @throws TargetError; what was found and created so far is kept
 */
export async function prepareReferences(
  store: Store,
  target: AnyTarget,
  context: TargetContext,
  batch: WorkBatch,
  stopRequested: () => Promise<boolean>,
): Promise<{ found: number; created: number; missing: number; stopped: boolean }> {
  const counts = { found: 0, created: 0 };
  if (target.delivery.by !== 'push') return { ...counts, missing: 0, stopped: false };
  const session = target.open(batch.settings, context);
  const needs = await wantedNames(store, target, batch);
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
        case 'candidates': {
          const [only, ...others] = outcome.candidates;
          if (only?.active === true && others.length === 0) {
            counts.found++;
            names.push({ ...outcome.need, externalId: only.externalId });
          } else refused.set(keyOf(outcome.need), undefined);
          break;
        }
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
    if (await stopRequested()) return { ...counts, missing: refused.size, stopped: true };
    // Always look for a name before creating it: an earlier attempt may have created it before it died.
    const sought = await target.delivery.find(session, needs.slice(from, from + NAMES_AT_ONCE));
    const missing = sought.filter((outcome) => outcome.status === 'missing').map((outcome) => outcome.need);
    await keep(sought.filter((outcome) => outcome.status !== 'missing'));
    if (missing.length > 0) await keep(await target.delivery.create(session, missing));
  }
  if (refused.size > 0) await blockUsers(store, target, batch, refused);
  return { ...counts, missing: refused.size, stopped: false };
}

/** The names that the documents to be sent need and whose ids are not known yet, each once. */
async function wantedNames(store: Store, target: AnyTarget, batch: WorkBatch): Promise<readonly ReferenceNeed[]> {
  const { delivery } = target;
  if (delivery.by !== 'push') return [];
  const known = new Set(
    (await namesOf(store.sql, batch.id)).filter(({ externalId }) => externalId !== null).map((name) => keyOf(name)),
  );
  const chart = await chartOf(store.sql, target, batch);
  const wanted = new Map<string, ReferenceNeed>();
  for (const range of rangesOf(batch)) {
    for (const { document } of await documentsIn(store.sql, range, 'exported')) {
      for (const need of delivery.needs(document, chart, batch.settings)) {
        if (!known.has(keyOf(need))) wanted.set(keyOf(need), need);
      }
    }
  }
  return [...wanted.values()];
}

const CHUNK = 1_000;

/** Blocks what uses a refused name, and the payments of invoices that are blocked by it. */
async function blockUsers(
  store: Store,
  target: AnyTarget,
  batch: WorkBatch,
  refused: ReadonlyMap<string, Problem | undefined>,
): Promise<void> {
  await refuseNames(
    store.sql,
    batch.id,
    [...refused].flatMap(([key, reason]) => (reason === undefined ? [] : [{ ...nameIn(key), reason }])),
  );
  const chart = await chartOf(store.sql, target, batch);
  for (const range of rangesOf(batch)) {
    await store.sql.begin(async (sql) => {
      const items = await documentsIn(sql, range, 'exported');
      const marks = items.flatMap(({ seq, document }) =>
        reasonsOf(target, document, chart, batch, refused).map((problem) => ({ seq, problem })),
      );
      await markItems(sql, batch.id, 'blocked', marks);
    });
  }
  await store.sql.begin((sql: Sql) => blockPayments(sql, wholeBatch(batch.id), batch.settings));
}

/** Why a document can't be sent: one problem for each name that it needs and that is missing in the books. */
function reasonsOf(
  target: AnyTarget,
  document: Document,
  chart: Chart | undefined,
  batch: WorkBatch,
  refused: ReadonlyMap<string, Problem | undefined>,
): readonly Problem[] {
  if (target.delivery.by !== 'push') return [];
  const needs = target.delivery.needs(document, chart, batch.settings).filter((need) => refused.has(keyOf(need)));
  return needs.map((need) => {
    const what = need.kind === 'customer' ? 'customer' : 'product or service';
    const text = `The ${what} “${need.name}” is not in the books. Add it in the books, then retry.`;
    return refused.get(keyOf(need)) ?? problem('refused-by-target', document.record, text);
  });
}

function* rangesOf(batch: WorkBatch): Generator<Range> {
  const items = batch.plan?.items ?? 0;
  for (let fromSeq = 1; fromSeq <= items; fromSeq += CHUNK) {
    yield { batchId: batch.id, fromSeq, toSeq: Math.min(items, fromSeq + CHUNK - 1) };
  }
}

function keyOf({ kind, name }: { readonly kind: string; readonly name: string }): string {
  return `${kind}/${name}`;
}

function nameIn(key: string): { kind: string; name: string } {
  const at = key.indexOf('/');
  return { kind: key.slice(0, at), name: key.slice(at + 1) };
}
