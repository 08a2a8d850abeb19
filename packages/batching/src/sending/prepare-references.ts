import {
  type AnyTarget,
  type Chart,
  type Document,
  openTarget,
  type Problem,
  problem,
  type ReferenceNeed,
  type TargetContext,
} from '@ledgerpost/core';
import {
  documentsIn,
  markItems,
  type NameId,
  namesOf,
  type Range,
  refuseNames,
  type Sql,
  type Store,
  saveNames,
  type WorkBatch,
  wholeBatch,
} from '@ledgerpost/store';
import { chartOf } from '../judging/chart-of.ts';
import { blockPayments } from '../judging/cross-check.ts';
import { type Settled, settleNames } from '../linking/settle-names.ts';

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
  const session = openTarget(target, batch.settings, context);
  const needs = await wantedNames(store, target, batch);
  const refused = new Map<string, Problem | undefined>();
  const notices = new Map<string, Problem>();

  async function keep(settled: readonly Settled[]): Promise<void> {
    const names: NameId[] = [];
    for (const one of settled) {
      if ('externalId' in one) {
        counts[one.created ? 'created' : 'found']++;
        // The need may have another name than the documents: one that can be told apart there.
        for (const name of needs.get(keyOf(one.need))?.names ?? [one.need.name])
          names.push({ kind: one.need.kind, key: one.need.key, name, externalId: one.externalId });
        if (one.notice !== undefined) notices.set(keyOf(one.need), one.notice);
      } else refused.set(keyOf(one.need), one.problem);
    }
    await saveNames(store.sql, batch.id, names);
  }

  const all = [...needs.values()].map(({ need }) => need);
  const { stopped } = await settleNames(store, target, session, batch, all, { stopRequested, keep });
  if (stopped) return { ...counts, missing: refused.size, stopped };
  if (notices.size > 0) await markFirst(store, target, batch, notices);
  if (refused.size > 0) await blockUsers(store, target, batch, refused, needs);
  return { ...counts, missing: refused.size, stopped: false };
}

interface Wanted {
  readonly need: ReferenceNeed;
  /** The names that documents of the batch have for it: more than one, if it was renamed while they were frozen. */
  readonly names: Set<string>;
}

/** The names that the documents to be sent need and whose ids are not known yet, each once. */
async function wantedNames(store: Store, target: AnyTarget, batch: WorkBatch): Promise<ReadonlyMap<string, Wanted>> {
  const { delivery } = target;
  const wanted = new Map<string, Wanted>();
  if (delivery.by !== 'push') return wanted;
  const named = (await namesOf(store.sql, batch.id)).filter(({ externalId }) => externalId !== null);
  const known = new Set(named.map(({ kind, key, name }) => `${kind}/${key === '' ? 'name' : 'key'}/${key === '' ? name : key}`));
  const isKnown = ({ kind, key, name }: ReferenceNeed) =>
    known.has(`${kind}/name/${name}`) || (key !== undefined && known.has(`${kind}/key/${key}`));
  const chart = await chartOf(store.sql, target, batch);
  for (const range of rangesOf(batch)) {
    for (const { document } of await documentsIn(store.sql, range, 'exported')) {
      for (const need of delivery.needs(document, chart, batch.settings)) {
        const key = keyOf(need);
        if (isKnown(need)) continue;
        const before = wanted.get(key);
        if (before === undefined) wanted.set(key, { need, names: new Set([need.name]) });
        else before.names.add(need.name);
      }
    }
  }
  return wanted;
}

const CHUNK = 1_000;

/** Blocks what uses a refused name, and the payments of invoices that are blocked by it. */
async function blockUsers(
  store: Store,
  target: AnyTarget,
  batch: WorkBatch,
  refused: ReadonlyMap<string, Problem | undefined>,
  needs: ReadonlyMap<string, Wanted>,
): Promise<void> {
  await refuseNames(
    store.sql,
    batch.id,
    [...refused].flatMap(([at, reason]) => {
      const wanted = needs.get(at);
      if (reason === undefined || wanted === undefined) return [];
      return [...wanted.names].map((name) => ({ kind: wanted.need.kind, key: wanted.need.key, name, reason }));
    }),
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

/** Tells about names on the first document of each. */
async function markFirst(
  store: Store,
  target: AnyTarget,
  batch: WorkBatch,
  notices: ReadonlyMap<string, Problem>,
): Promise<void> {
  const { delivery } = target;
  if (delivery.by !== 'push') return;
  const left = new Map(notices);
  const chart = await chartOf(store.sql, target, batch);
  for (const range of rangesOf(batch)) {
    if (left.size === 0) return;
    const marks = (await documentsIn(store.sql, range, 'exported')).flatMap(({ seq, document }) =>
      delivery.needs(document, chart, batch.settings).flatMap((need) => {
        const problem = left.get(keyOf(need));
        left.delete(keyOf(need));
        return problem === undefined ? [] : [{ seq, problem }];
      }),
    );
    await markItems(store.sql, batch.id, undefined, marks);
  }
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

function keyOf({ kind, key, name }: { readonly kind: string; readonly key?: string; readonly name: string }): string {
  return `${kind}/${key ?? name}`;
}
