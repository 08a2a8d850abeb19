import { type Desk, type Finding, made, type Point, paymentOn, tids } from '../probe.ts';

async function overBalance(desk: Desk): Promise<Finding> {
  const invoice = await desk.invoice(10);
  const answer = await desk.make('Payment', paymentOn(desk, invoice, 20, 15));
  if (answer.fault !== undefined) return { is: 'refuse', evidence: `refused with ${answer.fault}`, tids: tids(answer) };
  const read = await desk.books.get(`payment/${made(answer, 'Payment').Id}`);
  const applied = Number(read.body.Payment?.TotalAmt) - Number(read.body.Payment?.UnappliedAmt ?? 0);
  if (applied === 10) return { is: 'cap', evidence: 'applied up to the balance, the rest unapplied', tids: tids(answer, read) };
  return { other: `${applied} of a balance of 10 was applied`, tids: tids(answer, read) };
}

async function ofParent(desk: Desk): Promise<Finding> {
  const parent = await desk.customer();
  const CustomerRef = { value: parent.Id };
  const sub = await desk.make('Customer', { DisplayName: desk.name(), Job: true, ParentRef: CustomerRef });
  if (sub.fault !== undefined) return { unknown: `these books refuse a sub-customer (${sub.fault})` };
  const invoice = await desk.invoice(10, { CustomerRef: { value: made(sub, 'Customer').Id } });
  const answer = await desk.make('Payment', { ...paymentOn(desk, invoice, 10, 10), CustomerRef });
  if (answer.fault !== undefined) return { other: `it was refused with ${answer.fault}`, tids: tids(answer) };
  const { UnappliedAmt } = made(answer, 'Payment');
  if (Number(UnappliedAmt ?? 0) === 0)
    return { is: 'applied', evidence: 'the invoice of the sub-customer is paid', tids: tids(answer) };
  return { is: 'dropped', evidence: `${UnappliedAmt} of 10 stayed unapplied`, tids: tids(answer) };
}

async function deposited(desk: Desk): Promise<Finding> {
  const banks = await desk.books.rows("select * from Account where AccountType = 'Bank' maxresults 1");
  if (banks.length === 0) return { unknown: 'these books have no bank account' };
  const invoice = await desk.invoice(10);
  const payment = made(await desk.make('Payment', paymentOn(desk, invoice, 10, 10)), 'Payment');
  const deposit = await desk.make('Deposit', {
    DepositToAccountRef: { value: banks[0]!.Id },
    PrivateNote: desk.name(),
    Line: [{ Amount: 10, LinkedTxn: [{ TxnId: payment.Id, TxnType: 'Payment', TxnLineId: '0' }] }],
  });
  if (deposit.fault !== undefined) return { unknown: `the payment could not be deposited (${deposit.fault})` };
  const { SyncToken } = (await desk.books.get(`payment/${payment.Id}`)).body.Payment;
  const answer = await desk.books.post('payment', {
    Id: payment.Id,
    SyncToken,
    CustomerRef: { value: payment.CustomerRef.value },
    TotalAmt: 10,
    PrivateNote: payment.PrivateNote,
    Line: [],
  });
  if (answer.fault !== undefined)
    return { is: 'no-change', evidence: `taking it off its invoice was refused with ${answer.fault}`, tids: tids(answer) };
  return { is: 'reapply', evidence: 'it could be taken off its invoice', tids: tids(answer) };
}

export const payments: readonly Point[] = [
  {
    name: 'paymentOverBalance',
    question: 'A payment line above the open balance',
    assumed: 'refuse',
    choices: ['refuse', 'cap'],
    risk: 'More could be applied to an invoice than it is worth.',
    probe: overBalance,
  },
  {
    name: 'parentPayments',
    question: 'A payment of a parent for an invoice of its sub-customer',
    assumed: 'applied',
    choices: ['applied', 'dropped'],
    risk: 'A parent’s payment would stay unapplied, with a warning.',
    probe: ofParent,
  },
  {
    name: 'depositedPayment',
    question: 'A change of a deposited payment',
    assumed: 'no-change',
    choices: ['no-change', 'reapply'],
    risk: 'A re-allocation of a deposited payment could be reported wrongly.',
    probe: deposited,
  },
];
