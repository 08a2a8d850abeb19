import { type Books, recordOf } from '../books/books.ts';
import { companyInfo } from '../entities/company.ts';
import { kinds } from '../entities/kinds.ts';
import { preferencesView } from '../entities/preferences.ts';
import { Fault, faults } from '../faults.ts';
import { runQuery } from '../query/run.ts';
import { runBatch } from './batch.ts';
import { changesSince } from './cdc.ts';
import type { Asked } from './http.ts';
import { onceOnly } from './replay.ts';
import { checkId, type Operation, write } from './write.ts';

/** What a request asks of a company's books: for troubles' aim, the log and the limits. */
export type Purpose = Operation | 'read' | 'query' | 'batch' | 'cdc' | 'unknown';

const byPath = new Map(kinds.map((kind) => [kind.name.toLowerCase(), kind]));

/** The purpose of a request, from its method, path and query. */
export function purposeOf(asked: Asked, rest: readonly string[]): Purpose {
  const [resource = ''] = rest;
  if (resource === 'query' || resource === 'batch' || resource === 'cdc') return resource;
  if (asked.method === 'GET') return 'read';
  if (asked.method !== 'POST' || byPath.get(resource) === undefined) return 'unknown';
  const operation = asked.query.get('operation');
  if (operation === 'void' || includes(asked).includes('void')) return 'void';
  if (operation === 'delete') return 'delete';
  return operation === 'update' || hasId(asked.text) ? 'update' : 'create';
}

/** How many reads a request is, as Intuit meters them: each query in a batch is one. */
export function readsIn(purpose: Purpose, text: string): number {
  if (purpose === 'read' || purpose === 'query' || purpose === 'cdc') return 1;
  if (purpose !== 'batch') return 0;
  try {
    const items = (JSON.parse(text) as { BatchItemRequest?: { Query?: unknown; CDCQuery?: unknown }[] }).BatchItemRequest ?? [];
    return items.filter(({ Query, CDCQuery }) => Query !== undefined || CDCQuery !== undefined).length;
  } catch {
    return 0;
  }
}

/** Answers a request under `/v3/company/{realm}`. The answer's members, without `time`; a Fault when refused. */
export function serveCompany(
  books: Books,
  asked: Asked,
  rest: readonly string[],
  host: string,
  batchTrouble?: (index: number) => Fault | undefined,
): Record<string, unknown> {
  const [resource = '', id, ...more] = rest;
  const refusePath = () => faults.unsupported(asked.path, host);
  const requestId = asked.query.get('requestid') ?? undefined;
  if (requestId !== undefined && requestId.length > (resource === 'batch' ? 36 : 50)) {
    throw faults.tooLong('requestid', resource === 'batch' ? 36 : 50, requestId.length);
  }
  if (more.length > 0) throw refusePath();
  if (asked.method === 'GET') {
    switch (resource) {
      case 'companyinfo':
        return { CompanyInfo: companyInfo(books) };
      case 'preferences':
        return { Preferences: preferencesView(books) };
      case 'query':
        return { QueryResponse: runQuery(books, asked.query.get('query') ?? '') };
      case 'cdc':
        return {
          CDCResponse: [
            { QueryResponse: changesSince(books, asked.query.get('entities') ?? '', asked.query.get('changedSince') ?? '') },
          ],
        };
    }
    const kind = byPath.get(resource);
    if (kind === undefined || id === undefined) throw refusePath();
    const record = recordOf(books, kind.name, id);
    if (record === undefined) {
      checkId(id);
      throw faults.notFound();
    }
    return { [kind.name]: kind.view(books, record) };
  }
  if (asked.method !== 'POST' || id !== undefined) throw refusePath();
  if (resource === 'query') return { QueryResponse: runQuery(books, asked.text) };
  const body = readJson(asked.text);
  if (resource === 'batch') return { BatchItemResponse: runBatch(books, body, requestId, includes(asked), batchTrouble) };
  const kind = byPath.get(resource);
  if (kind === undefined) throw refusePath();
  const operation = operationOf(asked, body);
  const answer = onceOnly(books, requestId, kind, [operation, body], () => {
    try {
      return { status: 200, body: { [kind.name]: write(books, kind, operation, body, { include: includes(asked) }) } };
    } catch (error) {
      if (error instanceof Fault) return { status: error.status, body: { Fault: error } };
      throw error;
    }
  });
  const fault = (answer.body as { Fault?: Fault }).Fault;
  if (fault !== undefined) throw fault;
  return answer.body as Record<string, unknown>;
}

function operationOf(asked: Asked, body: unknown): Operation {
  const operation = asked.query.get('operation');
  if (operation === 'void' || includes(asked).includes('void')) return 'void';
  if (operation === 'delete') return 'delete';
  if (operation !== null && operation !== 'update' && operation !== 'create') throw faults.operationUnsupported(operation);
  return typeof (body as { Id?: unknown } | null)?.Id === 'string' || operation === 'update' ? 'update' : 'create';
}

function includes(asked: Asked): string[] {
  return (asked.query.get('include') ?? '').split(',').filter((one) => one !== '');
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw faults.unreadable('The body is not JSON');
  }
}

function hasId(text: string): boolean {
  try {
    return (JSON.parse(text) as { Id?: unknown } | null)?.Id !== undefined;
  } catch {
    return false;
  }
}
