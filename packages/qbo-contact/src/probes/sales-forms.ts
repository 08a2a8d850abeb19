import { type Desk, type Finding, invoiceOf, lineOf, made, type Point, paymentOn, tids } from '../probe.ts';

const number = (desk: Desk) => desk.name().slice(0, 21);

async function withoutCustomNumbers(desk: Desk): Promise<Finding> {
  if (desk.preferences.SalesFormsPrefs?.CustomTxnNumbers === true) {
    return { unknown: 'custom transaction numbers are on in these books, and preferences are never changed' };
  }
  const DocNumber = number(desk);
  const CustomerRef = { value: (await desk.customer()).Id };
  const answer = await desk.make('Invoice', { ...invoiceOf(desk, CustomerRef, 10), DocNumber });
  if (answer.fault !== undefined) return { other: `refused with ${answer.fault}`, tids: tids(answer) };
  const stored = made(answer, 'Invoice').DocNumber === DocNumber;
  return {
    is: stored ? 'stored' : 'replaced',
    evidence: stored ? 'our number came back' : 'another number came back',
    tids: tids(answer),
  };
}

async function numberScope(desk: Desk): Promise<Finding> {
  if (desk.preferences.SalesFormsPrefs?.CustomTxnNumbers !== true) {
    return { unknown: 'custom transaction numbers are off in these books, so no number is used twice' };
  }
  const CustomerRef = { value: (await desk.customer()).Id };
  const DocNumber = number(desk);
  await desk.invoice(10, { CustomerRef, DocNumber });
  const twice = await desk.make('Invoice', { ...invoiceOf(desk, CustomerRef, 10), DocNumber });
  if (twice.fault !== '6140') return { unknown: 'these books do not warn about numbers used twice' };
  // Of another customer: many books apply a credit memo to open invoices by themselves.
  const other = { value: (await desk.customer()).Id };
  const answer = await desk.make('CreditMemo', { ...invoiceOf(desk, other, 10), DocNumber });
  const found = tids(answer);
  if (answer.fault === '6140')
    return { is: 'sales-forms', evidence: "an invoice's number was refused for a credit memo", tids: found };
  if (answer.fault === undefined) return { is: 'per-type', evidence: "a credit memo got an invoice's number", tids: found };
  return { other: `the credit memo was refused with ${answer.fault}`, tids: found };
}

async function sparseLines(desk: Desk): Promise<Finding> {
  const invoice = await desk.invoice(10);
  const update = { Id: invoice.Id, SyncToken: invoice.SyncToken, sparse: true, Line: [lineOf(desk, 5)] };
  const answer = await desk.books.post('invoice', update);
  if (answer.fault !== undefined) return { other: `the update was refused with ${answer.fault}`, tids: tids(answer) };
  const total = Number(answer.body.Invoice.TotalAmt);
  if (total === 15)
    return { is: 'append', evidence: 'a line without Id was added to the one that was there', tids: tids(answer) };
  if (total === 5) return { is: 'replace', evidence: 'a line without Id replaced the one that was there', tids: tids(answer) };
  return { other: 'the total is neither of the two', tids: tids(answer) };
}

async function syncToken(desk: Desk): Promise<Finding> {
  const invoice = await desk.invoice(10);
  const paid = await desk.make('Payment', paymentOn(desk, invoice, 10, 10));
  made(paid, 'Payment');
  const read = await desk.books.get(`invoice/${invoice.Id}`);
  const bumped = read.body.Invoice?.SyncToken !== invoice.SyncToken;
  return {
    is: bumped ? 'yes' : 'no',
    evidence: `SyncToken ${bumped ? 'rose' : 'stayed'} when a payment was applied`,
    tids: tids(paid, read),
  };
}

async function withPayments(desk: Desk): Promise<Finding> {
  const invoice = await desk.invoice(10);
  made(await desk.make('Payment', paymentOn(desk, invoice, 10, 10)), 'Payment');
  const { SyncToken } = (await desk.books.get(`invoice/${invoice.Id}`)).body.Invoice;
  const answer = await desk.books.post('invoice?operation=delete', { Id: invoice.Id, SyncToken });
  if (answer.fault === undefined) return { is: 'unlink', evidence: 'an invoice with a payment was deleted', tids: tids(answer) };
  if (answer.fault === '5010') return { other: 'the version was refused, though it was read just before', tids: tids(answer) };
  return { is: 'refuse', evidence: `deleting an invoice with a payment was refused with ${answer.fault}`, tids: tids(answer) };
}

