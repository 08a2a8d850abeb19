import { type Access, type Json, type TargetContext, TargetError } from '@ledgerpost/core';
import { type Answer, type Fault, faultIn, readAnswer, supportIdIn } from './answer.ts';
import { failureOf, THROTTLE_PAUSE_MS } from './classify.ts';
import type { Body, Entity, Kind } from './entities.ts';
import { CHANGES_PER_ANSWER, ITEMS_PER_BATCH, ROWS_PER_PAGE } from './limits.ts';
import { inLists } from './query-text.ts';

/** One write inside a batch. */
export interface Order {
  /** At most 10 characters; the answer is mapped by it, never by its place. */
  readonly bId: string;
  readonly operation: 'create' | 'update' | 'void' | 'delete';
  readonly entity: Kind | 'Customer' | 'Item' | 'Class';
  readonly body: Body | Readonly<Record<string, Json | undefined>>;
}

/** QuickBooks itself answered a whole request with a fault. */
export class WholeFault extends TargetError {
  /** Of HTTP. */
  readonly status: number;
  readonly fault: Fault;

  constructor({ kind, code, message, retryAfterMs, answered }: TargetError, status: number, fault: Fault) {
    super(kind, code, message, retryAfterMs, answered);
    this.status = status;
    this.fault = fault;
  }
}

/**
 * An answer for each order, even if QuickBooks refused them all at once.
 * @param counts whether such a refusal of the whole request is an answer; others are thrown
 */
export async function answersTo(
  api: QboApi,
  orders: readonly Order[],
  requestId: string,
  counts: (refusal: WholeFault) => boolean,
): Promise<ReadonlyMap<string, OrderAnswer>> {
  try {
    return await api.batch(orders, requestId);
  } catch (error) {
    if (!(error instanceof WholeFault) || !counts(error)) throw error;
    const { fault } = error;
    return new Map(orders.map(({ bId }) => [bId, { fault }]));
  }
}

export type OrderAnswer = { readonly entity: Entity; readonly tid: string | undefined } | { readonly fault: Fault };

/** QuickBooks' API for one company, as far as we use it. No retries: a failed call is thrown for the engine to repeat. */
export interface QboApi {
  /** One record that has no id of its own: `companyinfo`, `preferences`. */
  single(path: string, member: string): Promise<Readonly<Record<string, unknown>>>;
  /** All rows of `select * from <entity> where <condition>`, over all pages, each row once. */
  rows(entity: string, condition?: string): Promise<readonly Entity[]>;
  /** The same rows, page by page. A row that moves between pages may come twice. */
  pages(entity: string, condition?: string): AsyncIterable<readonly Entity[]>;
  /** Rows whose member is one of the values, each row once. Long lists of values are split into several statements. */
  rowsIn(entity: string, member: string, values: readonly string[], also?: string): Promise<readonly Entity[]>;
  /** What changed or was deleted since an instant, at most 1,000 in all, and each once; `at` is the time of the answer by QuickBooks' clock. */
  changes(kinds: readonly ChangedKind[], since: number): Promise<Changed>;
  /** Up to 30 writes in one call; an answer for each by its bId. A missing answer is a failure. */
  batch(orders: readonly Order[], requestId?: string): Promise<ReadonlyMap<string, OrderAnswer>>;
}

export type ChangedKind = Kind | 'Customer' | 'Item';

export interface Changed {
  /** Each transaction and each name once. */
  readonly rows: readonly { readonly kind: ChangedKind; readonly id: string; readonly entity: Entity }[];
  /** Whether the answer held as many objects as an answer can, so that some may be missing. */
  readonly isFull: boolean;
  readonly at: number;
}

