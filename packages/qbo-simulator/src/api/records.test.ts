import { describe, expect, it } from 'vitest';
import { invoiceOf, openBench, paymentOf, serviceLine } from '../testing.ts';

describe('names', () => {
  it('a reference to a parent has no name, and a vendor’s address has an id', async () => {
    await using bench = await openBench({}, { classes: ['Plumbing:Drains'] });
    await bench.post('Customer', { DisplayName: 'Parent' });
    const job = await bench.post('Customer', { DisplayName: 'Job', ParentRef: { value: '1', name: 'Parent' } });
    expect(job.ParentRef).toEqual({ value: '1' });
    const [drains] = await bench.rows("select * from Class where Name = 'Drains'");
    expect(drains!.ParentRef).toEqual({ value: expect.any(String) });
    const vendor = await bench.post('Vendor', { DisplayName: 'V', BillAddr: { Line1: '1 Harbor Way' } });
    expect(vendor.BillAddr).toEqual({ Id: expect.any(String), Line1: '1 Harbor Way' });
  });

  it('case 22: a name of a vendor or an employee is not available for a customer', async () => {
    await using bench = await openBench();
    await bench.post('Vendor', { DisplayName: 'Harbor Supply' });
    await bench.post('Employee', { GivenName: 'Ada', FamilyName: 'Park' });
    expect(await bench.refusal('Customer', { DisplayName: 'harbor supply' })).toBe('6240');
    expect(await bench.refusal('Customer', { DisplayName: 'Ada Park' })).toBe('6240');
  });

  it('case 23: an inactive customer is hidden from lists and still holds the name', async () => {
    await using bench = await openBench();
    const { Id, SyncToken } = await bench.post('Customer', { DisplayName: 'Gone Away' });
    await bench.post('Customer', { Id, SyncToken, sparse: true, Active: false });
    expect(await bench.rows("select * from Customer where DisplayName = 'Gone Away'")).toEqual([]);
    expect(await bench.rows("select * from Customer where DisplayName = 'Gone Away' and Active in (true, false)")).toHaveLength(
      1,
    );
    expect(await bench.refusal('Customer', { DisplayName: 'Gone Away' })).toBe('6240');
  });

  it('an inactive name becomes "X (deleted)" and frees the name, as the switch decides', async () => {
    await using bench = await openBench({ switches: { inactiveNames: 'renamed' } });
    const { Id, SyncToken } = await bench.post('Customer', { DisplayName: 'Gone Away' });
    const inactive = await bench.post('Customer', { Id, SyncToken, sparse: true, Active: false });
    expect(inactive.DisplayName).toBe('Gone Away (deleted)');
    expect((await bench.post('Customer', { DisplayName: 'Gone Away' })).Id).not.toBe(Id);
  });

  it.each([
    ['a colon', 'A:B', '2180'],
    ['a tab', 'A\tB', '2180'],
    ['nothing but blanks', '   ', '2180'],
    ['501 characters', 'x'.repeat(501), '2050'],
  ])('a name with %s is refused', async (_, DisplayName, code) => {
    await using bench = await openBench();
    expect(await bench.refusal('Customer', { DisplayName })).toBe(code);
  });

  it('names that differ in case and in repeated blanks clash', async () => {
    await using bench = await openBench();
    await bench.post('Customer', { DisplayName: 'Red Rock  Diner' });
    expect(await bench.refusal('Customer', { DisplayName: ' red rock diner ' })).toBe('6240');
  });

  it('characters outside Latin-1 are returned as question marks', async () => {
    await using bench = await openBench();
    expect((await bench.post('Customer', { DisplayName: 'Łukasz’s Café' })).DisplayName).toBe('?ukasz?s Café');
  });

  it('a job is named under its customer, and its balance counts there too', async () => {
    await using bench = await openBench();
    const parent = await bench.post('Customer', { DisplayName: 'Sport' });
    const job = await bench.post('Customer', { DisplayName: '55 Twin Lane', ParentRef: { value: parent.Id }, Job: true });
    expect(job.FullyQualifiedName).toBe('Sport:55 Twin Lane');
    await bench.post('Invoice', invoiceOf(job.Id, 25));
    expect(await bench.read('Customer', parent.Id)).toMatchObject({ Balance: 0, BalanceWithJobs: 25 });
  });
});

