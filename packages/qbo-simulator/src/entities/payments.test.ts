import { describe, expect, it } from 'vitest';
import { invoiceOf, openBench, paymentOf, serviceLine } from '../testing.ts';

const noAutoApply = { preferences: { autoApplyCredit: false } };

describe('payments', () => {
  it('case 55: a deposit waits unapplied and is linked to the invoice later', async () => {
    await using bench = await openBench({}, noAutoApply);
    await bench.post('Customer', { DisplayName: 'C' });
    const payment = await bench.post('Payment', paymentOf('1', 40));
    expect(payment).toMatchObject({ UnappliedAmt: 40, Line: [] });
    const { Id } = await bench.post('Invoice', invoiceOf('1', 100));
    const linked = await bench.post('Payment', {
      Id: payment.Id,
      SyncToken: '0',
      sparse: true,
      ...paymentOf('1', 40, { [Id]: 40 }),
    });
    expect(linked).toMatchObject({ UnappliedAmt: 0, SyncToken: '1' });
    expect(await bench.read('Invoice', Id)).toMatchObject({
      Balance: 60,
      LinkedTxn: [{ TxnId: payment.Id, TxnType: 'Payment' }],
    });
  });

  it('a parent pays for its sub-customers, or the link is dropped, as the switch decides', async () => {
    for (const parentPayments of ['applied', 'dropped'] as const) {
      await using bench = await openBench({}, noAutoApply);
      bench.simulator.control.setSwitches({ parentPayments });
      const { Id: parent } = await bench.post('Customer', { DisplayName: 'Parent' });
      const ParentRef = { value: parent };
      const { Id: sub } = await bench.post('Customer', { DisplayName: 'Sub', Job: true, ParentRef });
      const { Id: lower } = await bench.post('Customer', { DisplayName: 'Lower', Job: true, ParentRef: { value: sub } });
      const invoice = await bench.post('Invoice', { ...invoiceOf('1', 100), CustomerRef: { value: lower } });
      const payment = await bench.post('Payment', { ...paymentOf('1', 100, { [invoice.Id]: 100 }), CustomerRef: ParentRef });
      expect(payment.UnappliedAmt).toBe(parentPayments === 'applied' ? 0 : 100);
      // A sub-customer never pays for its parent.
      const other = await bench.post('Invoice', { ...invoiceOf('2', 100), CustomerRef: ParentRef });
      const wrong = { ...paymentOf('2', 100, { [other.Id]: 100 }), CustomerRef: { value: sub } };
      expect((await bench.post('Payment', wrong)).UnappliedAmt).toBe(100);
    }
  });

  it('case 57: AutoApplyCredit applies a waiting deposit to a new invoice at once', async () => {
    await using bench = await openBench();
    await bench.post('Customer', { DisplayName: 'C' });
    const payment = await bench.post('Payment', paymentOf('1', 40));
    const invoice = await bench.post('Invoice', invoiceOf('1', 100));
    expect(invoice.Balance).toBe(60);
    expect((await bench.read('Payment', payment.Id)).UnappliedAmt).toBe(0);
    expect(await bench.refusal('Payment', paymentOf('1', 100, { [invoice.Id]: 100 }))).toBe('6000');
  });

  it('AutoApplyCredit uses a credit memo by a payment of its own', async () => {
    await using bench = await openBench();
    await bench.post('Customer', { DisplayName: 'C' });
    const memo = await bench.post('CreditMemo', invoiceOf('1', 30));
    const invoice = await bench.post('Invoice', invoiceOf('1', 100));
    expect(invoice.Balance).toBe(70);
    expect(await bench.read('CreditMemo', memo.Id)).toMatchObject({ RemainingCredit: 0, Balance: 0 });
    const [made] = await bench.rows('select * from Payment');
    expect(made).toMatchObject({ TotalAmt: 0, UnappliedAmt: 0 });
    expect(bench.company.balanceOf('Accounts Receivable (A/R)')).toBe(70);
  });

  it('a payment of zero applies a credit memo to an invoice', async () => {
    await using bench = await openBench({}, noAutoApply);
    await bench.post('Customer', { DisplayName: 'C' });
    const invoice = await bench.post('Invoice', invoiceOf('1', 300));
    const memo = await bench.post('CreditMemo', invoiceOf('1', 300));
    const line = (TxnId: string, TxnType: string) => ({ Amount: 300, LinkedTxn: [{ TxnId, TxnType }] });
    const Line = [line(invoice.Id, 'Invoice'), line(memo.Id, 'CreditMemo')];
    await bench.post('Payment', { CustomerRef: { value: '1' }, TotalAmt: 0, Line });
    expect((await bench.read('Invoice', invoice.Id)).Balance).toBe(0);
    expect((await bench.read('CreditMemo', memo.Id)).RemainingCredit).toBe(0);
  });

  it('case 64: more than the open balance is refused, or capped, as the switch decides', async () => {
    await using bench = await openBench({}, noAutoApply);
    await bench.post('Customer', { DisplayName: 'C' });
    const { Id } = await bench.post('Invoice', invoiceOf('1', 100));
    expect(await bench.refusal('Payment', paymentOf('1', 150, { [Id]: 150 }))).toBe('6000');
    bench.simulator.control.setSwitches({ paymentOverBalance: 'cap' });
    expect((await bench.post('Payment', paymentOf('1', 150, { [Id]: 150 }))).UnappliedAmt).toBe(50);
  });

  it('lines that add up to more than the payment are refused', async () => {
    await using bench = await openBench({}, noAutoApply);
    await bench.post('Customer', { DisplayName: 'C' });
    const { Id } = await bench.post('Invoice', invoiceOf('1', 100));
    expect(await bench.refusal('Payment', paymentOf('1', 50, { [Id]: 60 }))).toBe('6000');
  });

  it('case 27: the invoice of another customer stays open, and the payment unapplied', async () => {
    await using bench = await openBench({}, noAutoApply);
    await bench.post('Customer', { DisplayName: 'C' });
    await bench.post('Customer', { DisplayName: 'D' });
    const { Id } = await bench.post('Invoice', invoiceOf('1', 100));
    expect(await bench.post('Payment', paymentOf('2', 100, { [Id]: 100 }))).toMatchObject({ UnappliedAmt: 100, Line: [] });
    expect(await bench.refusal('Payment', paymentOf('1', 10, { '999': 10 }))).toBe('610');
  });

  it('case 50: an invoice lowered below what was paid leaves the rest unapplied', async () => {
    await using bench = await openBench({}, noAutoApply);
    await bench.post('Customer', { DisplayName: 'C' });
    const { Id } = await bench.post('Invoice', invoiceOf('1', 100));
    const payment = await bench.post('Payment', paymentOf('1', 100, { [Id]: 100 }));
    const { SyncToken } = await bench.read('Invoice', Id);
    const lowered = await bench.post('Invoice', { Id, SyncToken, ...invoiceOf('1', 80) });
    expect(lowered.Balance).toBe(0);
    expect((await bench.read('Payment', payment.Id)).UnappliedAmt).toBe(20);
  });

  it('case 59: a payment in a bank deposit is neither changed nor voided until it is removed from it', async () => {
    await using bench = await openBench({}, noAutoApply);
    await bench.post('Customer', { DisplayName: 'C' });
    const { Id } = await bench.post('Payment', paymentOf('1', 40));
    const deposit = bench.company.act({ act: 'deposit', payments: [Id], account: 'Checking' });
    expect(bench.company.balanceOf('Undeposited Funds')).toBe(0);
    expect(bench.company.balanceOf('Checking')).toBe(40);
    const { SyncToken } = await bench.read('Payment', Id);
    expect(await bench.refusal('Payment', { Id, SyncToken, sparse: true, PrivateNote: 'x' })).toBe('6540');
    expect(await bench.refusal('Payment', { Id, SyncToken }, '?operation=delete')).toBe('6540');
    expect(await bench.refusal('Payment', { Id, SyncToken, sparse: true }, '?operation=update&include=void')).toBe('6540');
    bench.company.act({ act: 'delete', entity: 'Deposit', id: String(deposit.Id) });
    await bench.post('Payment', { Id, SyncToken: (await bench.read('Payment', Id)).SyncToken }, '?operation=delete');
    expect(bench.company.trialBalance().rows).toEqual([]);
  });

  it('case 61: a refund by journal needs the customer on Accounts Receivable, and balances', async () => {
    await using bench = await openBench({}, noAutoApply);
    await bench.post('Customer', { DisplayName: 'C' });
    await bench.post('Payment', paymentOf('1', 40));
    const line = (PostingType: string, account: string, Amount: number, customer?: string) => ({
      Amount,
      DetailType: 'JournalEntryLineDetail',
      JournalEntryLineDetail: {
        PostingType,
        AccountRef: { value: account },
        ...(customer === undefined ? {} : { Entity: { Type: 'Customer', EntityRef: { value: customer } } }),
      },
    });
    expect(await bench.refusal('JournalEntry', { Line: [line('Debit', '1', 15), line('Credit', '3', 15)] })).toBe('6000');
    expect(await bench.refusal('JournalEntry', { Line: [line('Debit', '1', 15, '1'), line('Credit', '3', 14)] })).toBe('6000');
    expect(await bench.refusal('JournalEntry', { Line: [line('Debit', '1', 15, '1')] })).toBe('6000');
    await bench.post('JournalEntry', { Line: [line('Debit', '1', 15, '1'), line('Credit', '3', 15)] });
    expect(bench.company.receivables()).toEqual([{ customer: 'C', id: '1', owed: -25 }]);
    expect(bench.company.balanceOf('Checking')).toBe(-15);
  });

  it('a refund receipt gives money back out of the account it names', async () => {
    await using bench = await openBench();
    await bench.post('Customer', { DisplayName: 'C' });
    expect(await bench.refusal('RefundReceipt', invoiceOf('1', 10))).toBe('2020');
    await bench.post('RefundReceipt', { ...invoiceOf('1', 10), DepositToAccountRef: { value: '3' } });
    expect(bench.company.balanceOf('Checking')).toBe(-10);
  });

  it('a customer with a balance is not made inactive', async () => {
    await using bench = await openBench();
    await bench.post('Customer', { DisplayName: 'C' });
    await bench.post('Invoice', invoiceOf('1', 10));
    expect(await bench.refusal('Customer', { Id: '1', SyncToken: '0', sparse: true, Active: false })).toBe('6000');
  });

  it('a merged customer is deleted, and the other has its documents', async () => {
    await using bench = await openBench();
    await bench.post('Customer', { DisplayName: 'C' });
    await bench.post('Customer', { DisplayName: 'D' });
    await bench.post('Invoice', invoiceOf('1', 10));
    bench.company.act({ act: 'merge', from: '1', into: '2' });
    expect(bench.company.receivables()).toEqual([{ customer: 'D', id: '2', owed: 10 }]);
    expect(await bench.refusal('Invoice', invoiceOf('1', 10))).toBe('2500');
  });
});