export function openApi(context: TargetContext): QboApi {
  async function call(method: 'GET' | 'POST', path: string, what: string, bucket: 'requests' | 'batch', body?: Sent, units = 1) {
    let access = await context.access();
    let answer = await once(context, access, method, path, what, bucket, body);
    if (answer.status === 401 && isExpired(answer)) {
      // The very same request again: with its request id, it can't be carried out twice.
      access = await context.renew(access);
      answer = await once(context, access, method, path, what, bucket, body);
    }
    // All that we read are single requests. A batch holds writes alone, and each of its items counts.
    const quota = bucket === 'batch' ? 'writes' : 'reads';
    const failure = failureOf(answer, what);
    if (failure === undefined) {
      await context.count?.(quota, units);
      return answer;
    }
    if (failure.code === 'target-throttled') {
      // If the month's reads are used up, writes still succeed: then nothing is gained by a pause.
      await context.overQuota?.(quota);
      await context.pause(failure.retryAfterMs ?? THROTTLE_PAUSE_MS);
    }
    throw answer.fault === undefined ? failure : new WholeFault(failure, answer.status, answer.fault);
  }

  async function page(statement: string, entity: string): Promise<readonly Entity[]> {
    const answer = await call('POST', 'query', `read ${entity}`, 'requests', { type: 'application/text', text: statement });
    const response = answer.body!.QueryResponse as Readonly<Record<string, unknown>> | undefined;
    if (response === undefined) throw unreadable(`read ${entity}`, answer.tid);
    return (response[entity] ?? []) as readonly Entity[];
  }

  const api: QboApi = {
    async single(path, member) {
      const answer = await call('GET', path, `read ${member}`, 'requests');
      const found = answer.body![member];
      if (typeof found !== 'object' || found === null) throw unreadable(`read ${member}`, answer.tid);
      return found as Readonly<Record<string, unknown>>;
    },
    async rows(entity, condition) {
      const rows: Entity[] = [];
      for await (const found of api.pages(entity, condition)) rows.push(...found);
      return onceEach(rows);
    },
    async *pages(entity, condition) {
      const where = condition === undefined ? '' : ` where ${condition}`;
      for (let from = 1; ; from += ROWS_PER_PAGE) {
        const statement = `select * from ${entity}${where} orderby Id startposition ${from} maxresults ${ROWS_PER_PAGE}`;
        const found = await page(statement, entity);
        yield found;
        if (found.length < ROWS_PER_PAGE) return;
      }
    },
    async rowsIn(entity, member, values, also) {
      const rows: Entity[] = [];
      for (const list of inLists(values)) {
        rows.push(...(await api.rows(entity, `${member} IN ${list}${also === undefined ? '' : ` and ${also}`}`)));
      }
      return onceEach(rows);
    },
    async changes(kinds, since) {
      // Whole seconds: the books keep times to the second.
      const from = new Date(Math.floor(since / 1_000) * 1_000).toISOString().replace('.000Z', '+00:00');
      const what = 'read changes';
      const path = `cdc?entities=${kinds.join(',')}&changedSince=${encodeURIComponent(from)}`;
      const { body, tid } = await call('GET', path, what, 'requests');
      const at = Date.parse(String(body!.time));
      const parts = (body!.CDCResponse as readonly { QueryResponse?: unknown }[] | undefined)?.[0]?.QueryResponse;
      if (!Array.isArray(parts) || Number.isNaN(at)) throw unreadable(what, tid);
      let objects = 0;
      const rows = kinds.flatMap((kind) => {
        const found = (parts as readonly Partial<Record<ChangedKind, readonly Entity[]>>[]).flatMap((part) => part[kind] ?? []);
        objects += found.length;
        return onceEach(found).map((entity) => ({ kind, id: entity.Id, entity }));
      });
      return { rows, isFull: objects >= CHANGES_PER_ANSWER, at };
    },
    async batch(orders, requestId) {
      const answers = new Map<string, OrderAnswer>();
      for (let at = 0; at < orders.length; at += ITEMS_PER_BATCH) {
        const part = orders.slice(at, at + ITEMS_PER_BATCH);
        const text = JSON.stringify({ BatchItemRequest: part.map(itemOf) });
        const query = requestId === undefined ? '' : `?requestid=${encodeURIComponent(requestId)}`;
        const what = `write ${part.length} ${part.length === 1 ? 'document' : 'documents'}`;
        const sent = { type: 'application/json', text };
        const answer = await call('POST', `batch${query}`, what, 'batch', sent, part.length);
        const responses = answer.body!.BatchItemResponse;
        if (!Array.isArray(responses)) throw unreadable(what, answer.tid);
        for (const response of responses as Readonly<Record<string, unknown>>[]) {
          const order = part.find(({ bId }) => bId === response.bId);
          if (order === undefined) continue;
          const fault = faultIn(response);
          const entity = response[order.entity] as Entity | undefined;
          if (fault !== undefined) answers.set(order.bId, { fault });
          else if (entity !== undefined) answers.set(order.bId, { entity, tid: answer.tid });
        }
        if (part.some(({ bId }) => !answers.has(bId))) {
          const support = answer.tid === undefined ? '' : ` (Intuit's id ${answer.tid})`;
          throw new TargetError(
            'transient',
            'target-unreachable',
            `QuickBooks returned no answer for some items of a batch${support}.`,
          );
        }
      }
      return answers;
    },
  };
  return api;
}

