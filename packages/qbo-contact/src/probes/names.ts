import { type Desk, type Finding, made, type Point, tids } from '../probe.ts';

async function inactive(desk: Desk): Promise<Finding> {
  const customer = await desk.customer();
  const off = await desk.books.post('customer', { Id: customer.Id, SyncToken: customer.SyncToken, sparse: true, Active: false });
  if (off.fault !== undefined) return { unknown: `the customer could not be made inactive (${off.fault})` };
  const again = await desk.make('Customer', { DisplayName: customer.DisplayName });
  if (again.fault === '6240')
    return { is: 'kept', evidence: "an inactive customer's name was refused with 6240", tids: tids(off, again) };
  if (again.fault === undefined)
    return { is: 'renamed', evidence: "an inactive customer's name was free", tids: tids(off, again) };
  return { other: `refused with ${again.fault}`, tids: tids(off, again) };
}

async function withBalance(desk: Desk): Promise<Finding> {
  const invoice = await desk.invoice(10);
  const { Id, SyncToken } = (await desk.books.get(`customer/${invoice.CustomerRef.value}`)).body.Customer;
  const answer = await desk.books.post('customer', { Id, SyncToken, sparse: true, Active: false });
  if (answer.fault !== undefined) return { is: 'refuse', evidence: `refused with ${answer.fault}`, tids: tids(answer) };
  return { is: 'allow', evidence: 'a customer who owes money was made inactive', tids: tids(answer) };
}

async function blanks(desk: Desk): Promise<Finding> {
  const name = desk.name();
  made(await desk.make('Customer', { DisplayName: `${name} a b` }), 'Customer');
  const answer = await desk.make('Customer', { DisplayName: `${name} a  b` });
  if (answer.fault === '6240')
    return { is: 'collapsed', evidence: 'two blanks are one when names are compared', tids: tids(answer) };
  if (answer.fault === undefined) return { is: 'kept', evidence: 'two blanks made another name', tids: tids(answer) };
  return { other: `refused with ${answer.fault}`, tids: tids(answer) };
}

async function nonLatin(desk: Desk): Promise<Finding> {
  const sent = `${desk.name()} Ł`;
  const answer = await desk.make('Customer', { DisplayName: sent });
  if (answer.fault !== undefined) return { other: `refused with ${answer.fault}`, tids: tids(answer) };
  const read = await desk.books.get(`customer/${made(answer, 'Customer').Id}`);
  const held = String(read.body.Customer?.DisplayName);
  if (held === sent) return { is: 'kept', evidence: 'the letter came back', tids: tids(answer, read) };
  if (held === sent.replace('Ł', '?'))
    return { is: 'question-mark', evidence: 'a question mark came back', tids: tids(answer, read) };
  return { other: 'something else came back', tids: tids(answer, read) };
}

export const names: readonly Point[] = [
  {
    name: 'inactiveNames',
    question: 'The name of an inactive customer',
    assumed: 'kept',
    choices: ['kept', 'renamed'],
    risk: 'A customer could be created beside an inactive one.',
    probe: inactive,
  },
  {
    name: 'deactivateWithBalance',
    question: 'Making a customer with a balance inactive',
    assumed: 'refuse',
    choices: ['refuse', 'allow'],
    risk: 'None: Ledgerpost makes no customer inactive.',
    probe: withBalance,
  },
  {
    name: 'nameBlanks',
    question: 'Repeated blanks in a name',
    assumed: 'collapsed',
    choices: ['collapsed', 'kept'],
    risk: 'A customer could be created beside one whose name differs in blanks.',
    probe: blanks,
  },
  {
    name: 'nonLatin1',
    question: 'Characters outside Latin-1',
    assumed: 'question-mark',
    choices: ['question-mark', 'kept'],
    risk: 'Names with such characters could not be found again.',
    probe: nonLatin,
  },
];
