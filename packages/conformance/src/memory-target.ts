import type {
  AccountingTarget,
  BooksSettings,
  Candidate,
  Document,
  DocumentKind,
  RecordRef,
  ReferenceNeed,
  ReferenceOutcome,
  UndoOutcome,
} from '@ledgerpost/core';
import { CONTRACT_VERSION, problem } from '@ledgerpost/core';
import { booksSettings } from '@ledgerpost/core/schemas';
import { z } from 'zod';
import type { MemoryBooks } from './memory-books.ts';
import { apply, CHANGED, type MemoryPayload, paymentsOf, post, takeBackOne } from './memory-posting.ts';
import { type MemorySession, request } from './memory-wire.ts';

export { type Held, type MemoryBooks, memoryBooks } from './memory-books.ts';

const KINDS = ['invoice', 'payment', 'creditMemo', 'journal'] as const satisfies readonly DocumentKind[];
const GONE = 'Someone deleted the document in the books after it was posted.';
/** So many items are taken back by one request. */
const TAKEN_AT_ONCE = 5;

interface MemorySettings extends BooksSettings {
  readonly apiKey?: string | undefined;
}
const keyed = booksSettings.extend({ apiKey: z.string().optional().meta({ secret: true }) });

/** A push target over books in memory, with every verb and every fault: for tests of the engine and of the kit. */
export function memoryTarget(books: MemoryBooks): AccountingTarget<MemorySettings, MemorySession, MemoryPayload> {
  const states: Map<string, { readonly version: number; readonly kind: DocumentKind }>[] = [];
  return {
    contract: CONTRACT_VERSION,
    id: 'memory',
    name: 'Books in memory',
    description: 'For tests: keeps what it receives, and fails on command.',
    stages: [
      { id: 'invoices', name: 'Invoices', operations: ['invoice.insert'] },
      { id: 'invoice-changes', name: 'Invoice changes', operations: ['invoice.update', 'invoice.void'] },
      { id: 'payments', name: 'Payments', operations: ['payment.insert', 'payment.update'] },
      { id: 'others', name: 'Journals and credit memos', operations: ['journal.insert', 'creditMemo.insert'] },
      { id: 'corrections', name: 'Corrections', operations: ['journal.update', 'creditMemo.update'] },
    ],
    settings: keyed as unknown as z.ZodType<MemorySettings>,
    access: { by: 'settings' },
    limits: () => ({ number: 21, refNo: 21, customerName: 500 }),
    open({ apiKey }, context) {
      books.keys.push(apiKey);
      return context;
    },
    check: async () => ({ company: 'Memory', account: 'memory' }),
    chart: { by: 'declared' },
    validate: () => [],
    export: (document) => structuredClone(document) as MemoryPayload,
    delivery: {
      by: 'push',
      itemsPerPush: 10,
      limits: { calls: { perMinute: 60_000 } },
      needs: (document) => needsOf(document, books.items),
      find: (session, needs) => request(session, books, books.nameFaults, () => needs.map((need) => find(books, need))),
      create: (session, needs) => request(session, books, books.nameFaults, () => needs.map((need) => create(books, need))),
      // Every change of these books counts as one since any instant.
      list: async function* (_, kinds) {
        for (const kind of kinds) yield { kind, names: candidatesIn(books, kind) };
      },
      fetchNames: async (_, kind, ids) => candidatesIn(books, kind).filter(({ externalId }) => ids.includes(externalId)),
      rename: async (_, names) =>
        names.map(({ kind, externalId, name }) => {
          const taken = books.names.get(`${kind}/${name}`);
          if (taken !== undefined && taken !== externalId)
            return { status: 'taken', externalId, reason: `another ${kind} has the new name.` };
          for (const [at, id] of books.names) if (id === externalId) books.names.delete(at);
          books.names.set(`${kind}/${name}`, externalId);
          return { status: 'renamed', externalId, name };
        }),
      push: async (session, call) => {
        books.calls.push(call);
        const id = `call-${books.calls.length}`;
        const outcomes = await request(session, books, books.faults, () => call.items.map((item) => post(books, call, item)), id);
        const payments = paymentsOf(call);
        const applyAll = () => {
          for (const payment of payments) apply(books, payment);
        };
        if (payments.length > 0) await request(session, books, undefined, applyAll, `${id}-applied`);
        return outcomes;
      },
    },
    readback: {
      by: 'target',
      read: (session, items) =>
        request(session, books, books.readFaults, () =>
          items.map(({ seq, record, receipt }) => {
            const held = books.held.get(receipt.externalId);
            if (held === undefined) return { status: 'gone', seq, problem: problem('changed-there', record, GONE) };
            if (`${held.version}` === receipt.externalVersion) return { status: 'same', seq };
            const now = { ...receipt, externalVersion: `${held.version}`, total: held.total };
            return {
              status: 'changed',
              seq,
              problem: problem('changed-there', record, CHANGED),
              total: held.total,
              receipt: now,
            };
          }),
        ),
      // The clock of these books counts the questions: a document has changed if it differs from that question on.
      changes: (session, since) =>
        request(session, books, books.readFaults, () => {
          const now = new Map([...books.held].map(([id, { version, document }]) => [id, { version, kind: document.kind }]));
          const through = states.push(now);
          const then = states[since - 1];
          if (then === undefined) return { documents: [], untold: KINDS, through };
          const all = [...new Map([...then, ...now])].filter(([id]) => then.get(id)?.version !== now.get(id)?.version);
          return { documents: all.map(([externalId, { kind }]) => ({ kind, externalId })), untold: [], through };
        }),
    },
    undo: {
      by: 'target',
      takeBack: async (session, items) => {
        const outcomes: UndoOutcome[] = [];
        for (let at = 0; at < items.length; at += TAKEN_AT_ONCE) {
          const some = items.slice(at, at + TAKEN_AT_ONCE);
          outcomes.push(...(await request(session, books, undefined, () => some.map((item) => takeBackOne(books, item)))));
        }
        return outcomes;
      },
    },
  };
}

