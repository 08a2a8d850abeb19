import { isDeepStrictEqual } from 'node:util';
import {
  type AccountingTarget,
  amountOf,
  type BooksSettings,
  type Call,
  CONTRACT_VERSION,
  type Document,
  type ExportedItem,
  type Json,
  type Money,
  numberOf,
  type PushOutcome,
  problem,
  TargetError,
} from '@ledgerpost/core';
import { booksSettings } from '@ledgerpost/core/schemas';
import type { z } from 'zod';

/** What the books hold of one document. `version` rises with every change; a person's change is made by raising it. */
export type Held = { number: string; total: Money; version: number; document: Document };
type MemoryPayload = { readonly [member: string]: Json } & Document;
/** A fault of the next call: a reply lost after the books took it, or one that comes before. */
export type MemoryFault = 'lost-reply' | 'throttled' | 'unreachable' | 'access-lost';

/** Books to look into, and a script of what goes wrong. */
export function memoryBooks() {
  return {
    held: new Map<string, Held>(),
    /** External ids by idempotency key. */
    answers: new Map<string, string>(),
    /** Customers and items by `kind/name`. */
    names: new Map<string, string>(),
    calls: [] as Call[],
    /** One per call, in order. */
    faults: [] as MemoryFault[],
    /** Numbers that these books refuse. */
    refused: new Set<string>(),
    /** Minor units by which these books' total of a number is off ours. */
    differing: new Map<string, number>(),
  };
}
export type MemoryBooks = ReturnType<typeof memoryBooks>;

/** A push target over books in memory, with every verb and every fault, for tests of the engine and of the kit. */
export function memoryTarget(books: MemoryBooks): AccountingTarget<BooksSettings, MemoryBooks, MemoryPayload> {
  return {
    contract: CONTRACT_VERSION,
    id: 'memory',
    name: 'Books in memory',
    description: 'For tests: keeps what it is sent, and fails on command.',
    stages: [
      { id: 'invoices', name: 'Invoices', operations: ['invoice.insert'] },
      { id: 'invoice-changes', name: 'Invoice changes', operations: ['invoice.update', 'invoice.void'] },
      { id: 'payments', name: 'Payments', operations: ['payment.insert', 'payment.update'] },
      { id: 'others', name: 'Journals and credit memos', operations: ['journal.insert', 'creditMemo.insert'] },
    ],
    settings: booksSettings as z.ZodType<BooksSettings>,
    access: { by: 'settings' },
    limits: () => ({ number: 21, refNo: 21, customerName: 500 }),
    open: () => books,
    check: async () => ({ company: 'Memory' }),
    chart: { by: 'declared' },
    validate: () => [],
    export: (document) => structuredClone(document) as MemoryPayload,
    delivery: {
      by: 'push',
      itemsPerPush: 10,
      limits: { requestsPerMinute: 60_000, concurrent: 4 },
      needs: ({ customer }) => (customer ? [{ kind: 'customer', name: customer.name, details: null }] : []),
      find: async (_, needs) =>
        needs.map((need) => {
          const externalId = books.names.get(`${need.kind}/${need.name}`);
          return externalId === undefined ? { status: 'missing', need } : { status: 'found', need, externalId };
        }),
      create: async (_, needs) =>
        needs.map((need) => {
          const externalId = books.names.get(`${need.kind}/${need.name}`) ?? `${need.kind}-${books.names.size + 1}`;
          books.names.set(`${need.kind}/${need.name}`, externalId);
          return { status: 'created', need, externalId };
        }),
      push: async (_, call) => {
        books.calls.push(call);
        const fault = books.faults.shift();
        if (fault === 'throttled') throw new TargetError('transient', 'target-throttled', 'Too many requests.', 1000);
        if (fault === 'unreachable') throw new TargetError('transient', 'target-unreachable', 'The books do not answer.');
        if (fault === 'access-lost') throw new TargetError('access', 'access-lost', 'The books do not let us in any more.');
        const outcomes = call.items.map((item) => post(books, item));
        if (fault === 'lost-reply') throw new TargetError('transient', 'target-unreachable', 'The reply was lost.');
        return outcomes;
      },
    },
    undo: {
      by: 'target',
      takeBack: async (_, items) =>
        items.map(({ seq, record, receipt, former }) => {
          const held = books.held.get(receipt.externalId);
          const there = held && `${held.version}`;
          if (!held || (former && isDeepStrictEqual(held.document, former.document)))
            return { status: 'gone', seq, externalVersion: there! };
          if (there !== receipt.externalVersion)
            return { status: 'left', seq, problem: problem('changed-there', record, CHANGED) };
          if (former) keep(books, receipt.externalId, former.document, held.version + 1);
          else books.held.delete(receipt.externalId);
          return former ? { status: 'undone', seq, externalVersion: `${held.version + 1}` } : { status: 'undone', seq };
        }),
    },
  };
}

const CHANGED = 'A person changed it in the books since; look at it there.';

function post(books: MemoryBooks, { seq, key, record, payload, former }: ExportedItem<MemoryPayload>): PushOutcome {
  const number = numberOf(payload);
  const known = books.answers.get(key);
  if (known !== undefined && books.held.has(known)) return { status: 'existed', seq, receipt: receiptOf(books, known) };
  if (books.refused.has(number))
    return { status: 'refused', seq, problem: problem('refused-by-target', record, `The books refuse ${number}.`) };
  const held = former && books.held.get(former.externalId);
  if (former && `${held?.version}` !== former.externalVersion)
    return { status: 'conflict', seq, externalId: former.externalId, problem: problem('changed-there', record, CHANGED) };
  const externalId = former?.externalId ?? `${record.type}-${books.answers.size + 1}`;
  books.answers.set(key, externalId);
  keep(books, externalId, payload, (held?.version ?? 0) + 1);
  return { status: 'created', seq, receipt: receiptOf(books, externalId) };
}

function keep(books: MemoryBooks, externalId: string, document: Document, version: number) {
  const number = numberOf(document);
  books.held.set(externalId, {
    number,
    total: (amountOf(document) + (books.differing.get(number) ?? 0)) as Money,
    version,
    document,
  });
}

function receiptOf(books: MemoryBooks, externalId: string) {
  const { number, total, version } = books.held.get(externalId)!;
  return { externalId, externalVersion: `${version}`, number, total };
}
