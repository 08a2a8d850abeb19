import { parseMoney, refKey, type SourceRecord, sum } from '@ledgerpost/core';
import { parseRecord } from '@ledgerpost/core/schemas';
import { describe, expect, it } from 'vitest';
import { lifeGoesOn } from './life-goes-on.ts';
import { sampleCompany } from './sample-company.ts';

const seeds = [1, 2, 3, 42, 20_261_003, 4_294_967_295];
const order = { today: '2026-10-20' };

const everywhere = seeds.flatMap((seed) => (['files', 'quickbooks-online'] as const).map((books) => ({ seed, books })));

describe.each(everywhere)('the sample company of seed $seed with $books', ({ seed, books }) => {
  const company = sampleCompany({ ...order, seed, books });
  const next = lifeGoesOn(company);
  const all = [...company.records, ...next.records];

  it('has only records that can be read', () => {
    const refused = all.map((record) => parseRecord(record, 'USD')).filter((result) => !result.ok);
    expect(refused).toEqual([]);
  });

  it('adds up to the cent, except where it is wrong on purpose', () => {
    const wrong = new Set(
      company.expectations.filter((e) => /on purpose: .*-mismatch$/.test(e.because)).map((e) => refKey(e.ref)),
    );
    expect(all.filter((record) => !addsUp(record)).every((record) => wrong.has(refKey(record)))).toBe(true);
    expect(wrong.size).toBe(2);
  });

  it('has one expectation for every record that can be batched', () => {
    const batched = new Set(
      company.records.filter((r) => ['invoice', 'payment', 'refund', 'creditMemo'].includes(r.type)).map(refKey),
    );
    expect(new Set(company.expectations.map((e) => refKey(e.ref)))).toEqual(batched);
    expect(company.expectations.length).toBe(batched.size);
  });

  it('is large enough to be a useful sample', () => {
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

it('the changes after the first batch need every operation of a file target, and decisions by a person', () => {
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

it('every name fits QuickBooks and belongs to one customer, except where it is wrong on purpose', () => {
  const { records } = sampleCompany({ ...order, seed: 7, books: 'quickbooks-online' });
  const names = records.flatMap((r) => (r.type === 'customer' ? (r.accountingKey ?? []) : r.type === 'service' ? r.name : []));
  expect(names.filter((name) => !/^[\x20-\x7e\xa0-\xff]+$/.test(name))).toEqual(['Łukasz Nguyễn']);
  const own = names.map((name) => name.split(':').at(-1)!.toLowerCase());
  expect(own.length - new Set(own).size).toBe(0);
});

it('a payment on an imported job is sent to QuickBooks, and listed in files', () => {
  const asked = (books: 'files' | 'quickbooks-online') =>
    new Set(
      [sampleCompany({ ...order, seed: 7, books })]
        .flatMap((company) => [...company.expectations, ...lifeGoesOn(company).expectations])
        .flatMap(({ outcome }) => (outcome.is === 'sent' ? outcome.as : [])),
    );
  const files = asked('files');
  expect(files.has('warning.list')).toBe(true);
  files.delete('warning.list');
  const direct = asked('quickbooks-online');
  // A credit memo can be corrected there. In files a person does it.
  expect(direct.delete('creditMemo.update')).toBe(true);
  expect(direct).toEqual(files);
});

it('the expectation of a payment after the first batch fits its result in the first', () => {
  for (let seed = 0; seed < 60; seed += 1) {
    const company = sampleCompany({ ...order, seed, jobs: 150 });
    const never = new Set(company.expectations.filter((e) => e.outcome.is === 'nothing').map((e) => refKey(e.ref)));
    const updated = lifeGoesOn(company).expectations.filter((e) => e.outcome.is === 'sent' && e.outcome.as === 'payment.update');
    expect(updated.filter((e) => never.has(refKey(e.ref)))).toEqual([]);
  }
});

function addsUp(record: SourceRecord): boolean {
  if (record.type !== 'invoice' && record.type !== 'creditMemo') return true;
  const parts = [...record.lines.map((line) => line.amount), record.tax?.amount ?? '0'].map(
    (amount) => parseMoney(amount, 'USD')!,
  );
  const exact = record.lines.every((line) => isRounded(line.quantity, line.unitPrice, line.amount));
  return exact && sum(parts) === parseMoney(record.total, 'USD');
}

/** Computed in another way than the product's: in whole millionths of a cent. */
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