async function classLevel(desk: Desk): Promise<Finding> {
  const accounting = desk.preferences.AccountingInfoPrefs ?? {};
  const level = accounting.ClassTrackingPerTxnLine ? 'line' : accounting.ClassTrackingPerTxn ? 'transaction' : 'none';
  const classes = await desk.books.rows('select * from Class maxresults 1').catch(() => []);
  if (classes.length === 0) return { unknown: 'these books have no class, and the probe makes none' };
  const ref = { value: classes[0]!.Id };
  const CustomerRef = { value: (await desk.customer()).Id };
  const wrong = level === 'transaction' ? { Line: [lineOf(desk, 10, { ClassRef: ref })] } : { ClassRef: ref };
  const answer = await desk.make('Invoice', { ...invoiceOf(desk, CustomerRef, 10), ...wrong });
  if (answer.fault !== undefined) return { is: 'fault', evidence: `refused with ${answer.fault}`, tids: tids(answer) };
  const invoice = made(answer, 'Invoice');
  const kept = level === 'transaction' ? invoice.Line[0].SalesItemLineDetail.ClassRef : invoice.ClassRef;
  return {
    is: kept === undefined ? 'drop' : 'keep',
    evidence: `the class was ${kept === undefined ? 'dropped' : 'kept'}`,
    tids: tids(answer),
  };
}

async function departments(desk: Desk): Promise<Finding> {
  if (desk.preferences.AccountingInfoPrefs?.TrackDepartments === true) {
    return { unknown: 'locations are on in these books, and preferences are never changed' };
  }
  const rows = await desk.books.rows('select * from Department maxresults 1').catch(() => []);
  if (rows.length === 0) return { unknown: 'these books have no location, and the probe makes none' };
  const CustomerRef = { value: (await desk.customer()).Id };
  const answer = await desk.make('Invoice', { ...invoiceOf(desk, CustomerRef, 10), DepartmentRef: { value: rows[0]!.Id } });
  if (answer.fault !== undefined) return { other: `refused with ${answer.fault}`, tids: tids(answer) };
  const kept = made(answer, 'Invoice').DepartmentRef !== undefined;
  return { is: kept ? 'keep' : 'drop', evidence: `the location was ${kept ? 'kept' : 'dropped'}`, tids: tids(answer) };
}

export const salesForms: readonly Point[] = [
  {
    name: 'docNumberWithoutCustomNumbers',
    question: 'A DocNumber sent while custom transaction numbers are off',
    assumed: 'replaced',
    choices: ['replaced', 'stored'],
    risk: 'Invoices could not be posted to books without custom transaction numbers.',
    probe: withoutCustomNumbers,
  },
  {
    name: 'docNumberScope',
    question: 'Sales forms share one set of numbers',
    assumed: 'sales-forms',
    choices: ['sales-forms', 'per-type'],
    risk: 'A credit memo could be refused for its number.',
    probe: numberScope,
  },
  {
    name: 'sparseLines',
    question: 'Lines without Id in a sparse update',
    assumed: 'append',
    choices: ['append', 'replace'],
    risk: 'None: lines are always sent in full updates.',
    probe: sparseLines,
  },
  {
    name: 'linkingBumpsSyncToken',
    question: "A payment changes its invoice's SyncToken",
    assumed: 'yes',
    choices: ['yes', 'no'],
    risk: 'A payment could look like a change that a person made.',
    probe: syncToken,
  },
  {
    name: 'invoiceWithPayments',
    question: 'Deleting an invoice that payments settle',
    assumed: 'refuse',
    choices: ['refuse', 'unlink'],
    risk: 'An undo could leave payments in another state than before.',
    probe: withPayments,
  },
  {
    name: 'classAtWrongLevel',
    question: 'A class at a level that is off',
    assumed: 'drop',
    choices: ['drop', 'fault', 'keep'],
    risk: 'Invoices with classes could be refused after someone changes class tracking.',
    probe: classLevel,
  },
  {
    name: 'departmentWhenOff',
    question: 'A location while locations are off',
    assumed: 'drop',
    choices: ['drop', 'keep'],
    risk: 'Documents with a location could be refused after someone turns locations off.',
    probe: departments,
  },
];
