import { sampleDocuments } from '@ledgerpost/conformance';
import type { Chart, Document } from '@ledgerpost/core';
import { describe, expect, it } from 'vitest';
import { journalAccount } from './accounts.ts';
import { plaintext } from './plaintext.ts';
import { journalOf } from './testing/journal-of.ts';

const [invoice] = sampleDocuments(1);
const of = (operation: Document['operation']) => sampleDocuments(1).filter((document) => document.operation === operation);

describe('the journal', () => {
  it('has an invoice as one entry: what is owed, where it comes from, our ids', async () => {
    expect(await journalOf([invoice!])).toBe(`; acme-plaintext-2026-10-03-1 (batch b-1), in USD
; For hledger, ledger and beancount alike.

2026-10-03 * "Amy's Bird Sanctuary" "Invoice 1-1" ^invoice-invoice-1-1
  ; record:invoice/invoice-1-1
  ; number:1-1
  ; customer:Amy's Bird Sanctuary
  ; job:007
  Assets:Accounts-Receivable                            188.76 USD
  Income:Services                                      -189.00 USD  ; item:Spring tune-up, class:HVAC
  Income:Services                                        18.90 USD  ; item:Promo SPRING10, class:HVAC
  Liabilities:Sales-Tax:San-Mateo                       -18.66 USD

1900-01-01 open Assets:Accounts-Receivable                      ; Accounts Receivable
1900-01-01 open Income:Services                                 ; Services
1900-01-01 open Liabilities:Sales-Tax:San-Mateo                 ; San Mateo
`);
  });

  it('marks a changed invoice for a person, who deletes the entry with the same link', async () => {
    const journal = await journalOf(of('invoice.update'));
    expect(journal).toContain('2026-10-03 ! "Amy\'s Bird Sanctuary" "Invoice 1-1, new version; delete'.replace(';', ','));
    expect(journal).toContain('^invoice-invoice-1-1\n');
    expect(plaintext.delivery.by === 'files' && plaintext.delivery.instructions).toContain('marked with !');
  });

  it('links a payment to its invoices, and shows what is applied and what is not', async () => {
    const journal = await journalOf(of('payment.insert'));
    expect(journal).toContain('"Deposit P1-1: 50.00 unapplied" ^payment-payment-1-1\n');
    expect(journal).toContain(
      '"Payment P1-2: 188.76 to invoice 1-1, 10.00 to invoice 1-5, 1.24 unapplied" ^payment-payment-1-2 ^invoice-invoice-1-1 ^invoice-invoice-1-5\n',
    );
  });

  it('real case 06: has the fee that a card processor kept as a side of the payment, and the bank gets the rest', async () => {
    const [deposit] = of('payment.insert');
    const fee = { amount: 145, account: 'Card Fees', number: 'FEE-1' };
    const journal = await journalOf([{ ...deposit!, depositTo: 'Checking', fee } as Document]);
    expect(journal).toContain('"Deposit P1-1: 1.45 card fee, 50.00 unapplied"');
    expect(journal).toMatch(
      /Assets:Checking +48\.55 USD\n +Expenses:Card-Fees +1\.45 USD\n +Assets:Accounts-Receivable +-50\.00 USD\n/,
    );
  });

  it('moves no money for a payment that is re-applied', async () => {
    const journal = await journalOf(of('payment.update'));
    expect(journal).toMatch(/Receivable +50\.00 USD\n +Assets:Accounts-Receivable +-50\.00 USD\n/);
  });

  it('lists warnings for a person, outside the entries', async () => {
    expect(await journalOf(of('warning.list'))).toContain(
      "; TO DO 2026-10-03 Amy's Bird Sanctuary 4471 75.00 USD: Apply it to the invoice, which only the books have.\n",
    );
  });

  it('opens no accounts if the ledger does', async () => {
    expect(await journalOf([invoice!], { openAccounts: false })).not.toContain(' open ');
  });
});

describe('an account', () => {
  const chart = {
    accounts: [
      { name: 'Visa', type: 'Credit Card', active: true },
      { name: 'Parts', type: 'CostOfGoodsSold', active: true },
      { name: 'Odd', type: 'Nonposting', active: true },
    ],
  } as unknown as Chart;

  it.each([
    ['Services:HVAC', 'line', 'Income:Services:HVAC'],
    ['Undeposited Funds', 'deposit', 'Assets:Undeposited-Funds'],
    ['Visa', 'journal', 'Liabilities:Visa'],
    ['Parts', 'line', 'Expenses:Parts'],
    ['Odd', 'line', 'Income:Odd'],
    ['CA San Mateo', 'tax', 'Liabilities:Sales-Tax:CA-San-Mateo'],
  ] as const)('%s (%s) is %s', (name, use, account) => expect(journalAccount(name, use, chart, {})).toBe(account));

  it('is named as the settings want', () =>
    expect(journalAccount('Visa', 'journal', chart, { Visa: 'Liabilities:Cards:Visa' })).toBe('Liabilities:Cards:Visa'));

  it('has a unique name, no matter how much of the name is lost', () => {
    const names = ['A B', 'A-B', 'A  B', 'A (B)', 'a B', 'Ä B', 'A B ', '🐦', '🐤', 'A:B', 'A :B', 'B', 'b', '-'];
    const accounts = names.map((name) => journalAccount(name, 'line', undefined, {}));
    expect(new Set(accounts).size).toBe(names.length);
    for (const account of accounts) expect(account).toMatch(/^Income(:[A-Z0-9][A-Za-z0-9-]*)+$/);
  });
});

describe('a document that the journal can’t hold', () => {
  const problemsOf = (document: object) => plaintext.validate({ ...invoice, ...document } as Document, undefined, settings);
  const settings = plaintext.settings.parse({});

  it('is one whose line has no account', () =>
    expect(
      problemsOf({ lines: [{ item: { name: 'Visit' }, amount: 18876 }], tax: undefined }).map(({ code, message }) => [
        code,
        message,
      ]),
    ).toEqual([
      [
        'no-account',
        '“Visit” has no account. In the settings, map its category, or set the default accounts for income and discounts.',
      ],
    ]));

  it('is one that does not add up', () => expect(problemsOf({ total: 1 })[0]?.code).toBe('total-mismatch'));

  it.each([
    [{ policy: { voids: 'void' } }, 'can’t void'],
    [{ journalAccounts: { Visa: 'Cards:Visa' } }, 'written like Assets:Accounts-Receivable'],
  ])('and settings that it can’t follow are refused: %j', (given, reason) =>
    expect(plaintext.settings.safeParse(given).error?.message).toContain(reason),
  );
});
