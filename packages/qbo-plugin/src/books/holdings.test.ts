import type { HeldEntry, InvoiceDocument, Money, PaymentDocument, ReadOutcome } from '@ledgerpost/core';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { type Desk, invoice, journal, line, memo, openDesk, Poster, payment } from '../desk.testing.ts';

let desk: Desk;
let poster: Poster;
const desks: Desk[] = [];
beforeEach(async () => {
  desk = await openDesk();
  desks.push(desk);
  poster = new Poster(desk, { accounts: { receivable: 'Accounts Receivable (A/R)' }, classes: { mode: 'line' } });
});
afterAll(async () => {
  await Promise.all(desks.map(({ simulator }) => simulator.stop()));
});

const act = (one: Parameters<Desk['company']['act']>[0]) => desk.company.act(one);
const taxed = (number: string, more: Partial<InvoiceDocument> = {}) =>
  invoice(number, {
    lines: [line(18900, { taxable: true, class: 'HVAC' }), line(-1890, { class: 'Plumbing' })],
    tax: { name: 'San Mateo', code: 'California', rate: '9.875', amount: 1866 as Money },
    ...more,
  });

/** What is reported, by the name that the trial balance has for it. Debits above zero. */
function balances(outcomes: readonly ReadOutcome[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { account, role, amount } of outcomes.flatMap(entriesOf)) {
    const name = account ?? OWN[role] ?? role;
    sums[name] = (sums[name] ?? 0) + amount;
  }
  return Object.fromEntries(Object.entries(sums).filter(([, amount]) => amount !== 0));
}

const OWN: Readonly<Record<string, string>> = {
  receivable: 'Accounts Receivable (A/R)',
  deposit: 'Undeposited Funds',
  tax: 'Sales Tax Payable',
};

function entriesOf(outcome: ReadOutcome): readonly HeldEntry[] {
  return outcome.status === 'gone' ? [] : (outcome.holds?.entries ?? []);
}

function trialBalance(): Record<string, number> {
  const minor = (amount: unknown) => Math.round(Number(amount) * 100);
  return Object.fromEntries(
    desk.company.trialBalance().rows.map(({ account, debit, credit }) => [account, minor(debit) - minor(credit)]),
  );
}

const holds = ([outcome]: readonly ReadOutcome[]) =>
  outcome === undefined || outcome.status === 'gone' ? undefined : outcome.holds;

describe('what documents post to the accounts of QuickBooks', () => {
  it('is reported for every kind, and totals the same as QuickBooks’ own trial balance', async () => {
    desk.company.setPreferences({ classTracking: 'per-line' });
    const deposited: Partial<PaymentDocument> = { depositTo: 'Checking' };
    await poster.post(
      taxed('1'),
      invoice('2'),
      payment('9', 10000, { 2: 4000 }),
      payment('8', 500, {}, deposited),
      memo('7', 300),
      journal('6', 1000),
    );
    const all = await poster.read('i-1', 'i-2', 'p-9', 'p-8', 'm-7', 'r-6');
    expect(all.map(({ status }) => status)).toEqual(Array(6).fill('same'));
    expect(balances(all)).toEqual(trialBalance());
    const first = await poster.read('i-1');
    expect(first[0]).toMatchObject({ total: 18876 });
    expect(holds(first)).toEqual({
      taxCode: 'California',
      entries: [
        { role: 'receivable', account: null, class: null, amount: 18876 },
        { role: 'income', account: 'Services', class: 'HVAC', amount: -18900 },
        { role: 'income', account: 'Services', class: 'Plumbing', amount: 1890 },
        { role: 'tax', account: null, class: null, amount: -1866 },
      ],
    });
    expect(holds(await poster.read('p-9'))?.entries[0]).toMatchObject({ role: 'deposit', account: null });
    expect(holds(await poster.read('p-8'))?.entries[0]).toMatchObject({ role: 'deposit', account: 'Checking' });
    expect(holds(await poster.read('r-6'))?.entries).toEqual([
      { role: 'receivable', account: null, class: null, amount: 1000 },
      { role: 'refund', account: 'Checking', class: null, amount: -1000 },
    ]);
  });

  it('follows what a person changed: other lines, another account, a discount, nothing', async () => {
    await poster.post(invoice('1'), invoice('2'), invoice('3'), invoice('4'), payment('9', 500));
    const account = desk.company.records('Account').find(({ Name }) => Name === 'Checking')!;
    const other = act({
      act: 'create',
      entity: 'Item',
      record: { Name: 'Parts', Type: 'Service', IncomeAccountRef: { value: accountId('Sales of Product Income') } },
    });
    const sale = (value: unknown, Amount: number) => ({
      Amount,
      DetailType: 'SalesItemLineDetail',
      SalesItemLineDetail: { ItemRef: { value } },
    });
    const off = { Amount: 10, DetailType: 'DiscountLineDetail', DiscountLineDetail: { PercentBased: false } };
    act({ act: 'edit', entity: 'Invoice', id: poster.held('i-1').Id, changes: { Line: [sale(other.Id, 70), off] } });
    act({ act: 'void', entity: 'Invoice', id: poster.held('i-2').Id });
    act({ act: 'delete', entity: 'Invoice', id: poster.held('i-3').Id });
    act({ act: 'edit', entity: 'Payment', id: poster.held('p-9').Id, changes: { DepositToAccountRef: { value: account.Id } } });
    const all = await poster.read('i-1', 'i-2', 'i-3', 'i-4', 'p-9');
    expect(all.map(({ status }) => status)).toEqual(['changed', 'changed', 'gone', 'same', 'changed']);
    expect(balances(all)).toEqual(trialBalance());
    expect(holds(all)?.entries.map(({ amount }) => amount)).toEqual([16000, -10000, -7000, 1000]);
    expect(all[1]).toMatchObject({ total: 0, holds: { entries: [] } });
    expect(all[4]).toMatchObject({ holds: { entries: [{ account: 'Checking', amount: 500 }, { amount: -500 }] } });
  });

  it.each([
    ['a line is of no kind that we know', [{ Amount: 5, DetailType: 'GroupLineDetail', GroupLineDetail: {} }]],
    ['the lines don’t come to the total', []],
  ])('is left out, rather than reported in part, if %s', async (_, more) => {
    await poster.post(invoice('1'));
    const real = desk.context.fetch;
    Object.assign(desk.context, {
      fetch: async (...args: Parameters<typeof real>) => {
        const answer = await real(...args);
        const body = (await answer.json()) as { QueryResponse?: { Invoice?: { Line: object[]; TotalAmt: number }[] } };
        for (const one of body.QueryResponse?.Invoice ?? []) Object.assign(one, { TotalAmt: 105, Line: [...one.Line, ...more] });
        return new Response(JSON.stringify(body), { status: answer.status, headers: answer.headers });
      },
    });
    const [outcome] = await poster.read('i-1');
    expect(outcome).toMatchObject({ status: 'changed', total: 10500 });
    expect(holds([outcome!])).toBeUndefined();
  });
});

function accountId(name: string): string {
  return String(desk.company.records('Account').find((one) => one.Name === name)!.Id);
}
