import {
  type AccountingTarget,
  type BooksSettings,
  type Call,
  CONTRACT_VERSION,
  type Document,
  type DocumentKind,
  formatMoney,
  type Json,
  type Money,
  numberOf,
  type PendingItem,
  type PostedItem,
  type PushOutcome,
  parseMoney,
  problem,
  type ReadOutcome,
  type Receipt,
  TargetError,
  type UndoOutcome,
} from '@ledgerpost/core';
import { booksSettings } from '@ledgerpost/core/schemas';
import type { z } from 'zod';
import type { Entry, Resource } from './harbour-server.testing.ts';
import { entriesOf, type HarbourSession, offerOf, openSession } from './harbour-session.testing.ts';

/** What is stored for one document. Contacts are filled in by the push. */
export type HarbourPayload = {
  readonly resource: Resource;
  readonly customer: string | null;
  readonly currency: string;
  readonly applied: readonly { readonly invoiceId: string; readonly amount: string }[];
  readonly body: Readonly<Record<string, Json>>;
};

export const RESOURCES: Readonly<Record<Exclude<DocumentKind, 'warning'>, Resource>> = {
  invoice: 'invoices',
  payment: 'payments',
  creditMemo: 'credits',
  journal: 'journals',
};

export function resourceOf({ kind }: Document): Resource {
  if (kind === 'warning') throw new TypeError('Warnings are never posted.');
  return RESOURCES[kind];
}

/** A document as Harbour Books wants it. */
export function payloadOf(document: Document): HarbourPayload {
  const { currency, date, marker } = document;
  const money = (amount: Money) => formatMoney(amount, currency);
  const head = { number: numberOf(document), date, marker, contact: null };
  const shared = { resource: resourceOf(document), customer: document.customer?.id ?? null, currency, applied: [] };
  if (document.kind === 'payment') {
    const applied = document.applied.map(({ invoiceId, amount }) => ({ invoiceId, amount: money(amount) }));
    return { ...shared, applied, body: { ...head, total: money(document.amount) } };
  }
  if (document.kind === 'journal') {
    const lines = document.lines.map((line) => ({
      account: line.account,
      class: line.class ?? null,
      amount: money((line.side === 'debit' ? line.amount : -line.amount) as Money),
    }));
    return { ...shared, body: { ...head, total: money(document.total), words: document.memo, lines } };
  }
  if (document.kind === 'warning') throw new TypeError('Warnings are never posted.');
  const lines = document.lines.map((line) => ({
    account: line.item.account ?? null,
    class: line.class ?? null,
    amount: money(line.amount),
    tax: line.tax === undefined ? null : { code: line.tax.code ?? null, amount: money(line.tax.amount) },
    words: line.description ?? null,
  }));
  const due = document.kind === 'invoice' ? { due: document.dueDate ?? null } : {};
  const tax = money(document.tax?.amount ?? (0 as Money));
  const parts = document.kind === 'creditMemo' ? (document.applied ?? []) : [];
  const applied = parts.map(({ invoiceId, amount }) => ({ invoiceId, amount: money(amount) }));
  return {
    ...shared,
    applied,
    body: { ...head, ...due, total: money(document.total), tax, words: document.message ?? null, lines },
  };
}

/** The amount of a payload, as the books will count it. */
export function moneyIn({ resource, body }: HarbourPayload, currency: string): Money {
  const parse = (text: unknown) => parseMoney(String(text), currency)!;
  if (resource === 'payments') return parse(body.total);
  const amounts = (body.lines as readonly { readonly amount: string }[]).map(({ amount }) => parse(amount));
  const counted = resource === 'journals' ? amounts.filter((amount) => amount > 0) : [...amounts, parse(body.tax)];
  return counted.reduce((sum, amount) => sum + amount, 0) as Money;
}

export function receiptOf({ id, version, number, total }: Entry, currency: string): Receipt {
  return { externalId: id, externalVersion: `${version}`, number, total: parseMoney(total, currency)! };
}

/** The verbs that need what is above. */
interface Verbs {
  pushCall(session: HarbourSession, call: Call<HarbourPayload>): Promise<readonly PushOutcome[]>;
  poll(session: HarbourSession, tickets: readonly PendingItem<HarbourPayload>[]): Promise<readonly PushOutcome[]>;
  takeBack(session: HarbourSession, items: readonly PostedItem[]): Promise<readonly UndoOutcome[]>;
}

