import { describe, expect, it } from 'vitest';
import { invoiceOf, openBench, paymentOf, serviceLine } from '../testing.ts';

describe('names that a person changes at the screen', () => {
  it('show on every transaction, and change none of them', async () => {
    await using bench = await openBench();
    await bench.post('Customer', { DisplayName: 'Jane Roe' });
    const before = await bench.post('Invoice', invoiceOf('1', 10));
    bench.company.act({ act: 'rename', entity: 'Customer', id: '1', name: 'Jane & Tom Roe' });
    bench.company.act({ act: 'rename', entity: 'Item', id: '1', name: 'All services' });
    const after = await bench.read('Invoice', before.Id);
    expect(after.CustomerRef).toEqual({ value: '1', name: 'Jane & Tom Roe' });
    expect(after.Line[0].SalesItemLineDetail.ItemRef).toEqual({ value: '1', name: 'All services' });
    expect(after.SyncToken).toBe(before.SyncToken);
    // Writing the same content again is no change either.
    expect((await bench.post('Invoice', { ...after, sparse: false })).SyncToken).toBe(before.SyncToken);
    expect((await bench.rows("select * from Invoice where CustomerRef = '1'"))[0]?.CustomerRef.name).toBe('Jane & Tom Roe');
  });

  it('of a parent are in the full names of its sub-customers', async () => {
    await using bench = await openBench();
    await bench.post('Customer', { DisplayName: 'Amy' });
    await bench.post('Customer', { DisplayName: 'Pool', Job: true, ParentRef: { value: '1' } });
    await bench.post('Customer', { DisplayName: 'Heater', Job: true, ParentRef: { value: '2' } });
    bench.company.act({ act: 'rename', entity: 'Customer', id: '1', name: 'Ann' });
    const names = (await bench.rows('select * from Customer')).map((one) => one.FullyQualifiedName);
    expect(names.sort()).toEqual(['Ann', 'Ann:Pool', 'Ann:Pool:Heater']);
  });

  it('that are outside Latin-1 are kept whole by the switch, while no query may hold them', async () => {
    await using bench = await openBench({ switches: { nonLatin1: 'kept' } });
    await bench.post('Customer', { DisplayName: 'Nguyễn Thị Hoa' });
    expect((await bench.read('Customer', '1')).DisplayName).toBe('Nguyễn Thị Hoa');
    const query = (text: string) => bench.call('GET', `query?query=${encodeURIComponent(text)}`);
    const refused = await query("select * from Customer where DisplayName = 'Nguyễn Thị Hoa'");
    expect(refused.body.Fault.Error[0].code).toBe('4000');
    expect(await bench.rows("select * from Customer where DisplayName LIKE 'Nguy%n Th% Hoa'")).toHaveLength(1);
  });
});

describe('merging', () => {
  it('customers takes payments, journals and jobs along, and what is applied stays applied', async () => {
    await using bench = await openBench({}, { preferences: { autoApplyCredit: false } });
    for (const DisplayName of ['C', 'D']) await bench.post('Customer', { DisplayName });
    await bench.post('Customer', { DisplayName: 'Job', Job: true, ParentRef: { value: '1' } });
    const invoice = await bench.post('Invoice', invoiceOf('1', 10));
    const payment = await bench.post('Payment', paymentOf('1', 10, { [invoice.Id]: 10 }));
    const entry = (PostingType: string, AccountRef: object, more = {}) => ({
      Amount: 3,
      DetailType: 'JournalEntryLineDetail',
      JournalEntryLineDetail: { PostingType, AccountRef, ...more },
    });
    const accounts = await bench.rows('select * from Account');
    const id = (type: string) => ({ value: accounts.find((one) => one.AccountType === type)!.Id });
    const journal = await bench.post('JournalEntry', {
      Line: [
        entry('Debit', id('Accounts Receivable'), { Entity: { Type: 'Customer', EntityRef: { value: '1' } } }),
        entry('Credit', id('Bank')),
      ],
    });
    bench.company.act({ act: 'merge', from: '1', into: '2' });
    expect((await bench.read('Invoice', invoice.Id)).Balance).toBe(0);
    expect((await bench.read('Payment', payment.Id)).CustomerRef.value).toBe('2');
    const moved = await bench.read('JournalEntry', journal.Id);
    expect(moved.Line[0].JournalEntryLineDetail.Entity.EntityRef).toEqual({ value: '2', name: 'D' });
    expect(bench.company.receivables()).toEqual([{ customer: 'D', id: '2', owed: 3 }]);
    expect((await bench.read('Customer', '3')).ParentRef.value).toBe('2');
    expect(await bench.rows("select * from Customer where Id = '1' and Active IN (true, false)")).toEqual([]);
  });

  it('items moves the lines that used the merged one', async () => {
    await using bench = await openBench();
    await bench.post('Customer', { DisplayName: 'C' });
    const account = (await bench.read('Item', '1')).IncomeAccountRef;
    const item = await bench.post('Item', { Name: 'Drain', Type: 'Service', IncomeAccountRef: account });
    const invoice = await bench.post('Invoice', invoiceOf('1', 10, { Line: [serviceLine(10, { ItemRef: { value: item.Id } })] }));
    bench.company.act({ act: 'merge', entity: 'Item', from: item.Id, into: '1' });
    expect((await bench.read('Invoice', invoice.Id)).Line[0].SalesItemLineDetail.ItemRef.value).toBe('1');
    expect(() => bench.company.act({ act: 'merge', entity: 'Item', from: item.Id, into: '1' })).toThrow(
      'one is not in the books',
    );
  });
});

describe('deleting a name at the screen', () => {
  it('removes one that nothing refers to', async () => {
    await using bench = await openBench();
    await bench.post('Customer', { DisplayName: 'C' });
    bench.company.act({ act: 'delete', entity: 'Customer', id: '1' });
    expect(bench.company.records('Customer')).toEqual([]);
    await bench.post('Customer', { DisplayName: 'C' });
  });

  it('makes one that is used inactive under another name', async () => {
    await using bench = await openBench({ switches: { deactivateWithBalance: 'allow' } });
    await bench.post('Customer', { DisplayName: 'C' });
    await bench.post('Invoice', invoiceOf('1', 10));
    bench.company.act({ act: 'delete', entity: 'Customer', id: '1' });
    expect(bench.company.records('Customer')).toMatchObject([{ DisplayName: 'C (deleted)', Active: false }]);
  });
});

it('a line names neither a category nor a bundle as its item', async () => {
  await using bench = await openBench();
  await bench.post('Customer', { DisplayName: 'C' });
  for (const Type of ['Category', 'Group']) {
    const item = await bench.post('Item', { Name: `A ${Type}`, Type });
    const invoice = invoiceOf('1', 10, { Line: [serviceLine(10, { ItemRef: { value: item.Id } })] });
    expect(await bench.refusal('Invoice', invoice)).toBe('2500');
  }
});
