import type { AnyTarget, Document, Money } from '@ledgerpost/core';
import { numberOf, parseMoney } from '@ledgerpost/core';
import type { Conformance, HeldDocument } from '../law.ts';
import { poll, pushCall } from './harbour-push.testing.ts';
import { type Entry, harbourBooks, type Resource, startHarbour, write } from './harbour-server.testing.ts';
import { harbourBooksTarget, moneyIn, resourceOf } from './harbour-target.testing.ts';
import { takeBack } from './harbour-undo.testing.ts';

const ORGANISATION = 'north';

/** Harbour Books behind its server, and what its author tells the kit. */
export async function conformanceOf(): Promise<{ target: AnyTarget; given: Conformance; stop(): unknown }> {
  const books = harbourBooks();
  const server = await startHarbour({ south: harbourBooks(), [ORGANISATION]: books });
  const access = () => ({ token: server.tokens.current, account: ORGANISATION, environment: 'production', apiUrl: server.url });
  const find = (id: string): readonly [Resource, Entry] | undefined => {
    for (const [resource, entries] of Object.entries(books.entries))
      if (entries.has(id)) return [resource as Resource, entries.get(id)!];
    return undefined;
  };
  const given: Conformance = {
    settings: {},
    amountOf: moneyIn,
    context: {
      fetch: globalThis.fetch,
      now: () => books.clock,
      access: async () => access(),
      renew: async () => {
        server.tokens.current = `harbour-token-${++server.tokens.made}`;
        return access();
      },
    },
    refused: (document) => ({ ...document, date: '2019-12-31' }) as Document,
    reason: 'The period is locked',
    supportIds: () => server.supportIds,
    maxPerRequest: { 'invoice.insert': 50, 'invoice.update': 50, 'creditMemo.insert': 50 },
    count: () =>
      Object.values(books.entries)
        .flatMap((entries) => [...entries.values()])
        .filter(({ marker }) => marker?.startsWith('Ledgerpost')).length,
    look: async (id) => {
      const [resource, entry] = find(id) ?? [];
      return entry === undefined ? undefined : heldIn(resource!, entry);
    },
    expireKeys: () => books.answers.clear(),
    edit: (id) => void write(books, find(id)![0], id, { date: '2026-10-06', key: 'a person' }),
    reallocate: (id) => void write(books, 'payments', id, { allocations: [], key: 'a person' }),
    stranger: (document) => {
      const id = `foreign-${++books.ids}`;
      const entry = {
        number: numberOf(document),
        contact: null,
        date: document.date,
        total: '0.77',
        key: 'a person',
        allocations: [],
        lines: [],
      };
      return write(books, resourceOf(document), id, entry).id;
    },
    trouble: server.trouble,
  };
  return { target: harbourBooksTarget({ pushCall, poll, takeBack }), given, stop: server.stop };
}

function heldIn(resource: Resource, entry: Entry): HeldDocument {
  const money = (text: unknown) => parseMoney(String(text), 'USD') as Money;
  const lines = (entry.lines ?? []) as readonly {
    account: string | null;
    class: string | null;
    amount: string;
    tax?: { amount: string } | null;
    words?: string | null;
  }[];
  const words = [entry.words, ...lines.map((line) => line.words)].filter((text): text is string => typeof text === 'string');
  const applied = (entry.allocations ?? []) as readonly { invoice: string; amount: string }[];
  return {
    ...{ number: entry.number, total: money(entry.total), customer: entry.contact, date: entry.date, words },
    dueDate: typeof entry.due === 'string' ? entry.due : null,
    lines: lines.map(({ account, class: own, amount, tax }) => ({
      ...{ account, class: own, amount: money(amount) },
      ...(resource === 'journals' ? {} : { tax: tax == null ? null : money(tax.amount) }),
    })),
    applied:
      resource === 'payments' || resource === 'credits'
        ? applied.map(({ invoice, amount }) => ({ externalId: invoice, amount: money(amount) }))
        : null,
  };
}
