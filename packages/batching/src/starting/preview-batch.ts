import {
  type AnyTarget,
  type Chart,
  type CompanyFacts,
  choices,
  type Problem,
  Refusal,
  type Selection,
  whyUntaken,
} from '@ledgerpost/core';
import {
  type BatchTotals,
  beginCancelable,
  type Cause,
  type CheckedBy,
  type CheckSeen,
  type CompanyTarget,
  ContextCache,
  causesOf,
  checkBegins,
  checkEnded,
  claimItems,
  dropOldVerdicts,
  firstReady,
  type MatchCounts,
  markItems,
  matchingOfBatch,
  type NewVerdicts,
  namesIn,
  newVerdicts,
  paymentsWithoutInvoices,
  problemsOf,
  proposeName,
  type Sql,
  type Store,
  selectionCounts,
  selectionDigest,
  selectionSql,
  storeVerdicts,
  totalsOf,
  type WorkBatch,
} from '@ledgerpost/store';
import { v7 as uuidv7 } from 'uuid';
import { chartOf } from '../judging/chart-of.ts';
import { crossCheck } from '../judging/cross-check.ts';
import { uncheckedNames } from '../judging/unchecked-names.ts';
import { freezeAndJudge } from '../selecting/freeze-documents.ts';
import { needBooksForBatch } from './need-books.ts';
import { fewAtOnce, takingTurns } from './taking-turns.ts';

export interface BatchRequest {
  readonly company: CompanyFacts;
  readonly companyTarget: CompanyTarget;
  readonly selection: Selection;
  /** The day in the company's calendar, YYYY-MM-DD: part of the proposed name. */
  readonly today: string;
  /** How many problems a preview lists at most. Absent: 200. */
  readonly problems?: number | undefined;
  /** Settings that are only tried: what the preview finds is not kept. */
  readonly isTrial?: boolean | undefined;
}

/** What a batch of this selection would send. Amounts in minor units. */
export interface Preview {
  /** Documents that would be sent, and their sums. */
  readonly totals: BatchTotals;
  /** Open documents that no batch can send now, by reason. */
  readonly notSelected: readonly {
    readonly reason: string;
    readonly documents: number;
    readonly amount: number;
    /** Of `not-taken`: why the target takes no such documents. */
    readonly sentence?: string;
  }[];
  /** The first problems, worst first. */
  readonly problems: readonly (Problem & { readonly number: string })[];
  readonly problemCounts: Readonly<Record<string, number>>;
  /** All problems by cause: those that stop documents first, then the most frequent. */
  readonly causes: readonly Cause[];
  /** To be acknowledged when the batch is started. */
  readonly warnings: readonly {
    readonly code: 'payments-without-invoices';
    readonly count: number;
    readonly pairs: readonly unknown[];
  }[];
  /** Names that the documents use at the target; missing ones would be created there. */
  readonly names: {
    readonly customers: number;
    readonly items: readonly string[];
    /** How the customers and items of all these documents stand to the books; absent where the books go by names. */
    readonly matching?: { readonly customer: MatchCounts; readonly item: MatchCounts };
  };
  readonly name: string;
  readonly digest: string;
  /** Records need attention, or no longer do, that were not known to before: lists that show it are old now. */
  readonly verdictsChanged: boolean;
}

/** Small, because the API answers others in between: what a chunk is written with is made in one go. */
const CHUNK = 250;

/** No statement of a preview runs longer than this: with room for a hundred thousand documents on a slow machine. */
const STATEMENT_MS = 30_000;

/** Of all previews of this process. */
const TURNS = takingTurns();

/** Two previews of a company alternate, chunk by chunk, so that it has the database no more than others. */
const ofCompany = fewAtOnce(1);

class Rehearsed extends Error {}

/**
 * Returns what a batch would do, without writing anything of it: the same steps as a batch up to its push, in a transaction that
 * is rolled back. Then only its verdicts are kept, which the unbatched lists show.
 * @param signal aborted when nobody waits for the preview any more: it then stops, in the middle of a statement
 * @throws Refusal `nothing-to-send` | `not-connected` | `access-lost` | `books-unread` | `preview-too-long`; the signal's reason
 */