interface Sent {
  readonly type: string;
  readonly text: string;
}

/** How long a request may take. QuickBooks itself stops at 120 seconds. */
const REQUEST_TIMEOUT_MS = 130_000;
/** Which members QuickBooks returns depends on this number. QuickBooks treats lower ones as 75. */
const MINOR_VERSION = 75;

async function once(
  context: TargetContext,
  access: Access,
  method: 'GET' | 'POST',
  path: string,
  what: string,
  bucket: 'requests' | 'batch',
  sent?: Sent,
): Promise<Answer> {
  const permits: { release(): void }[] = [];
  try {
    if (bucket === 'batch') permits.push(await context.permit('batch'));
    permits.push(await context.permit('requests'));
    const write = bucket === 'batch' ? await context.beginWrite?.() : undefined;
    const url = `${companyUrl(access)}/${path}${path.includes('?') ? '&' : '?'}minorversion=${MINOR_VERSION}`;
    let response: Response;
    let text: string;
    try {
      response = await context.fetch(url, {
        method,
        headers: {
          Accept: 'application/json',
          Authorization: `Bearer ${access.token}`,
          ...(sent === undefined ? {} : { 'Content-Type': sent.type }),
        },
        ...(sent === undefined ? {} : { body: sent.text }),
        redirect: 'error',
        signal: AbortSignal.any([context.signal, AbortSignal.timeout(REQUEST_TIMEOUT_MS)]),
      });
      // Before the body, which may be cut off.
      const tid = supportIdIn(response.headers);
      if (tid !== undefined) context.trace?.(tid);
      text = await response.text();
    } catch {
      // The cause may quote headers, so it is left out. What counts is that the request may have arrived.
      context.log('warn', 'QuickBooks did not answer', { path: path.split('?')[0]!, what });
      throw new TargetError('transient', 'target-unreachable', `QuickBooks did not answer the request to ${what}.`);
    }
    const answer = readAnswer(response.status, response.headers, text);
    if (isOver(answer)) write?.answered();
    context.log(answer.status < 400 && answer.fault === undefined ? 'debug' : 'warn', 'QuickBooks answered', {
      path: path.split('?')[0]!,
      status: answer.status,
      tid: answer.tid ?? null,
      codes: answer.fault?.errors.map(({ code }) => code) ?? [],
    });
    return answer;
  } finally {
    for (const permit of permits) permit.release();
  }
}

/** Whether QuickBooks is done with the request. A gateway that gives up, with a 5xx and a page of its own, does not know that. */
function isOver({ status, fault }: Answer): boolean {
  return status < 500 || fault !== undefined;
}

/**
 * Each row once, with its newest content. Two answers may hold the same row: QuickBooks compares names without case, so two lists
 * of names can find it, and a list that changes between two pages shifts its rows.
 */
function onceEach(rows: readonly Entity[]): readonly Entity[] {
  return [...new Map(rows.map((row) => [row.Id, row])).values()];
}

function companyUrl({ apiUrl, account }: Access): string {
  const base = apiUrl.replace(/\/+$/, '');
  return `${base.endsWith('/v3/company') ? base : `${base}/v3/company`}/${encodeURIComponent(account)}`;
}

/** Codes 120 and 3100 mean that access was revoked, so a newer token would not help. */
function isExpired({ fault }: Answer): boolean {
  return fault === undefined || fault.errors.every(({ code }) => code === '3200' || code === '');
}

function itemOf({ bId, operation, entity, body }: Order) {
  switch (operation) {
    case 'void':
      return { bId, operation: 'update', optionsData: 'void', [entity]: body };
    case 'create':
    case 'update':
    case 'delete':
      return { bId, operation, [entity]: body };
    default:
      return operation satisfies never;
  }
}

function unreadable(what: string, tid: string | undefined): TargetError {
  const support = tid === undefined ? '' : ` (Intuit's id ${tid})`;
  return new TargetError('defect', 'target-defect', `QuickBooks' answer to the request to ${what} can't be read${support}.`);
}
