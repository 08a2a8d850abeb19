import type { Books } from '../books/books.ts';
import type { Kind } from '../entities/kind.ts';
import { kindNamed } from '../entities/kinds.ts';
import { Fault, faults } from '../faults.ts';
import { runQuery } from '../query/run.ts';
import { changesSince } from './cdc.ts';
import { type Answer, onceOnly } from './replay.ts';
import { type Operation, write } from './write.ts';

interface Item {
  bId?: string;
  operation?: string;
  optionsData?: string;
  Query?: string;
  CDCQuery?: { Entities?: string; ChangedSince?: string };
  [entity: string]: unknown;
}

const known = ['bId', 'operation', 'optionsData', 'Query', 'CDCQuery', 'ReportQuery'];

/**
 * Carries out a batch, in series; no item sees what another makes under a temporary id, and each answers for itself.
 * Faults are inside the answer, whose status is 200. More than 30 items are fault 1040.
 */
export function runBatch(
  books: Books,
  body: unknown,
  requestId: string | undefined,
  include: readonly string[],
  /** A chance to make one item fail, by its position. */
  trouble?: (index: number) => Fault | undefined,
): Record<string, unknown>[] {
  const items = (body as { BatchItemRequest?: Item[] } | null)?.BatchItemRequest;
  if (!Array.isArray(items)) throw faults.missing('BatchItemRequest');
  if (items.length > 30) throw faults.batchTooLarge();
  const repeated = requestId !== undefined && books.switches().requestIdBatch === 'fault' && books.kept.has(`${requestId}|batch`);
  if (requestId !== undefined) {
    books.kept.set(`${requestId}|batch`, { at: books.clock.now(), body: '', answer: { status: 200, body: {} } });
  }
  return items.map((item, index) => {
    const { kind, operation } = orderOf(item);
    const key = requestId === undefined ? undefined : `${requestId}|${item.bId ?? index}`;
    // As reported: the answer has status 200, and each item fails. Whether the first attempt wrote anything makes no difference.
    if (repeated && kind !== undefined) return { ...failed(faults.unexpected()), ...bIdOf(item) };
    const carryOut = (): Answer => ({ status: 200, body: answerItem(books, item, kind, operation, include, trouble?.(index)) });
    const answer = kind === undefined ? carryOut() : onceOnly(books, key, kind, item, carryOut);
    return { ...(answer.body as object), ...bIdOf(item) };
  });
}

function answerItem(
  books: Books,
  item: Item,
  kind: Kind | undefined,
  operation: Operation | undefined,
  include: readonly string[],
  fault: Fault | undefined,
): Record<string, unknown> {
  try {
    if (fault !== undefined) throw fault;
    if (typeof item.Query === 'string') return { QueryResponse: runQuery(books, item.Query) };
    if (item.CDCQuery !== undefined) {
      const { Entities = '', ChangedSince = '' } = item.CDCQuery;
      return { CDCResponse: { QueryResponse: changesSince(books, Entities, ChangedSince) } };
    }
    if (kind === undefined || operation === undefined) throw faults.operationUnsupported(String(item.operation ?? 'Query'));
    const options = (item.optionsData ?? '').split(',');
    return { [kind.name]: write(books, kind, operation, item[kind.name], { include: [...include, ...options] }) };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return failed(error);
  }
}

function failed({ error, type }: Fault): Record<string, unknown> {
  return { Fault: { Error: [{ ...error, element: error.element ?? '' }], type } };
}

function bIdOf({ bId }: Item): { bId?: string } {
  return bId === undefined ? {} : { bId };
}

function orderOf(item: Item): { kind: Kind | undefined; operation: Operation | undefined } {
  const name = Object.keys(item).find((member) => !known.includes(member));
  const kind = name === undefined ? undefined : kindNamed(name);
  const voids = (item.optionsData ?? '').split(',').includes('void');
  switch (item.operation) {
    case 'create':
    case 'delete':
      return { kind, operation: item.operation };
    case 'update':
      return { kind, operation: voids ? 'void' : 'update' };
    case 'void':
      return { kind, operation: 'void' };
    default:
      return { kind, operation: undefined };
  }
}
