import type { AnyTarget, Call, Problem, PushOutcome } from '@ledgerpost/core';
import { documentsOf, markBroken, requestDriftCheck, type Sql, type Store, type WorkBatch } from '@ledgerpost/store';
import { booksIn, keepNames } from './books-in.ts';
import { idsSent } from './posted-ids.ts';

/** The target refused documents because a customer or item can't be used there: its link is broken from now on. */
export async function breakRefused(
  sql: Sql,
  batch: WorkBatch,
  verdicts: readonly { readonly problem: Problem }[],
): Promise<void> {
  const broken = verdicts.flatMap(({ problem }) => (problem.code === 'link-broken' ? [problem.record] : []));
  if (broken.length === 0) return;
  const { company, target, connectionId } = batch;
  const books = await booksIn(sql, batch);
  const customers = broken.flatMap(({ type, id }) => (type === 'customer' ? [id] : []));
  const items = broken.flatMap(({ type, id }) => (type === 'service' ? [`service:${id}`] : []));
  await markBroken(sql, books, 'customer', customers);
  await markBroken(sql, books, 'item', items);
  // Its documents show what became of it, for example into which one it was merged.
  await requestDriftCheck(sql, { companyId: company.id, target, connectionId, by: 'schedule' });
}

/**
 * Reads the customers and items of documents that the target refused because of one of them, so that the links know which it is.
 * @throws TargetError
 */
export async function readRefusedNames(
  desk: { readonly store: Store; readonly target: AnyTarget; readonly session: unknown; readonly batch: WorkBatch },
  call: Call,
  outcomes: readonly PushOutcome[],
): Promise<void> {
  const { store, target, session, batch } = desk;
  const seqs = outcomes.flatMap((one) => (one.status === 'refused' && one.problem.code === 'link-broken' ? [one.seq] : []));
  if (seqs.length === 0 || target.delivery.by !== 'push' || target.delivery.fetchNames === undefined) return;
  const { fetchNames } = target.delivery;
  const documents = await documentsOf(store.sql, batch.id, seqs);
  const used = seqs.flatMap((seq) => Object.entries(idsSent(target, batch, call, seq, documents.get(seq)) ?? {}));
  const books = await booksIn(store.sql, batch);
  for (const kind of ['customer', 'item'] as const) {
    const ids = [...new Set(used.flatMap(([at, id]) => (at.startsWith(`${kind}/`) ? [id] : [])))];
    if (ids.length === 0) continue;
    const readAt = new Date();
    const names = await fetchNames.call(target.delivery, session, kind, ids);
    const held = new Set(names.map(({ externalId }) => externalId));
    await keepNames(store, books, { kind, names, gone: ids.filter((id) => !held.has(id)) }, readAt);
  }
}
