import { previewBatch } from '@ledgerpost/batching';
import { memoryBooks, memoryTarget } from '@ledgerpost/conformance/memory-target';
import type { AnyTarget, PaymentDocument, PostedFacts } from '@ledgerpost/core';
import { saasant } from '@ledgerpost/saasant-plugin';
import { listItems } from '@ledgerpost/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Books, harness } from '../../testing/harness.testing.ts';
import { creditMemo, customer, invoice, payment, SETTINGS } from '../../testing/records.testing.ts';

const books = memoryBooks();
const memory = memoryTarget(books);
let h: Awaited<ReturnType<typeof harness>>;
beforeAll(async () => {
  h = await harness([saasant, memory]);
});
afterAll(() => h.close());

/** The problems that a preview counts, and those of the batch that is then run. */
async function foundFor(co: Books, target: AnyTarget) {
  const preview = await previewBatch({ store: h.store, target }, co.request());
  const batch = await h.run(co);
  const { rows } = await listItems(h.store, { batchId: batch.id, limit: 100 });
  const counts: Record<string, number> = {};
  for (const { problems } of rows)
    for (const code of new Set(problems.map((one) => one.code))) counts[code] = (counts[code] ?? 0) + 1;
  return { preview, batch: counts, states: Object.fromEntries(rows.map((row) => [row.record.id, row.state])), rows };
}

const serviceLine = (serviceId: string, amount: string) => ({ serviceId, quantity: '1', unitPrice: amount, amount });