function find(books: MemoryBooks, need: ReferenceNeed): ReferenceOutcome {
  const candidates = books.namesakes.get(need.name);
  if (candidates !== undefined) return { status: 'candidates', need, candidates };
  const externalId = books.names.get(`${need.kind}/${need.name}`);
  if (externalId === undefined) return { status: 'missing', need };
  return { status: 'found', need, externalId, there: candidateOf(books, need.name, externalId) };
}

function create(books: MemoryBooks, need: ReferenceNeed): ReferenceOutcome {
  const { record } = need.details as unknown as { record: RecordRef };
  if (books.refusedNames.has(need.name)) {
    const text = `The books refuse the name “${need.name}”. Correct it, then retry.`;
    return { status: 'refused', need, problem: problem('refused-by-target', record, text, 'accountingKey') };
  }
  const there = books.names.get(`${need.kind}/${need.name}`);
  if (there !== undefined) return { status: 'found', need, externalId: there };
  if (need.requestKey !== undefined) books.requestKeys.push(need.requestKey);
  const externalId = `${need.kind}-${books.created.length + 1}`;
  books.names.set(`${need.kind}/${need.name}`, externalId);
  const { account } = need.details as { readonly account?: string };
  if (account !== undefined) books.accounts.set(externalId, account);
  books.created.push(need.name);
  return { status: 'created', need, externalId };
}

function needsOf(document: Document, items: boolean): readonly ReferenceNeed[] {
  const { customer, record } = document;
  const needs: ReferenceNeed[] = [];
  if (customer !== undefined) {
    const details = { record: { type: 'customer', id: customer.id } };
    needs.push({ kind: 'customer', key: customer.id, name: customer.name, details });
  }
  if (!items || (document.kind !== 'invoice' && document.kind !== 'creditMemo')) return needs;
  const sold = new Map(document.lines.map(({ item }) => [item.key ?? item.name, item]));
  for (const { key, name, account } of sold.values()) {
    const details = { record: { ...record }, ...(account === undefined ? {} : { account }) };
    needs.push({ kind: 'item', ...(key === undefined ? {} : { key }), name, details });
  }
  return needs;
}

function candidatesIn(books: MemoryBooks, kind: ReferenceNeed['kind']): readonly Candidate[] {
  return [...books.names].flatMap(([at, id]) =>
    at.startsWith(`${kind}/`) ? [candidateOf(books, at.slice(kind.length + 1), id)] : [],
  );
}

function candidateOf(books: MemoryBooks, name: string, externalId: string): Candidate {
  const [account, mergedInto] = [books.accounts.get(externalId), books.mergedInto.get(externalId)];
  return {
    ...{ externalId, name, active: !books.inactive.has(externalId) },
    ...(account === undefined ? {} : { account }),
    ...(mergedInto === undefined ? {} : { mergedInto }),
  };
}
