import { randomUUID } from 'node:crypto';
import { type Desk, type Finding, invoiceOf, made, type Point, tids } from '../probe.ts';

async function otherBody(desk: Desk): Promise<Finding> {
  const query = `?requestid=${randomUUID()}`;
  const CustomerRef = { value: (await desk.customer()).Id };
  const first = await desk.make('Invoice', invoiceOf(desk, CustomerRef, 10), query);
  const again = await desk.make('Invoice', invoiceOf(desk, CustomerRef, 20), query);
  const seen = tids(first, again);
  if (again.fault !== undefined) return { is: 'fault', evidence: `the second body was refused with ${again.fault}`, tids: seen };
  if (made(again, 'Invoice').Id === made(first, 'Invoice').Id) {
    return { is: 'replay', evidence: 'the second body got the first answer', tids: seen };
  }
  return { other: 'the second body made a second invoice', tids: seen };
}

/** The cause of the fault is an inactive customer, which is then made active. */
async function faults(desk: Desk): Promise<Finding> {
  const customer = await desk.customer();
  const off = await desk.books.post('customer', { Id: customer.Id, SyncToken: customer.SyncToken, sparse: true, Active: false });
  const body = invoiceOf(desk, { value: customer.Id }, 10);
  const query = `?requestid=${randomUUID()}`;
  const refused = await desk.make('Invoice', body, query);
  if (refused.fault === undefined) return { unknown: 'an invoice for an inactive customer was not refused' };
  const { SyncToken } = off.body.Customer;
  const on = await desk.books.post('customer', {
    Id: customer.Id,
    SyncToken,
    sparse: true,
    DisplayName: customer.DisplayName,
    Active: true,
  });
  if (on.fault !== undefined) return { unknown: `the customer could not be made active again (${on.fault})` };
  const again = await desk.make('Invoice', body, query);
  const seen = tids(refused, again);
  if (again.fault === refused.fault)
    return { is: 'replay', evidence: `refused with ${again.fault} again, though its cause was removed`, tids: seen };
  if (again.fault === undefined)
    return { is: 'execute', evidence: `refused with ${refused.fault}, then carried out`, tids: seen };
  return { other: `refused with ${refused.fault}, then with ${again.fault}`, tids: seen };
}

async function nameLists(desk: Desk): Promise<Finding> {
  const query = `?requestid=${randomUUID()}`;
  const record = { DisplayName: desk.name() };
  const first = await desk.make('Customer', record, query);
  const again = await desk.make('Customer', record, query);
  const seen = tids(first, again);
  if (again.fault === '6240')
    return { is: 'ignore', evidence: 'the second request was refused with 6240 (the name exists)', tids: seen };
  if (again.fault === undefined && made(again, 'Customer').Id === made(first, 'Customer').Id) {
    return { is: 'honour', evidence: 'the second request got the first answer', tids: seen };
  }
  return { other: again.fault === undefined ? 'two customers of one name' : `refused with ${again.fault}`, tids: seen };
}

async function batches(desk: Desk): Promise<Finding> {
  const query = `batch?requestid=${randomUUID().slice(0, 36)}`;
  const invoice = await desk.invoice(10);
  // An update through the batch: what it makes is on the list already, and a second one would raise the version twice.
  const note = desk.name();
  const item = {
    bId: 'a',
    operation: 'update',
    Invoice: { Id: invoice.Id, SyncToken: invoice.SyncToken, sparse: true, PrivateNote: note },
  };
  const first = await desk.books.post(query, { BatchItemRequest: [item] });
  const again = await desk.books.post(query, { BatchItemRequest: [item] });
  const seen = tids(first, again);
  const [one, two] = [first, again].map(({ body }) => body.BatchItemResponse?.[0]);
  if (one?.Invoice === undefined) return { unknown: `the batch was refused (${first.fault ?? one?.Fault?.Error?.[0]?.code})` };
  if (two?.Invoice !== undefined && two.Invoice.SyncToken === one.Invoice.SyncToken) {
    return { is: 'replay', evidence: 'the second batch got the first answer', tids: seen };
  }
  const fault = again.fault ?? two?.Fault?.Error?.[0]?.code;
  if (fault === '6000') return { is: 'fault', evidence: 'the second batch was refused with 6000', tids: seen };
  return {
    other: fault === undefined ? 'the second batch was carried out again' : `the second batch was refused with ${fault}`,
    tids: seen,
  };
}

export const requestIds: readonly Point[] = [
  {
    name: 'requestIdOtherBody',
    question: 'A known requestid with another body',
    assumed: 'replay',
    choices: ['replay', 'fault'],
    risk: 'A call that is sent again could post a second document. Do not connect real books.',
    probe: otherBody,
  },
  {
    name: 'requestIdFaults',
    question: 'A repeated request whose first answer was a fault',
    assumed: 'replay',
    choices: ['replay', 'execute'],
    risk: 'A retry after a refusal could be refused for a reason that is no longer so.',
    probe: faults,
  },
  {
    name: 'requestIdNameLists',
    question: 'requestid on name lists',
    assumed: 'ignore',
    choices: ['ignore', 'honour'],
    risk: 'A customer could be created twice after a lost answer.',
    probe: nameLists,
  },
  {
    name: 'requestIdBatch',
    question: 'A repeated batch',
    assumed: 'replay',
    choices: ['replay', 'fault'],
    risk: 'A batch that is sent again could post its documents twice. Do not connect real books.',
    probe: batches,
  },
  {
    name: 'requestIdMemory',
    question: 'How long an answer is kept for replay',
    assumed: '24h',
    choices: ['24h', '15m', 'forever'],
    risk: 'A call that is sent again after a long wait is looked for first, so nothing is posted twice.',
    probe: async () => ({ unknown: 'finding out takes a day' }),
  },
];
