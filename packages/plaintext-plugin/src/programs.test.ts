import { sampleDocuments } from '@ledgerpost/conformance';
import { amountOf, type Document, type Money } from '@ledgerpost/core';
import { describe, expect, it } from 'vitest';
import { journalOf } from './testing/journal-of.ts';
import { beanCheck, hledger, hledgerBalances, noBeancount, noHledger } from './testing/programs.ts';

for (const missing of [noHledger, noBeancount]) if (missing !== undefined) console.info(`Skipped: ${missing}.`);
const skipped = (why: string | undefined) => (why === undefined ? '' : ` (skipped: ${why})`);

const samples = [...sampleDocuments(1), ...sampleDocuments(2)];
const settings = { accounts: { receivable: 'Accounts Receivable' } };

/** Names and ids that formats stumble over. */
const odd: readonly Document[] = [
  'Zoë; "Söhne" | GmbH',
  'a\\nb\\',
  'odd, date:2026-13-45',
  'odd [2026-13-45]',
  '\u0000\u2028\ud800￿',
  ')(',
  '',
]
  .flatMap((name, n) => sampleDocuments(100 + n).map((document) => oddly(document, name)))
  .filter(({ operation }) => operation !== 'invoice.update');

function oddly(document: Document, name: string): Document {
  const customer = { id: 'c', name, taxExempt: false };
  const job = { id: name || '-', number: name, imported: false };
  const record = { ...document.record, id: `${document.record.id} ${name}, ü` };
  const lines =
    'lines' in document && document.kind !== 'journal'
      ? { lines: document.lines.map((line) => ({ ...line, item: { ...line.item, name }, class: name })) }
      : {};
  return { ...document, record, customer, job, department: { id: 'd', name }, ...lines } as Document;
}

describe.skipIf(noBeancount !== undefined)(`bean-check, where it is found${skipped(noBeancount)}`, () => {
  it.each([
    ['the kit’s documents', samples],
    ['odd names and ids', odd],
    ['no documents', []],
    ['yen', sampleDocuments(3, 'JPY')],
    ['dinars', sampleDocuments(4, 'KWD')],
  ])('takes a journal of %s', async (_, documents) => {
    expect(await beanCheck(await journalOf(documents, settings))).toBe('');
  });

  it('refuses what does not balance', async () => {
    const journal = (await journalOf(samples, settings)).replace('188.76 USD', '188.77 USD');
    expect(await beanCheck(journal)).toContain('does not balance');
  });

  it('accepts several journals in one ledger that opens the accounts itself', async () => {
    const first = await journalOf(sampleDocuments(5), settings);
    const second = await journalOf(sampleDocuments(6), { ...settings, openAccounts: false });
    expect(await beanCheck(`${first}\n${second}`)).toBe('');
    expect(await beanCheck(`${first}\n${await journalOf(sampleDocuments(6), settings)}`)).toContain('Duplicate open');
  });
});

describe.skipIf(noHledger !== undefined)(`hledger, where it is found${skipped(noHledger)}`, () => {
  it.each([
    ['the kit’s documents', samples, 'USD'],
    ['odd names and ids', odd, 'USD'],
    ['yen', sampleDocuments(3, 'JPY'), 'JPY'],
    ['dinars', sampleDocuments(4, 'KWD'), 'KWD'],
  ])('computes for %s what the documents add up to', async (_, documents, currency) => {
    const balances = await hledgerBalances(await journalOf(documents, settings), currency);
    expect(balances).toEqual(expectedOf(documents));
    expect([...balances.values()].reduce((sum, balance) => sum + balance, 0)).toBe(0);
  });

  it('accepts a journal without documents', async () => {
    expect(await hledgerBalances(await journalOf([], settings), 'USD')).toEqual(new Map());
  });

  it('refuses what does not balance', async () => {
    const journal = (await journalOf(samples, settings)).replace('188.76 USD', '188.77 USD');
    await expect(hledgerBalances(journal, 'USD')).rejects.toThrow(/unbalanced|balance/);
  });

  it('finds a document by our ids, and what a customer owes by a tag', async () => {
    const journal = await journalOf(samples, settings);
    expect(await hledger(journal, ['print', 'tag:record=^invoice/invoice-1-1$', 'desc:Invoice'])).toContain('Invoice 1-1');
    const owed = await hledger(journal, ['balance', 'Assets:Accounts-Receivable', '--pivot', 'customer', '-N', '--flat']);
    expect(owed).toContain("Amy's Bird Sanctuary");
  });
});

/** By account as in the settings above, computed from the documents alone. */
function expectedOf(documents: readonly Document[]): ReadonlyMap<string, Money> {
  const balances = new Map<string, number>();
  const add = (account: string, amount: number) => balances.set(account, (balances.get(account) ?? 0) + amount);
  for (const document of documents) {
    const amount = amountOf(document);
    switch (document.kind) {
      case 'invoice':
      case 'creditMemo': {
        // A correction is an instruction for a person.
        if (document.operation === 'creditMemo.update') break;
        const sign = document.kind === 'invoice' ? 1 : -1;
        add('Assets:Accounts-Receivable', sign * amount);
        for (const line of document.lines) add(`Income:${line.item.account?.replaceAll(' ', '-')}`, -sign * line.amount);
        if (document.tax) add('Liabilities:Sales-Tax:San-Mateo', -sign * document.tax.amount);
        break;
      }
      case 'payment':
        add('Assets:Accounts-Receivable', document.operation === 'payment.update' ? 0 : -amount);
        if (document.operation === 'payment.insert') add('Assets:Undeposited-Funds', amount);
        break;
      case 'journal':
        if (document.operation === 'journal.update') break;
        add('Assets:Accounts-Receivable', amount);
        add('Assets:Checking', -amount);
        break;
      case 'warning':
        break;
      default:
        return document satisfies never;
    }
  }
  return new Map([...balances].sort(([a], [b]) => (a < b ? -1 : 1)) as [string, Money][]);
}