describe('writing', () => {
  it('an unknown member is fault 2010 and names the member', async () => {
    await using bench = await openBench();
    const { status, body } = await bench.call('POST', 'invoice', { BadJson: true });
    expect(status).toBe(400);
    expect(body.Fault.Error[0]).toMatchObject({ code: '2010', Detail: expect.stringContaining('Unrecognized field "BadJson"') });
    expect(body.Fault.type).toBe('ValidationFault');
  });

  it('checks members before required ones, those before lengths, and lengths before references', async () => {
    await using bench = await openBench();
    const long = 'x'.repeat(22);
    expect(await bench.refusal('Invoice', { Bad: 1, DocNumber: long })).toBe('2010');
    expect(await bench.refusal('Invoice', { ...invoiceOf('999', 1), DocNumber: long })).toBe('2050');
    expect(await bench.refusal('Invoice', invoiceOf('999', 1))).toBe('2500');
    expect(await bench.refusal('Invoice', { CustomerRef: { value: '999' } })).toBe('2020');
  });

  it('case 49: a stale SyncToken is refused and changes nothing', async () => {
    await using bench = await openBench();
    const customer = await bench.post('Customer', { DisplayName: 'Stale' });
    await bench.post('Customer', { Id: customer.Id, SyncToken: '0', sparse: true, Notes: 'first' });
    expect(await bench.refusal('Customer', { Id: customer.Id, SyncToken: '0', sparse: true, Notes: 'second' })).toBe('5010');
    expect(await bench.read('Customer', customer.Id)).toMatchObject({ SyncToken: '1', Notes: 'first' });
  });

  it('an update that changes nothing keeps the SyncToken', async () => {
    await using bench = await openBench();
    const customer = await bench.post('Customer', { DisplayName: 'Same', Notes: 'n' });
    const again = await bench.post('Customer', { Id: customer.Id, SyncToken: '0', sparse: true, Notes: 'n' });
    expect(again.SyncToken).toBe('0');
  });

  it('case 48: a sparse update keeps what it leaves out, a full update empties it', async () => {
    await using bench = await openBench();
    await bench.post('Customer', { DisplayName: 'C' });
    const invoice = await bench.post('Invoice', invoiceOf('1', 10, { PrivateNote: 'keep me', DocNumber: 'A-1' }));
    const { Id } = invoice;
    const sparse = await bench.post('Invoice', { Id, SyncToken: '0', sparse: true, CustomerMemo: { value: 'hello' } });
    expect(sparse).toMatchObject({ PrivateNote: 'keep me', DocNumber: 'A-1', CustomerMemo: { value: 'hello' } });
    const full = await bench.post('Invoice', { Id, SyncToken: '1', ...invoiceOf('1', 10) });
    expect(full.PrivateNote).toBeUndefined();
    expect(full.DocNumber).toBeUndefined();
  });

  it('case 47: lines without ids are appended by a sparse update and replaced by a full one', async () => {
    await using bench = await openBench();
    await bench.post('Customer', { DisplayName: 'C' });
    const { Id } = await bench.post('Invoice', invoiceOf('1', 10));
    const sparse = await bench.post('Invoice', { Id, SyncToken: '0', sparse: true, Line: [serviceLine(5)] });
    expect(sparse.TotalAmt).toBe(15);
    const full = await bench.post('Invoice', { Id, SyncToken: '1', ...invoiceOf('1', 7) });
    expect(full.TotalAmt).toBe(7);
    expect(full.Line[0].Id).toBe('3');
  });

  it('case 13: a number in use is refused, and the fault names the document that has it', async () => {
    await using bench = await openBench();
    await bench.post('Customer', { DisplayName: 'C' });
    const { Id } = await bench.post('Invoice', invoiceOf('1', 10, { DocNumber: 'INV-7' }));
    const { body } = await bench.call('POST', 'invoice', invoiceOf('1', 10, { DocNumber: 'INV-7' }));
    expect(body.Fault.Error[0].code).toBe('6140');
    expect(body.Fault.Error[0].Detail).toContain(`DocNumber=INV-7 is assigned to TxnType=Invoice with TxnId=${Id}`);
    expect(
      (await bench.post('Invoice', invoiceOf('1', 10, { DocNumber: 'INV-7' }), '?include=allowduplicatedocnum')).DocNumber,
    ).toBe('INV-7');
  });

  it('case 15: without the warning for duplicate numbers the same number is accepted twice', async () => {
    await using bench = await openBench({}, { preferences: { warnDuplicateNumbers: false } });
    await bench.post('Customer', { DisplayName: 'C' });
    await bench.post('Invoice', invoiceOf('1', 10, { DocNumber: 'INV-7' }));
    await bench.post('Invoice', invoiceOf('1', 10, { DocNumber: 'INV-7' }));
    expect(await bench.rows("select * from Invoice where DocNumber = 'INV-7'")).toHaveLength(2);
  });

  it('a company that numbers by itself replaces a number that was sent', async () => {
    await using bench = await openBench({}, { preferences: { customTxnNumbers: false } });
    await bench.post('Customer', { DisplayName: 'C' });
    expect((await bench.post('Invoice', invoiceOf('1', 10, { DocNumber: 'MINE' }))).DocNumber).toBe('1001');
    expect((await bench.post('Invoice', invoiceOf('1', 10))).DocNumber).toBe('1002');
  });

  it('case 34: quantity 0.333 at 9.99 needs the amount 3.33', async () => {
    await using bench = await openBench();
    await bench.post('Customer', { DisplayName: 'C' });
    const detail = { ItemRef: { value: '1' }, Qty: 0.333, UnitPrice: 9.99 };
    const line = (Amount: number) => [{ Amount, DetailType: 'SalesItemLineDetail', SalesItemLineDetail: detail }];
    expect(await bench.refusal('Invoice', { CustomerRef: { value: '1' }, Line: line(3.32) })).toBe('6070');
    expect((await bench.post('Invoice', { CustomerRef: { value: '1' }, Line: line(3.33) })).TotalAmt).toBe(3.33);
  });

  it('a line without an item only documents: its amount counts for nothing', async () => {
    await using bench = await openBench();
    await bench.post('Customer', { DisplayName: 'C' });
    const bare = { Amount: 50, DetailType: 'SalesItemLineDetail', SalesItemLineDetail: {} };
    expect((await bench.post('Invoice', { CustomerRef: { value: '1' }, Line: [serviceLine(10), bare] })).TotalAmt).toBe(10);
  });

  it('case 29: a category and an inactive item are refused on a line', async () => {
    await using bench = await openBench();
    await bench.post('Customer', { DisplayName: 'C' });
    const category = await bench.post('Item', { Name: 'All work', Type: 'Category' });
    const old = await bench.post('Item', { Name: 'Old', Type: 'Service', IncomeAccountRef: { value: '9' } });
    bench.company.act({ act: 'deactivate', entity: 'Item', id: old.Id });
    const withItem = (value: string) => invoiceOf('1', 10, { Line: [serviceLine(10, { ItemRef: { value } })] });
    expect(await bench.refusal('Invoice', withItem(category.Id))).toBe('2500');
    expect(await bench.refusal('Invoice', withItem(old.Id))).toBe('2500');
  });

  it('case 67: a class at a level that is off is dropped, faulted or kept, as the switch decides', async () => {
    await using bench = await openBench({}, { classes: ['North'], preferences: { classTracking: 'per-transaction' } });
    await bench.post('Customer', { DisplayName: 'C' });
    const both = { ClassRef: { value: '1' }, CustomerRef: { value: '1' }, Line: [serviceLine(10, { ClassRef: { value: '1' } })] };
    const dropped = await bench.post('Invoice', both);
    expect(dropped.ClassRef).toEqual({ value: '1', name: 'North' });
    expect(dropped.Line[0].SalesItemLineDetail.ClassRef).toBeUndefined();
    bench.simulator.control.setSwitches({ classAtWrongLevel: 'fault' });
    expect(await bench.refusal('Invoice', both)).toBe('6000');
    bench.simulator.control.setSwitches({ classAtWrongLevel: 'keep' });
    expect((await bench.post('Invoice', both)).Line[0].SalesItemLineDetail.ClassRef.value).toBe('1');
  });

  it('case 43: nothing dated in a closed period is made, changed, voided or deleted', async () => {
    await using bench = await openBench();
    await bench.post('Customer', { DisplayName: 'C' });
    const old = await bench.post('Invoice', invoiceOf('1', 10, { TxnDate: '2026-01-31' }));
    bench.company.act({ act: 'closeBooks', date: '2026-01-31' });
    const { Id, SyncToken } = old;
    expect(await bench.refusal('Invoice', invoiceOf('1', 10, { TxnDate: '2026-01-31' }))).toBe('6210');
    expect(await bench.refusal('Invoice', { Id, SyncToken, sparse: true, TxnDate: '2026-02-01' })).toBe('6210');
    expect(await bench.refusal('Invoice', { Id, SyncToken }, '?operation=void')).toBe('6210');
    expect(await bench.refusal('Invoice', { Id, SyncToken }, '?operation=delete')).toBe('6210');
  });

  it('case 44: a payment in an open period settles an invoice of a closed one', async () => {
    await using bench = await openBench();
    await bench.post('Customer', { DisplayName: 'C' });
    const { Id } = await bench.post('Invoice', invoiceOf('1', 10, { TxnDate: '2026-01-31' }));
    bench.company.act({ act: 'closeBooks', date: '2026-01-31' });
    await bench.post('Payment', { ...paymentOf('1', 10, { [Id]: 10 }), TxnDate: '2026-02-01' });
    expect((await bench.read('Invoice', Id)).Balance).toBe(0);
  });

  it('a lapsed subscription refuses every write', async () => {
    await using bench = await openBench();
    bench.company.setLapsed(true);
    expect(await bench.refusal('Customer', { DisplayName: 'C' })).toBe('6190');
  });
});

