import type { Answer } from '../books.ts';
import { type Desk, type Finding, type Point, tids } from '../probe.ts';

/** More at once than the ten that Intuit documents; reads alone, three times. */
async function throttled(desk: Desk): Promise<readonly Answer[]> {
  const seen: Answer[] = [];
  for (let burst = 0; burst < 3 && seen.length < 3; burst += 1) {
    const answers = await Promise.all(
      Array.from({ length: 24 }, () => desk.books.once('GET', 'query?query=select%20count(*)%20from%20Customer')),
    );
    seen.push(...answers.filter(({ status, text }) => status === 429 || (status === 403 && /throttl/i.test(text))));
  }
  return seen;
}

async function throttleForm(desk: Desk): Promise<Finding> {
  const seen = await throttled(desk);
  if (seen.length === 0) return { unknown: '24 requests at once were all answered' };
  const forms = new Set(
    seen.map(({ status, headers }) => `${headers.get('content-type')?.includes('json') ? 'json' : 'xml'}-${status}`),
  );
  const found = tids(...seen.slice(0, 3));
  if (forms.size > 1) return { is: 'in-turn', evidence: [...forms].sort().join(', '), tids: found };
  const [form] = forms;
  if (form === 'json-429' || form === 'xml-429' || form === 'xml-403')
    return { is: form, evidence: `${seen.length} throttles, all ${form}`, tids: found };
  return { other: `throttles come as ${form}`, tids: found };
}

async function retryAfter(desk: Desk): Promise<Finding> {
  const seen = await throttled(desk);
  if (seen.length === 0) return { unknown: '24 requests at once were all answered' };
  const told = new Set(seen.map(({ headers }) => headers.get('retry-after') ?? 'none'));
  const found = tids(...seen.slice(0, 3));
  if (told.size === 1 && told.has('none')) return { is: 'none', evidence: 'a throttle has no Retry-After', tids: found };
  if (told.size === 1 && told.has('60')) return { is: 'sixty-seconds', evidence: 'Retry-After: 60', tids: found };
  return { other: `Retry-After is ${[...told].join(' or ')}`, tids: found };
}

async function rotation(desk: Desk): Promise<Finding> {
  const first = await desk.refresh();
  const second = await desk.refresh();
  if (second.after === second.before) {
    return {
      is: 'daily',
      evidence: first.after === first.before ? 'two refreshes kept the token' : 'the second refresh kept the token',
      tids: [],
    };
  }
  return { is: 'rotateEveryRefresh', evidence: 'two refreshes in a row gave two tokens', tids: [] };
}

async function amounts(desk: Desk): Promise<Finding> {
  const invoice = await desk.invoice(739);
  const read = await desk.books.get(`invoice/${invoice.Id}`);
  const written = /"TotalAmt"\s*:\s*(-?[\d.]+)/.exec(read.text)?.[1];
  if (written === undefined) return { unknown: 'the answer has no total' };
  if (written === '739.00') return { is: 'two-decimals', evidence: 'a total is written 739.00', tids: tids(read) };
  if (written === '739.0' || written === '739')
    return { is: 'shortest', evidence: `a total is written ${written}`, tids: tids(read) };
  return { other: `a total of 739 is written ${written}`, tids: tids(read) };
}

async function tidHeader(desk: Desk): Promise<Finding> {
  const { headers } = await desk.books.get('preferences');
  if (headers.has('intuit_tid'))
    return { is: 'underscore', evidence: 'the header is intuit_tid', tids: [headers.get('intuit_tid')!] };
  if (headers.has('intuit-tid'))
    return { is: 'hyphen', evidence: 'the header is Intuit-Tid', tids: [headers.get('intuit-tid')!] };
  return { other: 'an answer has no id of its request', tids: [] };
}

export const access: readonly Point[] = [
  {
    name: 'amounts',
    question: 'How amounts are written',
    assumed: 'two-decimals',
    choices: ['two-decimals', 'shortest'],
    risk: 'Amounts could be compared wrongly, and documents reported as different.',
    probe: amounts,
  },
  {
    name: 'tidHeader',
    question: 'The header with the id of a request',
    assumed: 'underscore',
    choices: ['underscore', 'hyphen'],
    risk: 'Support ids would be missing from the traces of a batch.',
    probe: tidHeader,
  },
  {
    name: 'throttleForm',
    question: 'How a throttle answers',
    assumed: 'in-turn',
    choices: ['in-turn', 'json-429', 'xml-429', 'xml-403'],
    risk: 'A throttle could be taken for lost access, and batches would be held.',
    probe: throttleForm,
  },
  {
    name: 'retryAfter',
    question: 'A throttle states when to come back',
    assumed: 'none',
    choices: ['none', 'sixty-seconds'],
    risk: 'None: any pause that QuickBooks names is kept.',
    probe: retryAfter,
  },
  {
    name: 'webhookFormat',
    question: 'The form of webhooks',
    assumed: 'cloud-events',
    choices: ['cloud-events', 'event-notifications'],
    risk: 'Changes in the books would be found by the hourly check alone.',
    probe: async () => ({ unknown: 'webhooks need an address that Intuit can reach' }),
  },
  {
    name: 'refreshRotation',
    question: 'When a refresh token changes',
    assumed: 'daily',
    choices: ['daily', 'rotateEveryRefresh'],
    risk: 'None: each new token is stored before it is used.',
    probe: rotation,
  },
];