describe('what only the whole batch shows is in the preview too', () => {
  it('one item on two accounts, though its services differ in capitals', async () => {
    const co = await h.company(
      saasant,
      [
        customer('c-1'),
        { type: 'service', id: 's-1', name: 'Staples', accountingCategory: 'Services' },
        { type: 'service', id: 's-2', name: 'STAPLES', accountingCategory: 'Sales of Product Income' },
        invoice('i-1', { lines: [serviceLine('s-1', '10'), serviceLine('s-2', '7')], total: '17' }),
        invoice('i-2', { lines: [serviceLine('s-2', '7')], total: '7' }),
        invoice('i-3'),
      ],
      SETTINGS,
    );
    const { preview, batch, states, rows } = await foundFor(co, saasant);
    expect(preview.problemCounts).toEqual({ 'item-on-two-accounts': 2, 'unchecked-name': 1 });
    expect(batch).toEqual({ 'item-on-two-accounts': 2 });
    expect(states).toEqual({ 'i-1': 'rejected', 'i-2': 'rejected', 'i-3': 'posted' });
    const [problem] = rows.find(({ record }) => record.id === 'i-2')!.problems;
    expect(problem!.message).toContain('“STAPLES” needs the accounts “Sales of Product Income” and “Services”');
  });

  it('one number on several documents: each names another one, in the batch or in the books', async () => {
    const twice = ['i-1', 'i-2', 'i-3'].map((id) => invoice(id, { number: 'A-1' }));
    const co = await h.company(saasant, [customer('c-1'), invoice('i-0', { number: 'A-0' })], SETTINGS);
    await h.run(co);
    await co.put(...twice, invoice('i-4', { number: 'A-0' }), invoice('i-5'), creditMemo('m-1', { number: 'A-1' }));
    const { preview, batch, states, rows } = await foundFor(co, saasant);
    expect(preview.problemCounts).toMatchObject({ 'duplicate-number': 4 });
    expect(batch).toMatchObject({ 'duplicate-number': 4 });
    expect(states).toMatchObject({ 'i-4': 'rejected', 'i-5': 'posted', 'm-1': 'posted' });
    const others = rows.flatMap(({ record, problems }) =>
      problems.flatMap(({ code, message }) =>
        code === 'duplicate-number' ? [`${record.id}: ${/ and by (\S+),/.exec(message)![1]}`] : [],
      ),
    );
    expect(others.sort()).toEqual(['i-1: i-3', 'i-2: i-1', 'i-3: i-1', 'i-4: i-0']);
  });

  it('of two customers whose names differ only in spelling, the first goes with a warning, and the other waits for a person', async () => {
    const co = await h.company(
      memory,
      [
        customer('c-1', { accountingKey: 'Bob’s Diner' }),
        customer('c-2', { accountingKey: "bob's  Diner" }),
        customer('c-3', { accountingKey: 'Carol' }),
        invoice('i-1', { number: 'S-1' }),
        invoice('i-2', { number: 'S-2', customerId: 'c-2' }),
        payment('p-1', { customerId: 'c-2', allocations: [] }),
        invoice('i-3', { number: 'S-3', customerId: 'c-3' }),
      ],
      SETTINGS,
    );
    const { preview, batch, states } = await foundFor(co, memory);
    expect(preview.problemCounts).toMatchObject({ 'customer-spelled-twice': 1, 'customer-to-match': 2 });
    expect(batch).toMatchObject({ 'customer-spelled-twice': 1, 'customer-to-match': 2 });
    expect(states).toEqual({ 'i-1': 'posted', 'i-2': 'rejected', 'p-1': 'rejected', 'i-3': 'posted' });
  });

  it('real case 34: in files, two customers of one name are a warning on each document, in one batch or in two', async () => {
    const co = await h.company(
      saasant,
      [
        customer('c-1', { accountingKey: 'John Smith' }),
        customer('c-2', { accountingKey: 'John  smith' }),
        customer('c-3'),
        invoice('i-1'),
        invoice('i-3', { customerId: 'c-3' }),
      ],
      SETTINGS,
    );
    const first = await foundFor(co, saasant);
    expect(first.preview.problemCounts).toMatchObject({ 'customer-shared-name': 1 });
    expect(first.batch).toEqual({ 'customer-shared-name': 1 });
    await co.put(invoice('i-2', { customerId: 'c-2' }), payment('p-2', { customerId: 'c-2', allocations: [] }));
    const { batch, states } = await foundFor(co, saasant);
    expect(batch['customer-shared-name']).toBe(2);
    expect(states).toEqual({ 'i-2': 'posted', 'p-2': 'posted' });
  });

  it('an invoice and a credit memo of one number are a warning, in one batch or with one that is in the books', async () => {
    const co = await h.company(
      memory,
      [
        customer('c-1'),
        invoice('i-1', { number: '1157' }),
        invoice('i-2', { number: '1158' }),
        creditMemo('m-1', { number: '1157' }),
      ],
      SETTINGS,
    );
    const first = await foundFor(co, memory);
    expect(first.preview.problemCounts).toMatchObject({ 'number-shared': 2 });
    expect(first.states).toEqual({ 'i-1': 'posted', 'i-2': 'posted', 'm-1': 'posted' });
    await co.put(creditMemo('m-2', { number: '1158' }), invoice('i-3', { number: '1159' }));
    const second = await foundFor(co, memory);
    expect(second.preview.problemCounts).toMatchObject({ 'number-shared': 1 });
    expect(second.batch['number-shared']).toBe(1);
  });

  it.each(['saasant', 'memory'])('a payment of an invoice that is not sent goes unapplied, at %s', async (id) => {
    const target = id === 'saasant' ? saasant : memory;
    const co = await h.company(
      target,
      [
        customer('c-1'),
        invoice('i-1', { number: 'B-1', total: '190.00' }),
        payment('p-1', { amount: '200.00', allocations: [{ invoiceId: 'i-1', amount: '189.00' }] }),
        invoice('i-2', { number: 'B-2' }),
      ],
      SETTINGS,
    );
    const { preview, batch, states, rows } = await foundFor(co, target);
    expect(preview.problemCounts).toMatchObject({ 'total-mismatch': 1, 'payment-unapplied': 1 });
    expect(batch).toMatchObject({ 'total-mismatch': 1, 'payment-unapplied': 1 });
    expect(states).toEqual({ 'i-1': 'rejected', 'p-1': 'posted', 'i-2': 'posted' });
    const [{ document, facts }] = await h.store.sql<[{ document: PaymentDocument; facts: PostedFacts }]>`
      select d.document, p.facts from postings p join batch_documents d on d.batch_id = p.batch_id and d.seq = p.seq
      where p.company_id = ${co.company.id} and p.type = 'payment'`;
    const held = [{ invoiceId: 'i-1', amount: 18_900, because: 'not-sent' }];
    expect(document).toMatchObject({ applied: [], held, unapplied: 20_000 });
    expect(facts).toMatchObject({ applied: [], held });
    expect(
      rows
        .find(({ record }) => record.id === 'p-1')!
        .problems.map(({ message }) => message)
        .join(),
    ).toContain('$189.00 of Payment R-p-1');
  });

  it('payments that each fit their invoice, but not together: files leave the rest unapplied, and both warn', async () => {
    const part = (id: string, amount: string) => payment(id, { amount, allocations: [{ invoiceId: 'i-1', amount }] });
    const applied = ({ rows }: Awaited<ReturnType<typeof foundFor>>) =>
      Promise.all(
        rows
          .filter(({ record }) => record.type === 'payment')
          .map(async ({ record }) => {
            const [row] = await h.store.sql<{ document: PaymentDocument }[]>`
              select d.document from batch_items i join batch_documents d using (batch_id, seq)
              where i.record_id = ${record.id} and i.type = 'payment' order by i.batch_id desc limit 1`;
            return [record.id, row!.document.applied.map(({ amount }) => amount), row!.document.unapplied] as const;
          }),
      );
    for (const target of [saasant, memory]) {
      const lines = [serviceLine('s-1', '100')];
      const co = await h.company(
        target,
        [
          customer('c-1'),
          { type: 'service', id: 's-1', name: 'Work', accountingCategory: 'Services' },
          invoice('i-1', { lines, total: '100' }),
          part('p-1', '60'),
          part('p-2', '60'),
        ],
        SETTINGS,
      );
      const first = await foundFor(co, target);
      expect(first.preview.problemCounts).toMatchObject({ 'paid-over-invoice': 1 });
      expect(first.batch).toMatchObject({ 'paid-over-invoice': 1 });
      expect(Object.values(first.states)).toEqual(['posted', 'posted', 'posted']);
      const texts = first.rows.flatMap(({ problems }) => problems).filter(({ code }) => code === 'paid-over-invoice');
      expect(texts[0]!.message).toContain('whose total is $100.00, so $20.00 of ');
      const isFiles = target === saasant;
      expect(await applied(first)).toEqual([
        ['p-1', [6000], 0],
        ['p-2', [isFiles ? 4000 : 6000], isFiles ? 2000 : 0],
      ]);
      // What is in the books already counts, too.
      await co.put(part('p-3', '5'));
      const second = await foundFor(co, target);
      expect(second.preview.problemCounts).toMatchObject({ 'paid-over-invoice': 1 });
      expect(second.states).toEqual({ 'p-3': 'posted' });
      if (isFiles) expect(await applied(second)).toEqual([['p-3', [], 500]]);
    }
  });

  it('a payment of an invoice that is not sent is blocked where payments wait, and in batches of before the setting', async () => {
    for (const policy of [{ paymentsOfStoppedInvoices: 'wait' }, undefined]) {
      const co = await h.company(
        memory,
        [
          customer('c-1'),
          invoice('i-1', { number: 'B-1', total: '190.00' }),
          payment('p-1', { allocations: [{ invoiceId: 'i-1', amount: '189.00' }] }),
          invoice('i-2', { number: 'B-2' }),
        ],
        { ...SETTINGS, policy: { paymentsOfStoppedInvoices: 'wait' } },
      );
      // Stored before the setting was there.
      if (policy === undefined)
        await h.store.sql`update company_targets set settings = settings #- '{policy,paymentsOfStoppedInvoices}'
          where company_id = ${co.company.id}`;
      const { preview, batch, states } = await foundFor(co, memory);
      expect(preview.problemCounts).toMatchObject({ 'total-mismatch': 1, 'invoice-not-sent': 1 });
      expect(batch).toMatchObject({ 'total-mismatch': 1, 'invoice-not-sent': 1 });
      expect(states).toMatchObject({ 'p-1': 'blocked' });
    }
  });

  it('a re-allocation whose invoice is not in the books is listed as waiting', async () => {
    const co = await h.company(
      memory,
      [customer('c-1'), payment('p-1', { allocations: [] }), invoice('i-1', { number: 'W-1' })],
      SETTINGS,
    );
    await h.run(co);
    await co.put(
      payment('p-1', { allocations: [{ invoiceId: 'i-9', amount: '189.00' }] }),
      invoice('i-9', { number: 'W-9', status: 'draft' }),
      invoice('i-2', { number: 'W-2' }),
    );
    const preview = await previewBatch({ store: h.store, target: memory }, co.request());
    expect(preview.notSelected.map(({ reason }) => reason)).toContain('waits-for-invoice');
  });

  it('a document that the books refuse has their reason', async () => {
    books.refused.add('R-1');
    const co = await h.company(memory, [customer('c-1'), invoice('i-1', { number: 'R-1' })], SETTINGS);
    expect((await foundFor(co, memory)).batch).toMatchObject({ 'refused-by-target': 1 });
  });
});

describe('names that nobody can check', () => {
  const records = [customer('c-1'), invoice('i-1', { number: 'U-1' }), invoice('i-2', { number: 'U-2' })];

  it('are one notice of the preview, which lists them', async () => {
    const settings = { ...SETTINGS, classes: { mode: 'line', default: 'HVAC' } };
    const co = await h.company(saasant, records, settings);
    const { problems, problemCounts } = await previewBatch({ store: h.store, target: saasant }, co.request());
    expect(problemCounts).toEqual({ 'unchecked-name': 1 });
    expect(problems).toMatchObject([{ code: 'unchecked-name', severity: 'notice', number: 'U-1' }]);
    expect(problems[0]!.message).toContain('account “Services” and class “HVAC”');
  });

  it('are no notice where the company declared its chart', async () => {
    const chart = { accounts: [{ name: 'Services', type: 'Income' }] };
    const co = await h.company(saasant, records, { ...SETTINGS, chart });
    expect((await previewBatch({ store: h.store, target: saasant }, co.request())).problemCounts).toEqual({});
  });
});