export async function previewBatch(
  deps: { store: Store; target: AnyTarget },
  request: BatchRequest,
  signal?: AbortSignal,
): Promise<Preview> {
  let preview: Omit<Preview, 'verdictsChanged'> | undefined;
  let found: NewVerdicts = { stopped: [], cleared: [] };
  let seen: CheckSeen | undefined;
  const { isTrial = false } = request;
  const began = performance.now();
  await rehearse(deps.store, signal, async (sql) => {
    if (!isTrial && hasAll(request.selection)) seen = await checkBegins(sql, checkedBy(deps.target, request));
    const rehearsed = await rehearseBatch(sql, deps.target, request, signal);
    found = await newVerdicts(sql, rehearsed.batchId, checkedBy(deps.target, request));
    preview = rehearsed.preview;
  });
  const verdictsChanged = !isTrial && found.stopped.length + found.cleared.length > 0;
  if (verdictsChanged || seen?.isNew)
    await keepCheck(deps.store, checkedBy(deps.target, request), found, seen, performance.now() - began);
  return { ...preview!, verdictsChanged };
}

/**
 * Checks everything that is unbatched as a batch of it would, and keeps what it finds. What nobody can check now (no connection, or
 * nothing that can be sent) counts as checked until something changes.
 * @param signal aborted when the process ends: nothing is kept then
 */
export async function checkUnbatched(
  deps: { readonly store: Store; readonly target: AnyTarget },
  request: Pick<BatchRequest, 'company' | 'companyTarget'>,
  signal?: AbortSignal,
): Promise<void> {
  const by = checkedBy(deps.target, request);
  let found: NewVerdicts = { stopped: [], cleared: [] };
  let seen: CheckSeen | undefined;
  const began = performance.now();
  await rehearse(deps.store, signal, async (sql) => {
    seen = await checkBegins(sql, by);
    const { batch } = await judgeSelection(sql, deps.target, { ...request, selection: {} }, signal);
    found = await newVerdicts(sql, batch.id, by);
  }).catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
  });
  await keepCheck(deps.store, by, found, seen, performance.now() - began);
}

/** Runs `work` at one moment of the database, and rolls back what it wrote. @throws Refusal `preview-too-long`, and what it throws */
async function rehearse(store: Store, signal: AbortSignal | undefined, work: (sql: Sql) => Promise<void>): Promise<void> {
  await beginCancelable(store, { statementMs: STATEMENT_MS, signal }, async (sql) => {
    await work(sql);
    throw new Rehearsed();
  }).catch((error: unknown) => {
    if (isStatementTimeout(error))
      throw new Refusal(
        'preview-too-long',
        'The preview took too long and was stopped. Choose fewer documents, for example by date, or try again later.',
      );
    if (!(error instanceof Rehearsed)) throw error;
  });
}

/** @param seen of a check of everything */
async function keepCheck(store: Store, by: CheckedBy, found: NewVerdicts, seen: CheckSeen | undefined, tookMs: number) {
  await store.sql.begin(async (sql) => {
    await storeVerdicts(sql, by, found);
    await dropOldVerdicts(sql, by.companyId, by.target);
    if (seen !== undefined) await checkEnded(sql, by, seen, tookMs);
  });
}

/** Whose verdicts a check keeps, and under which settings. */
function checkedBy({ id: target }: AnyTarget, request: Pick<BatchRequest, 'company' | 'companyTarget'>): CheckedBy {
  return { companyId: request.company.id, target, settingsVersion: request.companyTarget.settingsVersion };
}

/** Nothing is left out, so that the check counts for all open records. */
function hasAll(selection: Selection): boolean {
  return Object.values(choices(selection)).every((choice) => {
    if (choice.choose === 'filter') return Object.keys(choice.filter).length === 0 && !choice.except?.length;
    return choice.choose === 'all' && !choice.except?.length;
  });
}

function isStatementTimeout(error: unknown): boolean {
  return (error as { readonly code?: unknown } | undefined)?.code === '57014';
}

/** The steps of a preview in the caller's transaction, which rolls them back. */
export async function rehearseBatch(
  sql: Sql,
  target: AnyTarget,
  request: BatchRequest,
  signal?: AbortSignal,
): Promise<{ batchId: string; preview: Omit<Preview, 'verdictsChanged'> }> {
  const { company, selection, today, problems: most = 200 } = request;
  const { batch, chart, counts } = await judgeSelection(sql, target, request, signal);
  const unaccompanied = await paymentsWithoutInvoices(sql, company.id, target.id, selection);
  const totals = await totalsOf(sql, batch.id);
  const first = await firstReady(sql, batch.id);
  const unchecked = uncheckedNames(totals, chart, batch.settings, first?.record);
  await markItems(
    sql,
    batch.id,
    undefined,
    unchecked.map((problem) => ({ seq: first!.seq, problem })),
  );
  const { problems, counts: problemCounts } = await problemsOf(sql, batch.id, most);
  const preview: Omit<Preview, 'verdictsChanged'> = {
    totals,
    notSelected: [...notSendable(counts), ...untakenAmong(target, counts)],
    problems,
    problemCounts,
    causes: await causesOf(sql, batch.id),
    warnings: unaccompanied.count === 0 ? [] : [{ code: 'payments-without-invoices', ...unaccompanied }],
    names: { ...(await namesIn(sql, batch.id)), ...(await matchingIn(sql, target, batch)) },
    name: await proposeName(sql, company.id, target.id, today),
    digest: await selectionDigest(sql, company.id, target.id, selection),
  };
  return { batchId: batch.id, preview };
}

