import { type AnyTarget, type DocumentKind, numberOf, openTarget, type ReadOutcome, type TargetContext } from '@ledgerpost/core';
import {
  type AfterDocument,
  countChecked,
  type DriftCheck,
  decidedAsDeleted,
  type SeenDocument,
  type StandingDocument,
  type Store,
  saveDrifts,
  standingAmong,
  standingOfKinds,
} from '@ledgerpost/store';
import { postedItems } from '../undoing/undo-documents.ts';
import { followBookNames, keepMerges } from './follow-book-names.ts';

/** Windows overlap by this much, in milliseconds: clocks differ, and a target may report a change some time after it was made. */
const OVERLAP_MS = 10 * 60_000;
/** Documents that are read at a time: some ten requests at QuickBooks. */
const PAGE = 500;

export interface FoundChanges {
  /** All changes before this are known once the documents have been read; null: we have nothing posted there, so nothing was asked. */
  readonly through: number | null;
  /** Kinds for which the target could not name what changed: all posted documents of these kinds have to be read. */
  readonly untold: readonly DocumentKind[];
  readonly seen: Seen;
}

/** The result of a part of a check: posted documents that were read, those that newly differ, those left for the next check. */
export interface Seen {
  readonly looked: number;
  readonly found: number;
  readonly postponed: number;
}

const NOTHING: Seen = { looked: 0, found: 0, postponed: 0 };

/**
 * Asks the target what changed since the last check, keeps the names of customers and items, and reads the documents that we posted. A document that is as we posted
 * it doesn't differ, no matter who wrote it. Reads only.
 * @throws TargetError
 */
export async function findChanges(
  store: Store,
  target: AnyTarget,
  context: TargetContext,
  look: DriftCheck,
): Promise<FoundChanges> {
  if (target.readback.by !== 'target' || target.readback.changes === undefined)
    throw new Error(`The target ${target.id} doesn’t report what changed.`);
  if (look.since === null) return { through: null, untold: [], seen: NOTHING };
  const session = openTarget(target, look.settings, context);
  const [since, readAt] = [Math.max(0, look.since - OVERLAP_MS), new Date()];
  const { documents, untold, through, names } = await target.readback.changes(session, since);
  await followBookNames(store, target, session, look, { names, since, readAt });
  const reported = documents.filter(({ kind }) => !untold.includes(kind));
  let seen = NOTHING;
  for (let at = 0; at < reported.length; at += PAGE) {
    const ours = await standingAmong(store.sql, booksOf(look), reported.slice(at, at + PAGE));
    const part = await readThem(store, target, session, look, ours);
    seen = {
      looked: seen.looked + part.looked,
      found: seen.found + part.found,
      postponed: seen.postponed + part.postponed,
    };
  }
  return { through, untold, seen };
}

/**
 * Reads the next page of all posted documents of some kinds.
 * @throws TargetError
 */
export async function rereadStanding(
  store: Store,
  target: AnyTarget,
  context: TargetContext,
  look: DriftCheck,
  kinds: readonly DocumentKind[],
  after: AfterDocument | undefined,
): Promise<{ seen: Seen; next?: AfterDocument }> {
  const ours = await standingOfKinds(store.sql, booksOf(look), kinds, after, PAGE);
  const seen = await readThem(store, target, openTarget(target, look.settings, context), look, ours);
  const last = ours.at(-1);
  if (ours.length < PAGE || last === undefined) return { seen };
  const { type, id } = last.document.record;
  return { seen, next: { type, recordId: id } };
}

async function readThem(store: Store, target: AnyTarget, session: unknown, look: DriftCheck, ours: readonly StandingDocument[]) {
  if (target.readback.by !== 'target' || ours.length === 0) return NOTHING;
  const { read } = target.readback;
  // The documents belong to many batches, so their item numbers are not unique: their place in the list is.
  const items = await postedItems(
    store.sql,
    target,
    batchLike(look),
    ours.map((document, at) => ({ ...document, seq: at })),
  );
  const outcomes = ordered(target, await read(session, items), items.length);
  const resolved = await stillResolved(store, target, session, look, ours, outcomes);
  const seen = ours.map((one, at): SeenDocument => {
    const outcome = outcomes[at]!;
    const difference = outcome.status === 'same' ? {} : { problem: outcome.problem };
    const there = outcome.status === 'changed' ? { total: outcome.total, there: outcome.receipt } : {};
    return {
      postingId: Number(one.postingId),
      batchId: one.batchId,
      seq: one.seq,
      record: one.document.record,
      number: numberOf(one.document),
      externalVersion: one.externalVersion,
      status: outcome.status,
      decided: resolved.has(at),
      lastDrift: one.lastDrift,
      ...difference,
      ...there,
    };
  });
  return store.sql.begin(async (sql) => {
    await keepMerges(sql, look, outcomes);
    const counted = { looked: ours.length, ...(await saveDrifts(sql, { ...booksOf(look), by: look.by }, seen)) };
    await countChecked(sql, look.connectionId, counted);
    return counted;
  });
}

/** The places of those whose difference somebody has decided already, and that were not changed in the books since. */
async function stillResolved(
  store: Store,
  target: AnyTarget,
  session: unknown,
  look: DriftCheck,
  ours: readonly StandingDocument[],
  outcomes: readonly ReadOutcome[],
): Promise<ReadonlySet<number>> {
  const gone = ours.filter((_, at) => outcomes[at]!.status === 'gone').map(({ postingId }) => Number(postingId));
  const goneForGood = await decidedAsDeleted(store.sql, gone);
  const decided = new Set<number>();
  const asked: { at: number; version: string }[] = [];
  for (const [at, outcome] of outcomes.entries()) {
    if (outcome.status === 'gone' && goneForGood.has(Number(ours[at]!.postingId))) decided.add(at);
    const known = ours[at]!.known;
    if (known === null || known.state === 'open' || known.status !== outcome.status) continue;
    if (outcome.status === 'gone') decided.add(at);
    else if (outcome.status === 'changed' && known.version !== null) asked.push({ at, version: known.version });
    else if (outcome.status === 'changed' && known.message === outcome.problem.message && known.total === (outcome.total ?? null))
      decided.add(at);
  }
  if (asked.length === 0 || target.readback.by !== 'target') return decided;
  // Read against the version that somebody decided about: if the target calls that the same, nothing changed since. The target
  // alone knows what counts as a change.
  const items = await postedItems(
    store.sql,
    target,
    batchLike(look),
    asked.map(({ at, version }, seq) => ({ ...ours[at]!, seq, externalVersion: version })),
  );
  const again = ordered(target, await target.readback.read(session, items), items.length);
  for (const [n, { at }] of asked.entries()) if (again[n]!.status === 'same') decided.add(at);
  return decided;
}

function ordered(target: AnyTarget, outcomes: readonly ReadOutcome[], count: number): readonly ReadOutcome[] {
  const bySeq = new Map(outcomes.map((outcome) => [outcome.seq, outcome]));
  return Array.from({ length: count }, (_, seq) => {
    const outcome = bySeq.get(seq);
    if (outcome === undefined) throw new Error(`The target ${target.id} gave no answer for one of the documents.`);
    return outcome;
  });
}

function batchLike({ company, target, connectionId, settings }: DriftCheck) {
  return { company, target, connectionId, settings };
}

function booksOf({ company, target }: DriftCheck) {
  return { companyId: company.id, target };
}
