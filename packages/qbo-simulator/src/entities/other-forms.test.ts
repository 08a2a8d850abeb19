import { expect, it } from 'vitest';
import { invoiceOf, openBench } from '../testing.ts';

it('a sales receipt posts to Undeposited Funds or the named account, and a void takes it back', async () => {
  await using bench = await openBench();
  await bench.post('Customer', { DisplayName: 'C' });
  const receipt = await bench.post('SalesReceipt', invoiceOf('1', 20));
  expect(receipt).toMatchObject({ TotalAmt: 20, Balance: 0, DepositToAccountRef: { name: 'Undeposited Funds' } });
  const [checking] = await bench.rows("select * from Account where Name = 'Checking'");
  await bench.post('SalesReceipt', invoiceOf('1', 30, { DepositToAccountRef: { value: checking!.Id } }));
  expect(bench.company.balanceOf('Undeposited Funds')).toBe(20);
  expect(bench.company.balanceOf('Checking')).toBe(30);
  expect(bench.company.receivables()).toEqual([]);
  const voided = await bench.post('SalesReceipt', { Id: receipt.Id, SyncToken: receipt.SyncToken }, '?include=void');
  expect(voided).toMatchObject({ TotalAmt: 0, PrivateNote: 'Voided' });
  expect(bench.company.balanceOf('Undeposited Funds')).toBe(0);
  const [income] = await bench.rows("select * from Account where Name = 'Services'");
  expect(await bench.refusal('SalesReceipt', invoiceOf('1', 1, { DepositToAccountRef: { value: income!.Id } }))).toBe('6000');
});

it('an estimate is kept, found, changed and deleted, and posts nothing', async () => {
  await using bench = await openBench();
  await bench.post('Customer', { DisplayName: 'C' });
  const estimate = await bench.post('Estimate', invoiceOf('1', 50, { ExpirationDate: '2026-12-31' }));
  expect(estimate).toMatchObject({ TotalAmt: 50, TxnStatus: 'Pending', ExpirationDate: '2026-12-31' });
  const change = { Id: estimate.Id, SyncToken: estimate.SyncToken, sparse: true, TxnStatus: 'Accepted' };
  expect(await bench.post('Estimate', change)).toMatchObject({ TxnStatus: 'Accepted', SyncToken: '1' });
  expect(await bench.rows("select * from Estimate where TxnStatus = 'Accepted'")).toHaveLength(1);
  expect(await bench.refusal('Estimate', { ...change, SyncToken: '1', TxnStatus: 'Perhaps' })).toBe('2170');
  expect(bench.company.trialBalance().rows).toEqual([]);
  await bench.post('Estimate', { Id: estimate.Id, SyncToken: '1' }, '?operation=delete');
  expect(await bench.rows('select * from Estimate')).toEqual([]);
});

it('an estimate may have the number of its invoice; two invoices may not share one', async () => {
  await using bench = await openBench();
  await bench.post('Customer', { DisplayName: 'C' });
  await bench.post('Estimate', invoiceOf('1', 50, { DocNumber: '7' }));
  await bench.post('Invoice', invoiceOf('1', 50, { DocNumber: '7' }));
  expect(await bench.refusal('SalesReceipt', invoiceOf('1', 50, { DocNumber: '7' }))).toBe('6140');
});