/** The steps that find out which documents a batch of the selection would send: claim, freeze, judge, and compare them with each other. */
async function judgeSelection(
  sql: Sql,
  target: AnyTarget,
  { company, companyTarget, selection }: Pick<BatchRequest, 'company' | 'companyTarget' | 'selection'>,
  signal?: AbortSignal,
): Promise<{ batch: WorkBatch; chart: Chart | undefined; counts: Counts }> {
  await needBooksForBatch(sql, target, companyTarget.connectionId);
  const counts = await selectionCounts(sql, company.id, target.id, selection);
  refuseEmpty(target, counts);
  const batch: WorkBatch = {
    id: uuidv7(),
    company,
    target: target.id,
    name: '',
    state: 'selecting',
    settings: companyTarget.settings,
    connectionId: companyTarget.connectionId,
    plan: null,
    digest: null,
    startedBy: '',
    cancelRequestedBy: null,
    approvedBy: null,
    fence: 0,
    filed: null,
  };
  const { plan } = await claimItems(sql, {
    batchId: batch.id,
    companyId: company.id,
    target: target.id,
    stages: target.stages,
    selected: selectionSql(sql, company.id, target.id, selection),
    rehearsal: true,
  });
  const terms = { delivery: target.delivery.by, limits: target.limits(companyTarget.settings) };
  const cache = new ContextCache();
  const chart = await chartOf(sql, target, batch);
  for (let fromSeq = 1; fromSeq <= plan.items; fromSeq += CHUNK) {
    signal?.throwIfAborted();
    const range = { batchId: batch.id, fromSeq, toSeq: Math.min(plan.items, fromSeq + CHUNK - 1) };
    const order = { target, batch, range, terms, chart, cache, pause: () => TURNS.next() };
    await ofCompany(company.id, 0, () => freezeAndJudge(sql, order));
  }
  await crossCheck(sql, batch);
  return { batch, chart, counts };
}

async function matchingIn(sql: Sql, { delivery }: AnyTarget, { id, company, target, connectionId }: WorkBatch) {
  if (delivery.by !== 'push' || delivery.list === undefined) return {};
  return { matching: await matchingOfBatch(sql, { companyId: company.id, target, connectionId }, id) };
}

type Counts = Awaited<ReturnType<typeof selectionCounts>>;

function notSendable(counts: Counts): Preview['notSelected'] {
  return counts
    .filter((count) => !count.selected && count.readiness !== 'ready')
    .map(({ reason, documents, amount }) => ({ reason: reason ?? 'waits-for-invoice', documents, amount }));
}

/** What a batch could have, if the target took it. */
function untakenAmong(target: AnyTarget, counts: Counts): Preview['notSelected'] {
  return counts.flatMap(({ operation, selected, documents, amount }) => {
    const sentence = operation === null || !selected ? undefined : whyUntaken(target, operation);
    return sentence === undefined || documents === 0 ? [] : [{ reason: 'not-taken', documents, amount, sentence }];
  });
}

/** @throws Refusal `nothing-to-send` with the open documents that can't be sent, and why */
export function refuseEmpty(target: AnyTarget, counts: Counts): void {
  const isTaken = ({ operation }: Counts[number]) => operation === null || whyUntaken(target, operation) === undefined;
  if (counts.some((count) => count.selected && count.documents > 0 && isTaken(count))) return;
  const stopped = [...counts.filter((count) => count.documents > 0 && isTaken(count)), ...untakenAmong(target, counts)];
  throw new Refusal(
    'nothing-to-send',
    stopped.length === 0
      ? 'There are no unbatched documents in this selection.'
      : `No document in this selection can be sent: ${stopped.map((s) => `${s.documents} ${s.reason ?? 'waits-for-invoice'}`).join(', ')}.`,
    { stopped: stopped.map(({ reason, documents, amount }) => ({ reason: reason ?? 'waits-for-invoice', documents, amount })) },
  );
}
