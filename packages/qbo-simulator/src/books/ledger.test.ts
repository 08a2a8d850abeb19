import { describe, expect, it } from 'vitest';
import { amount, cents } from '../money.ts';
import { seeded } from '../seeded.ts';
import { type Entity, invoiceOf, openBench, paymentOf } from '../testing.ts';
import { createLedger } from './ledger.ts';

describe('the ledger', () => {
  it('refuses entries that do not balance, and keeps what was there', () => {
    const ledger = createLedger((account) => account === 'AR');
    ledger.post('1', [
      { account: 'AR', cents: 100, customer: 'c' },
      { account: 'Income', cents: -100 },
    ]);
    expect(() => ledger.post('1', [{ account: 'AR', cents: 5, customer: 'c' }])).toThrow("doesn't balance");
    expect(ledger.balanceOf('AR')).toBe(100);
  });

  it('refuses Accounts Receivable without a customer', () => {
    const ledger = createLedger((account) => account === 'AR');
    expect(() =>
      ledger.post('1', [
        { account: 'AR', cents: 1 },
        { account: 'Income', cents: -1 },
      ]),
    ).toThrow('without a customer');
  });

  it.each([1, 2, 3, 4, 5])(
    'seed %i: after any mix of acts, balances, open items and receivables agree, and undoing all leaves nothing',
    async (seed) => {
      await using bench = await openBench({ seed }, { preferences: { autoApplyCredit: seed % 2 === 0 } });
      const chance = seeded(seed);
      const pick = (list: readonly Entity[]) => list[Math.floor(chance.next() * list.length)];
      const money = () => Math.ceil(chance.next() * 30_000) / 100;
      for (const DisplayName of ['A', 'B', 'C']) await bench.post('Customer', { DisplayName });
      for (let step = 0; step < 60; step += 1) {
        const customer = String(1 + Math.floor(chance.next() * 3));
        const open = bench.company
          .records('Invoice')
          .filter((one) => one.CustomerRef?.['value' as never] === customer && Number(one.Balance) > 0);
        const target = pick(open);
        const kind = Math.floor(chance.next() * 6);
        if (kind === 0 || kind === 1) await bench.post('Invoice', invoiceOf(customer, money()));
        else if (kind === 2) await bench.post('CreditMemo', invoiceOf(customer, money()));
        else if (kind === 3 && target !== undefined) {
          const part = Math.min(Number(target.Balance), money());
          await bench.post('Payment', paymentOf(customer, amount(cents(part) + 100), { [String(target.Id)]: part }));
        } else if (kind === 4) await bench.call('POST', 'payment', paymentOf(customer, money()));
        else {
          const invoice = pick(bench.company.records('Invoice'));
          if (invoice !== undefined) {
            const { Id, SyncToken } = invoice;
            await bench.call('POST', 'invoice', {
              Id,
              SyncToken,
              ...invoiceOf(String(invoice.CustomerRef?.['value' as never]), money()),
            });
          }
        }
        agree(bench.company);
      }
      for (const entity of ['Payment', 'CreditMemo', 'Invoice']) {
        for (const { Id } of bench.company.records(entity)) bench.company.act({ act: 'delete', entity, id: String(Id) });
      }
      expect(bench.company.trialBalance()).toEqual({ rows: [], debit: 0, credit: 0 });
    },
  );
});

function agree(company: { trialBalance(): Entity; balanceOf(account: string): number; records(entity: string): Entity[] }) {
  const { debit, credit } = company.trialBalance() as { debit: number; credit: number };
  expect(debit).toBe(credit);
  const sum = (entity: string, member: string) => company.records(entity).reduce((total, one) => total + cents(one[member]), 0);
  const open = sum('Invoice', 'Balance') - sum('CreditMemo', 'RemainingCredit') - sum('Payment', 'UnappliedAmt');
  expect(cents(company.balanceOf('Accounts Receivable (A/R)'))).toBe(open);
  expect(sum('Customer', 'Balance')).toBe(open);
  expect(cents(company.balanceOf('Undeposited Funds'))).toBe(sum('Payment', 'TotalAmt'));
}