/** A second push target: OAuth, several organisations behind one login, limits by operation, versions that rise with every change. */
export const harbourBooksTarget = ({
  pushCall,
  poll,
  takeBack,
}: Verbs): AccountingTarget<BooksSettings, HarbourSession, HarbourPayload> => ({
  contract: CONTRACT_VERSION,
  id: 'harbour-books',
  name: 'Harbour Books',
  description: 'Posts straight into Harbour Books.',
  stages: [
    { id: 'invoices', name: 'Invoices', operations: ['invoice.insert'] },
    { id: 'invoice-changes', name: 'Invoice changes', operations: ['invoice.update', 'invoice.void'] },
    { id: 'payments', name: 'Payments', operations: ['payment.update', 'payment.insert'] },
    { id: 'journals', name: 'Journals', operations: ['journal.insert', 'journal.update'] },
    { id: 'credits', name: 'Credits', operations: ['creditMemo.insert', 'creditMemo.update'] },
  ],
  settings: booksSettings as z.ZodType<BooksSettings>,
  access: {
    by: 'oauth',
    environments: ['production'],
    authorizeUrl: ({ clientId }, state) => `https://login.harbour.example/authorize?client=${clientId}&state=${state}`,
    exchange: (app, callbackUrl) => offerOf(app, new URL(callbackUrl, app.redirectUri).searchParams.get('code') ?? ''),
    async renew(app, grant) {
      const { offered } = await offerOf(app, grant.refreshToken);
      const same = offered.find((one) => one.grant.account === grant.account);
      if (same === undefined) throw new TargetError('access', 'access-lost', 'The login opens this organisation no more.');
      return same.grant;
    },
    async revoke(app, { account, refreshToken }) {
      await fetch(app.endpoints!.revoke, { method: 'POST', body: JSON.stringify({ code: refreshToken, account }) });
    },
  },
  limits: () => ({ number: 21, refNo: 21, customerName: 200 }),
  open: (_, context) => openSession(context),
  async check({ ask, context }) {
    const { account } = await context.access();
    const mine = (await ask<readonly { id: string; name: string }[]>('GET', '/organisations')).find(({ id }) => id === account);
    if (mine === undefined)
      throw new TargetError('access', 'access-lost', 'The login opens this organisation no more. Connect it again.');
    return { company: mine.name };
  },
  chart: { by: 'declared' },
  validate: () => [],
  export: payloadOf,
  delivery: {
    by: 'push',
    itemsPerPush: { 'invoice.insert': 50, 'invoice.update': 50, 'creditMemo.insert': 50, 'payment.insert': 1 },
    limits: { requests: { perMinute: 60, concurrent: 5, perDay: 5000, calendar: 'Pacific/Auckland' } },
    keyLifetimeMs: 24 * 3_600_000,
    needs: ({ record, customer }) =>
      customer === undefined
        ? []
        : [
            {
              kind: 'customer',
              key: customer.id,
              name: customer.name,
              details: { record: { type: record.type, id: record.id } },
            },
          ],
    async find({ ask }, needs) {
      if (needs.length === 0) return [];
      const query = needs.map(({ name }) => `name=${encodeURIComponent(name)}`).join('&');
      const ids = await ask<readonly (string | null)[]>('GET', `/contacts?${query}`);
      return needs.map((need, at) => {
        const externalId = ids[at];
        return externalId == null ? { status: 'missing', need } : { status: 'found', need, externalId };
      });
    },
    async create({ ask }, needs) {
      if (needs.length === 0) return [];
      const ids = await ask<readonly string[]>('POST', '/contacts', { body: needs.map(({ name }) => name) });
      return needs.map((need, at) => ({ status: 'created', need, externalId: ids[at]! }));
    },
    push: pushCall,
    poll,
  },
  readback: {
    by: 'target',
    async read(session, items) {
      const entries = await readAll(session, items);
      return items.map((item): ReadOutcome => {
        const { seq, record, receipt, document } = item;
        const entry = entries(item);
        if (entry === undefined)
          return { status: 'gone', seq, problem: problem('changed-there', record, 'Someone deleted it there.') };
        const now = receiptOf(entry, document.currency);
        const total = now.total!;
        if (now.externalVersion === receipt.externalVersion) return { status: 'same', seq, total };
        const changed = problem('changed-there', record, 'Someone changed it there. Compare the two.');
        return { status: 'changed', seq, total, receipt: now, problem: changed };
      });
    },
    async changes({ ask, context }, since) {
      if (context.now() - since > 30 * 86_400_000)
        return { documents: [], untold: ['invoice', 'payment', 'creditMemo', 'journal'], through: context.now() };
      const { changes, now } = await ask<{ changes: { resource: Resource; id: string }[]; now: number }>(
        'GET',
        `/changes?since=${since}`,
      );
      const kinds = Object.entries(RESOURCES) as [DocumentKind, Resource][];
      const documents = changes.map(({ resource, id }) => ({
        kind: kinds.find(([, one]) => one === resource)![0],
        externalId: id,
      }));
      return { documents, untold: [], through: now };
    },
  },
  undo: { by: 'target', takeBack },
});

/** The entries of posted items as they are now. */
export async function readAll(
  session: HarbourSession,
  items: readonly PostedItem[],
): Promise<(item: PostedItem) => Entry | undefined> {
  const found = new Map<string, Entry>();
  for (const resource of new Set(items.map(({ document }) => resourceOf(document)))) {
    const ids = items.filter(({ document }) => resourceOf(document) === resource).map(({ receipt }) => receipt.externalId);
    for (const entry of await entriesOf(session, resource, 'id', [...new Set(ids)])) found.set(entry.id, entry);
  }
  return ({ receipt }) => found.get(receipt.externalId);
}
