import { isDeepStrictEqual } from 'node:util';
import { type AnyTarget, type BatchedRef, isBatchedType, Refusal } from '@ledgerpost/core';
import {
  type BatchView,
  batchByIdempotencyKey,
  type CauseRef,
  changedSince,
  getBatch,
  hashOf,
  insertBatch,
  itemsToRetry,
  paymentsWithoutInvoices,
  proposeName,
  refuseWhileImporting,
  type Sql,
  type Store,
  selectionCounts,
  selectsAny,
  startOf,
} from '@ledgerpost/store';
import { v7 as uuidv7 } from 'uuid';
import { needBooksForBatch } from './need-books.ts';
import { type BatchRequest, refuseEmpty } from './preview-batch.ts';

export interface StartRequest extends BatchRequest {
  /** Absent: the proposed name. */
  readonly name?: string | undefined;
  /** From a preview: if records have changed since, the start is refused with what changed. */
  readonly digest?: string | undefined;
  readonly acknowledge: readonly string[];
  readonly onProblem?: 'skip' | 'stop' | undefined;
  readonly actor: string;
  readonly idempotencyKey?: string | undefined;
  readonly retryOf?: string | undefined;
}

/**
 * Starts a batch: one row in the database. This API hands it to Temporal, or any API's sweeper does later.
 * A batch that would be on hold from its start is refused: it could send nothing, and would keep its records from any other
 * batch.
 * @throws Refusal `nothing-to-send` | `records-changed` | `payments-without-invoices` | `batch-open` | `name-taken` | `bad-name` |
 * `import-applying` |
 * `not-connected` | `access-lost` | `books-unread`
 */
export async function startBatch(
  deps: { store: Store; target: AnyTarget },
  request: StartRequest,
): Promise<{ batch: BatchView; created: boolean }> {
  const { company, companyTarget, idempotencyKey } = request;
  if (request.name !== undefined) checkName(request.name);
  const id = uuidv7();
  const before = await deps.store.sql.begin(async (sql) => {
    if (idempotencyKey !== undefined) {
      // Two starts with one key wait for each other, so that the second finds the first.
      await sql`select pg_advisory_xact_lock(hashtextextended(${`${company.id}/${idempotencyKey}`}, 7))`;
      const earlier = await batchByIdempotencyKey(sql, company.id, idempotencyKey);
      if (earlier !== undefined) {
        await checkSameRequest(sql, earlier, request);
        return earlier;
      }
    }
    await needBooksForBatch(sql, deps.target, companyTarget.connectionId);
    await refuseWhileImporting(sql, company.id);
    await checkSelection(sql, deps.target, request);
    const { policy } = companyTarget.settings;
    await insertBatch(sql, {
      id,
      companyId: company.id,
      target: deps.target.id,
      name: request.name ?? (await proposeName(sql, company.id, deps.target.id, request.today)),
      selection: request.selection,
      acknowledged: request.acknowledge,
      settings: { ...companyTarget.settings, policy: { ...policy, onProblem: request.onProblem ?? policy.onProblem } },
      settingsVersion: companyTarget.settingsVersion,
      connectionId: companyTarget.connectionId,
      digest: request.digest,
      retryOf: request.retryOf,
      idempotencyKey,
      requestHash: idempotencyKey === undefined ? undefined : hashOfRequest(request),
      startedBy: request.actor,
    });
    return undefined;
  });
  const batch = await getBatch(deps.store.sql, company.id, before ?? id);
  if (batch === undefined) throw new Error(`The batch ${before ?? id} disappeared after it was started.`);
  return { batch, created: before === undefined };
}

