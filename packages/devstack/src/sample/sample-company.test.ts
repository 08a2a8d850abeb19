import { parseMoney, refKey, type SourceRecord, sum } from '@ledgerpost/core';
import { parseRecord } from '@ledgerpost/core/schemas';
import { describe, expect, it } from 'vitest';
import { lifeGoesOn } from './life-goes-on.ts';
import { sampleCompany } from './sample-company.ts';

const seeds = [1, 2, 3, 42, 20_261_003, 4_294_967_295];
const order = { today: '2026-10-20' };

describe.each(seeds)('the sample company of seed %i', (seed) => {
  const company = sampleCompany({ ...order, seed });
  const next = lifeGoesOn(company);
  const all = [...company.records, ...next.records];

  it('has only records that can be read', () => {
    const refused = all.map((record) => parseRecord(record, 'USD')).filter((result) => !result.ok);
    expect(refused).toEqual([]);
  });

  it('adds up to the cent wherever it is not wrong on purpose', () => {
    const wrong = new Set(
      company.expectations.filter((e) => e.outcome.is === 'stopped' && /-mismatch$/.test(e.outcome.by)).map((e) => refKey(e.ref)),
    );
    expect(all.filter((record) => !addsUp(record)).every((record) => wrong.has(refKey(record)))).toBe(true);
    expect(wrong.size).toBe(2);
  });

  it('says what is to become of every record that can be batched, once', () => {
    const batched = new Set(
      company.records.filter((r) => ['invoice', 'payment', 'refund', 'creditMemo'].includes(r.type)).map(refKey),
    );
    expect(new Set(company.expectations.map((e) => refKey(e.ref)))).toEqual(batched);
    expect(company.expectations.length).toBe(batched.size);
  });

  it('is large enough to be worth looking at', () => {
    expect(company.records.filter((record) => record.type === 'invoice').length).toBeGreaterThan(350);
    expect(
      company.records.filter((record) => record.type === 'payment' && (record.allocations?.length ?? 0) > 1).length,
    ).toBeGreaterThan(10);
  });
});

it('the same seed gives the same company, another seed another', () => {
  const one = sampleCompany({ ...order, seed: 7 });
  expect(sampleCompany({ ...order, seed: 7 })).toEqual(one);
  expect(lifeGoesOn(one)).toEqual(lifeGoesOn(sampleCompany({ ...order, seed: 7 })));
  expect(sampleCompany({ ...order, seed: 8 }).records).not.toEqual(one.records);
});

it('what follows the first batch asks for every operation a file target knows, and for what a person must decide', () => {
  const outcomes = lifeGoesOn(sampleCompany({ ...order, seed: 7 })).expectations.map(({ outcome }) =>
    outcome.is === 'sent' ? outcome.as : outcome.is === 'stopped' ? outcome.by : 'nothing',
  );
  expect(new Set(outcomes)).toEqual(
    new Set([
      ...['invoice.insert', 'invoice.update', 'payment.insert', 'payment.update', 'journal.insert', 'creditMemo.insert'],
      ...['warning.list', 'was-posted', 'changed-after-batch', 'nothing'],
    ]),
  );
});

function addsUp(record: SourceRecord): boolean {
  if (record.type !== 'invoice' && record.type !== 'creditMemo') return true;
  const parts = [...record.lines.map((line) => line.amount), record.tax?.amount ?? '0'].map(
    (amount) => parseMoney(amount, 'USD')!,
  );
  const exact = record.lines.every((line) => isRounded(line.quantity, line.unitPrice, line.amount));
  return exact && sum(parts) === parseMoney(record.total, 'USD');
}

/** Reckoned in another way than the product does it: in whole millionths of a cent. */
function isRounded(quantity: string, unitPrice: string, amount: string): boolean {
  const scale = (text: string, digits: number) => {
    const [, sign, whole, part = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text)!;
    return BigInt(`${sign}${whole}${part.padEnd(digits, '0')}`);
  };
  const product = scale(quantity, 5) * scale(unitPrice, 5);
  const unit = 10n ** 8n;
  const size = product < 0n ? -product : product;
  const rounded = (size + unit / 2n) / unit;
  return (product < 0n ? -rounded : rounded) === scale(amount, 2);
}