describe('void and delete', () => {
  it.each([
    ['operation=void', 'invoice?operation=void'],
    ['operation=update&include=void', 'invoice?operation=update&include=void'],
    ['include=void', 'invoice?include=void'],
  ])('an invoice is void by %s: zero amounts, lines kept, one SyncToken on', async (_, path) => {
    await using bench = await openBench();
    await bench.post('Customer', { DisplayName: 'C' });
    const { Id } = await bench.post('Invoice', invoiceOf('1', 10));
    const { body } = await bench.call('POST', path, { Id, SyncToken: '0' });
    expect(body.Invoice).toMatchObject({ SyncToken: '1', TotalAmt: 0, Balance: 0, PrivateNote: 'Voided', LinkedTxn: [] });
    expect(body.Invoice.Line.map((line: { Amount: number }) => line.Amount)).toEqual([0, 0]);
    expect(bench.company.trialBalance().rows).toEqual([]);
  });

  it('a void payment has no lines and frees its invoice', async () => {
    await using bench = await openBench();
    await bench.post('Customer', { DisplayName: 'C' });
    const { Id } = await bench.post('Invoice', invoiceOf('1', 10));
    const payment = await bench.post('Payment', paymentOf('1', 10, { [Id]: 10 }));
    const voided = await bench.post(
      'Payment',
      { Id: payment.Id, SyncToken: '0', sparse: true },
      '?operation=update&include=void',
    );
    expect(voided).toMatchObject({ TotalAmt: 0, UnappliedAmt: 0, Line: [], PrivateNote: 'Voided' });
    expect((await bench.read('Invoice', Id)).Balance).toBe(10);
  });

  it('a deleted record can’t be read, changed or deleted again', async () => {
    await using bench = await openBench();
    await bench.post('Customer', { DisplayName: 'C' });
    const { Id } = await bench.post('Invoice', invoiceOf('1', 10));
    expect(await bench.post('Invoice', { Id, SyncToken: '0' }, '?operation=delete')).toEqual({
      domain: 'QBO',
      status: 'Deleted',
      Id,
    });
    expect((await bench.call('GET', `invoice/${Id}`)).body.Fault.Error[0].code).toBe('610');
    expect(await bench.refusal('Invoice', { Id, SyncToken: '0' }, '?operation=delete')).toBe('610');
  });

  it('case 65: an invoice with payments is neither voided nor deleted before they are unlinked', async () => {
    await using bench = await openBench();
    await bench.post('Customer', { DisplayName: 'C' });
    const { Id } = await bench.post('Invoice', invoiceOf('1', 10));
    const payment = await bench.post('Payment', paymentOf('1', 10, { [Id]: 10 }));
    const { SyncToken } = await bench.read('Invoice', Id);
    expect(await bench.refusal('Invoice', { Id, SyncToken }, '?operation=void')).toBe('6000');
    expect(await bench.refusal('Invoice', { Id, SyncToken }, '?operation=delete')).toBe('6000');
    await bench.post('Payment', { Id: payment.Id, SyncToken: '0' }, '?operation=delete');
    await bench.post('Invoice', { Id, SyncToken: (await bench.read('Invoice', Id)).SyncToken }, '?operation=void');
  });

  it.each(['CreditMemo', 'JournalEntry', 'Customer'])('a %s has no void', async (entity) => {
    await using bench = await openBench();
    expect(await bench.refusal(entity, { Id: '1', SyncToken: '0' }, '?operation=void')).toBe('500');
  });

  it('names and accounts are not deleted', async () => {
    await using bench = await openBench();
    expect(await bench.refusal('Account', { Id: '1', SyncToken: '0' }, '?operation=delete')).toBe('500');
  });
});