/** The same key with another request is a caller's mistake: the caller must not take the earlier batch for this one. @throws Refusal `key-reused` */
async function checkSameRequest(sql: Sql, batchId: string, request: StartRequest): Promise<void> {
  const earlier = await startOf(sql, batchId);
  const same =
    earlier.requestHash === null
      ? earlier.target === request.companyTarget.target &&
        (request.name === undefined || request.name === earlier.name) &&
        isDeepStrictEqual(earlier.selection, JSON.parse(JSON.stringify(request.selection)))
      : earlier.requestHash === hashOfRequest(request);
  if (!same) {
    throw new Refusal(
      'key-reused',
      `Another request used this Idempotency-Key to start the batch "${earlier.name}". Use a new key.`,
      {
        batch: { id: batchId, name: earlier.name },
      },
    );
  }
}

/** Of all that a caller can ask for, whatever the order of its members. */
function hashOfRequest({ companyTarget, name, selection, digest, acknowledge, onProblem, retryOf }: StartRequest): string {
  const asked = {
    target: companyTarget.target,
    name,
    selection,
    digest,
    acknowledge: [...acknowledge].sort(),
    onProblem,
    retryOf,
  };
  return hashOf(JSON.stringify(sorted(asked)));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => [name, sorted(member)]),
  );
}

/** @throws Refusal `nothing-to-send` | `records-changed` | `payments-without-invoices` */
async function checkSelection(
  sql: Sql,
  target: AnyTarget,
  { company, selection, digest, acknowledge }: StartRequest,
): Promise<void> {
  const operations = target.stages.flatMap((stage) => stage.operations);
  if (!(await selectsAny(sql, company.id, target.id, selection, operations)))
    refuseEmpty(target, await selectionCounts(sql, company.id, target.id, selection));
  if (digest !== undefined) {
    const { changed, refs } = await changedSince(sql, company.id, target.id, selection, digest);
    if (changed) {
      throw new Refusal('records-changed', 'Records changed since the preview. Preview again, then start with the new digest.', {
        changed: refs,
      });
    }
  }
  if (!acknowledge.includes('payments-without-invoices')) {
    const { count, pairs } = await paymentsWithoutInvoices(sql, company.id, target.id, selection);
    if (count > 0) {
      throw new Refusal(
        'payments-without-invoices',
        `${count} chosen payments belong to unbatched invoices that are not chosen. Choose the invoices too, or start with acknowledge: ["payments-without-invoices"] to send the payments unapplied.`,
        { count, pairs },
      );
    }
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused here
const ILLEGAL_IN_NAMES = /[/\\\u0000-\u001f\u007f-\u009f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

/** @throws Refusal `bad-name` */
function checkName(name: string): void {
  const length = [...name].length;
  if (length < 1 || length > 100 || ILLEGAL_IN_NAMES.test(name) || name === '.' || name === '..' || name.trim() === '') {
    throw new Refusal(
      'bad-name',
      'A batch’s name must have 1 to 100 characters, not all of them blank, without "/", "\\" or control characters.',
      { name },
    );
  }
}

/**
 * Starts a new batch of the records that an earlier one left rejected, refused or blocked, built from the records as they are
 * now. The new batch names the earlier one.
 * @throws Refusal as startBatch; `nothing-to-send` if there are none
 */
export async function retryBatch(
  deps: { store: Store; target: AnyTarget },
  {
    cause,
    ...request
  }: Omit<StartRequest, 'selection' | 'retryOf'> & {
    batchId: string;
    /** Only the records that were stopped by this; absent: all. */
    cause?: CauseRef | undefined;
  },
): Promise<{ batch: BatchView; created: boolean }> {
  const refs: BatchedRef[] = await itemsToRetry(deps.store.sql, request.batchId, cause);
  if (refs.length === 0) {
    const why = cause === undefined ? '' : ' with this problem';
    throw new Refusal('nothing-to-send', `The batch has no rejected, refused or blocked documents${why}.`);
  }
  const ids = refs.filter((ref) => isBatchedType(ref.type));
  return startBatch(deps, {
    ...request,
    retryOf: request.batchId,
    selection: {
      invoices: { choose: 'ids', ids: ids.filter((r) => r.type === 'invoice' || r.type === 'creditMemo') },
      payments: { choose: 'ids', ids: ids.filter((r) => r.type === 'payment' || r.type === 'refund') },
    },
  });
}