describe('taxes', () => {
  it('case 35: only the lines marked TAX are taxed', async () => {
    await using bench = await openBench();
    await bench.post('Customer', { DisplayName: 'C' });
    const Line = [serviceLine(100, { TaxCodeRef: { value: 'TAX' } }), serviceLine(50)];
    const invoice = await bench.post('Invoice', {
      CustomerRef: { value: '1' },
      Line,
      TxnTaxDetail: { TxnTaxCodeRef: { value: '2' } },
    });
    expect(invoice).toMatchObject({ TotalAmt: 158, TxnTaxDetail: { TotalTax: 8 } });
    expect(bench.company.balanceOf('Sales Tax Payable')).toBe(-8);
  });

  it('a line with another tax code than TAX or NON is refused', async () => {
    await using bench = await openBench();
    await bench.post('Customer', { DisplayName: 'C' });
    expect(await bench.refusal('Invoice', invoiceOf('1', 10, { Line: [serviceLine(10, { TaxCodeRef: { value: '2' } })] }))).toBe(
      '6100',
    );
  });

  it('a company without sales tax drops what is stated', async () => {
    await using bench = await openBench({}, { preferences: { usingSalesTax: false } });
    await bench.post('Customer', { DisplayName: 'C' });
    expect((await bench.post('Invoice', invoiceOf('1', 10, { TxnTaxDetail: { TotalTax: 3 } }))).TotalAmt).toBe(10);
  });

  it('case 36: automated sales tax answers its own total unless code and total are both stated', async () => {
    await using bench = await openBench({}, { preferences: { partnerTax: true, partnerTaxPercent: 10 } });
    await bench.post('Customer', { DisplayName: 'C' });
    const taxed = (tax: object) => ({
      CustomerRef: { value: '1' },
      Line: [serviceLine(100, { TaxCodeRef: { value: 'TAX' } })],
      TxnTaxDetail: tax,
    });
    expect((await bench.post('Invoice', taxed({ TotalTax: 7 }))).TotalAmt).toBe(110);
    expect((await bench.post('Invoice', taxed({ TotalTax: 7, TxnTaxCodeRef: { value: '2' } }))).TotalAmt).toBe(107);
    bench.company.setPreferences({ partnerTaxDrift: 1 });
    expect((await bench.post('Invoice', taxed({ TotalTax: 7, TxnTaxCodeRef: { value: '2' } }))).TotalAmt).toBe(107.01);
  });

  it('case 32: 9.975 % of 4495.16 is 448.39', async () => {
    await using bench = await openBench({}, { preferences: { partnerTax: true, partnerTaxPercent: 9.975 } });
    await bench.post('Customer', { DisplayName: 'C' });
    const Line = [serviceLine(4495.16, { TaxCodeRef: { value: 'TAX' } })];
    expect((await bench.post('Invoice', { CustomerRef: { value: '1' }, Line })).TxnTaxDetail.TotalTax).toBe(448.39);
  });

  it('case 37: a discount of 100 % leaves nothing owed', async () => {
    await using bench = await openBench();
    await bench.post('Customer', { DisplayName: 'C' });
    const discount = { DetailType: 'DiscountLineDetail', DiscountLineDetail: { PercentBased: true, DiscountPercent: 100 } };
    const invoice = await bench.post('Invoice', { CustomerRef: { value: '1' }, Line: [serviceLine(80), discount] });
    expect(invoice).toMatchObject({ TotalAmt: 0, Balance: 0 });
    expect(bench.company.balanceOf('Discounts given')).toBe(80);
  });
});
