import { isDeepStrictEqual } from 'node:util';
import type {
  AccountingTarget,
  BooksSettings,
  Candidate,
  Document,
  DocumentKind,
  ExportedItem,
  Json,
  Money,
  RecordRef,
  ReferenceNeed,
  ReferenceOutcome,
  TargetContext,
} from '@ledgerpost/core';
import { amountOf, CONTRACT_VERSION, numberOf, type PushOutcome, problem, type Receipt } from '@ledgerpost/core';
import { booksSettings } from '@ledgerpost/core/schemas';
import type { z } from 'zod';

import { FAULTS, type MemoryBooks } from './memory-books.ts';

export { type Held, type MemoryBooks, memoryBooks } from './memory-books.ts';

type MemoryPayload = { readonly [member: string]: Json } & Document;

const KINDS = ['invoice', 'payment', 'creditMemo', 'journal'] as const satisfies readonly DocumentKind[];
const UNKNOWN = 'The former content was not kept. Correct the document in the books.';
const GONE = 'Someone deleted the document in the books after it was posted.';
const CHANGED = 'Someone changed the document in the books after it was posted. Check it there.';

/** A push target over books in memory, with every verb and every fault: for tests of the engine and of the kit. */
export function memoryTarget(
  books: MemoryBooks,
): AccountingTarget<
  BooksSettings,
  Pick<TargetContext, 'connectionId' | 'trace'> & Partial<Pick<TargetContext, 'pause'>>,
  MemoryPayload
> {
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
    settings: booksSettings as z.ZodType<BooksSettings>,
    access: { by: 'settings' },
    limits: () => ({ number: 21, refNo: 21, customerName: 500 }),
    open: (_, context) => context,
    check: async () => ({ company: 'Memory' }),
    chart: { by: 'declared' },
    validate: () => [],
    export: (document) => structuredClone(document) as MemoryPayload,
    delivery: {
      by: 'push',
      itemsPerPush: 10,
      limits: { calls: { perMinute: 60_000 } },
      needs: (document) => needsOf(document, books.items),
      find: async (_, needs) => {
        fail(books.nameFaults.shift());
        return needs.map((need) => {
          const candidates = books.namesakes.get(need.name);
          if (candidates !== undefined) return { status: 'candidates', need, candidates };
          const externalId = books.names.get(`${need.kind}/${need.name}`);
          if (externalId === undefined) return { status: 'missing', need };
          return { status: 'found', need, externalId, there: candidateOf(books, need.name, externalId) };
        });
      },
      create: async (_, needs) => {
        const fault = books.nameFaults.shift();
        if (fault !== 'lost-reply') fail(fault);
        const outcomes = needs.map((need) => create(books, need));
        fail(fault);
        return outcomes;
      },
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
      push: async ({ trace, pause }, call) => {
        books.calls.push(call);
        trace?.(`call-${books.calls.length}`);
        const fault = books.faults.shift() ?? 'none';
        if (fault === 'throttled') await pause?.(FAULTS.throttled().retryAfterMs!);
        const outcomes = fault === 'none' || fault === 'lost-reply' ? call.items.map((item) => post(books, item)) : [];
        fail(fault);
        return outcomes;
      },
    },
    readback: {
      by: 'target',
      read: async (_, items) => {
        fail(books.readFaults.shift());
        return items.map(({ seq, record, receipt }) => {
          const held = books.held.get(receipt.externalId);
          if (`${held?.version}` === receipt.externalVersion) return { status: 'same', seq };
          if (held === undefined) return { status: 'gone', seq, problem: problem('changed-there', record, GONE) };
          const now = { ...receipt, externalVersion: `${held.version}`, total: held.total };
          return { status: 'changed', seq, problem: problem('changed-there', record, CHANGED), total: held.total, receipt: now };
        });
      },
      // The clock of these books counts the questions: a document has changed if it differs from that question on.
      changes: async (_, since) => {
        fail(books.readFaults.shift());
        const now = new Map([...books.held].map(([id, { version, document }]) => [id, { version, kind: document.kind }]));
        const through = states.push(now);
        const then = states[since - 1];
        if (then === undefined) return { documents: [], untold: KINDS, through };
        const all = [...new Map([...then, ...now])].filter(([id]) => then.get(id)?.version !== now.get(id)?.version);
        return { documents: all.map(([externalId, { kind }]) => ({ kind, externalId })), untold: [], through };
      },
    },
    undo: {
      by: 'target',
      takeBack: async (_, items) =>
        items.map(({ seq, record, operation, receipt: { externalId, externalVersion }, former }) => {
          const held = books.held.get(externalId);
          if (!held || (former && isDeepStrictEqual(held.document, former.document))) return { status: 'gone', seq };
          if (`${held.version}` !== externalVersion)
            return { status: 'left', seq, problem: problem('changed-there', record, CHANGED) };
          if (!former && !operation.endsWith('.insert'))
            return { status: 'left', seq, problem: problem('refused-by-target', record, UNKNOWN) };
          if (former)
            return { status: 'undone', seq, externalVersion: keep(books, externalId, former.document).externalVersion! };
          return books.held.delete(externalId) ? { status: 'undone', seq } : { status: 'gone', seq };
        }),
    },
  };
}

function post(books: MemoryBooks, { seq, key, record, payload, former }: ExportedItem<MemoryPayload>): PushOutcome {
  const answer = books.answers.get(key);
  if (answer) return { status: 'existed', seq, receipt: answer };
  if (books.refused.has(numberOf(payload)))
    return { status: 'refused', seq, problem: problem('refused-by-target', record, `The books refuse ${numberOf(payload)}.`) };
  if (former && `${books.held.get(former.externalId)?.version}` !== former.externalVersion)
    return { status: 'conflict', seq, externalId: former.externalId, problem: problem('changed-there', record, CHANGED) };
  const receipt = keep(books, former?.externalId ?? `${record.type}-${books.answers.size + 1}`, payload);
  books.answers.set(key, receipt);
  const warning = books.warned.get(receipt.number!);
  if (warning === undefined) return { status: 'created', seq, receipt };
  return { status: 'created', seq, receipt, warnings: [problem('books-differ', record, warning)] };
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

function fail(fault: keyof typeof FAULTS | 'none' | undefined): void {
  if (fault !== undefined && fault !== 'none') throw FAULTS[fault]();
}

function keep(books: MemoryBooks, externalId: string, document: Document): Receipt {
  const number = numberOf(document);
  const total = (amountOf(document) + (books.differing.get(number) ?? 0)) as Money;
  const version = (books.held.get(externalId)?.version ?? 0) + 1;
  books.held.set(externalId, { number, total, version, document });
  return { externalId, externalVersion: `${version}`, number, total, details: { version } };
}
