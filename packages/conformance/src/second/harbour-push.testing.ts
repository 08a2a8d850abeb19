import {
  type Call,
  type ExportedItem,
  formatMoney,
  type Money,
  type Moved,
  type PendingItem,
  type PushOutcome,
  parseMoney,
  problem,
} from '@ledgerpost/core';
import type { Entry, Resource } from './harbour-server.testing.ts';
import { entriesOf, type HarbourSession } from './harbour-session.testing.ts';
import { type HarbourPayload, receiptOf } from './harbour-target.testing.ts';

type Item = ExportedItem<HarbourPayload>;
interface Allocation {
  readonly invoice: string;
  readonly amount: string;
}
const isChange = ({ operation }: Item) => !operation.endsWith('.insert');

/** Sends one stored call. What is there already is found by its marker or by the key of the write. */
export async function pushCall(session: HarbourSession, call: Call<HarbourPayload>): Promise<readonly PushOutcome[]> {
  const outcomes = new Map<number, PushOutcome>();
  const changed: Item[] = [];
  for (const resource of new Set(call.items.map(({ payload }) => payload.resource))) {
    const items = call.items.filter(({ payload }) => payload.resource === resource);
    // Harbour Books knows a key for a day, and answers it as it did then. Later only a look shows what is there.
    const looks = call.keysExpired === true || (call.round ?? 1) > 1;
    const there = await findThere(session, resource, items, looks);
    const jobs = await jobsOf(session, looks && resource === 'credits' ? items : []);
    for (const item of items) {
      const entry = there(item);
      const { seq, record, former, key, payload } = item;
      if (entry !== undefined && entry.key === key) {
        outcomes.set(seq, { status: 'existed', seq, receipt: receiptOf(entry, payload.currency) });
      } else if (former === undefined && entry === undefined && jobs.has(key)) {
        outcomes.set(seq, { status: 'pending', seq, ticket: jobs.get(key)!, retryAfterMs: WORKS_FOR_MS });
      } else if (former !== undefined && (entry === undefined || `${entry.version}` !== former.externalVersion)) {
        const text = 'Someone changed it in Harbour Books. Compare the two, then correct one of them.';
        outcomes.set(seq, {
          status: 'conflict',
          seq,
          externalId: former.externalId,
          problem: problem('changed-there', record, text),
        });
      }
    }
    const open = items.filter(({ seq }) => !outcomes.has(seq));
    const [later, now] = [open.filter(isLater), open.filter((item) => !isLater(item))];
    for (const outcome of later.length === 0 ? [] : await sendLater(session, call, later)) outcomes.set(outcome.seq, outcome);
    for (const outcome of now.length === 0 ? [] : await send(session, call, resource, now)) outcomes.set(outcome.seq, outcome);
    changed.push(...items.filter((item) => resource === 'invoices' && isChange(item) && 'receipt' in outcomes.get(item.seq)!));
  }
  for (const item of changed) {
    const outcome = outcomes.get(item.seq)!;
    const moved = await settlePayments(session, item);
    if (moved.length > 0) outcomes.set(item.seq, { ...outcome, moved } as PushOutcome);
  }
  return call.items.map(({ seq }) => outcomes.get(seq)!);
}

/** The entry that an item changes, or that an earlier attempt made of it. */
async function findThere(session: HarbourSession, resource: Resource, items: readonly Item[], looks: boolean) {
  const ids = items.flatMap(({ former }) => former?.externalId ?? []);
  const numbers = items.filter((item) => looks && !isChange(item)).map(({ payload }) => String(payload.body.number));
  const found = [...(await entriesOf(session, resource, 'id', ids)), ...(await entriesOf(session, resource, 'number', numbers))];
  return ({ former, payload, key }: Item) =>
    found.find((one) =>
      former === undefined ? one.marker === payload.body.marker && one.key === key : one.id === former.externalId,
    );
}

/** New credits are done later: Harbour Books gives a ticket for each. */
const isLater = (item: Item) => item.payload.resource === 'credits' && !isChange(item);
/** How long Harbour Books works on a credit, in milliseconds. */
const WORKS_FOR_MS = 200;

async function sendLater(
  session: HarbourSession,
  call: Call<HarbourPayload>,
  items: readonly Item[],
): Promise<readonly PushOutcome[]> {
  const body = items.map((one) => ({
    ...one.payload.body,
    key: one.key,
    contact: contactOf(call, one),
    allocations: allocationsOf(one),
  }));
  const order = { body, key: `later-${items[0]!.key}-${call.round ?? 1}` };
  const answers = await session.ask<readonly { ticket: string }[]>('POST', '/credits?later', order);
  return items.map(({ seq }, at) => ({ status: 'pending', seq, ticket: answers[at]!.ticket, retryAfterMs: WORKS_FOR_MS }));
}

/** The tickets of writes that Harbour Books accepted earlier, by the items' keys. */
async function jobsOf(session: HarbourSession, items: readonly Item[]): Promise<ReadonlyMap<string, string>> {
  if (items.length === 0) return new Map();
  const query = items.map(({ key }) => `key=${encodeURIComponent(key)}`).join('&');
  const jobs = await session.ask<readonly { ticket: string; key: string; error?: string }[]>('GET', `/jobs?${query}`);
  return new Map(jobs.map(({ key, ticket }) => [key, ticket]));
}

/** What became of credits that Harbour Books works on. */
export async function poll(
  session: HarbourSession,
  tickets: readonly PendingItem<HarbourPayload>[],
): Promise<readonly PushOutcome[]> {
  const query = tickets.map(({ ticket }) => `id=${encodeURIComponent(ticket)}`).join('&');
  const jobs = await session.ask<readonly ({ ticket: string; done: boolean } & Answer)[]>('GET', `/jobs?${query}`);
  return tickets.map(({ ticket, item }): PushOutcome => {
    const job = jobs.find((one) => one.ticket === ticket);
    return job?.done === true ? answered(item, job) : { status: 'pending', seq: item.seq, ticket, retryAfterMs: WORKS_FOR_MS };
  });
}

interface Answer {
  readonly entry?: Entry;
  readonly error?: string;
}

function answered({ seq, record, payload }: Item, { entry, error = 'It gave no reason.' }: Answer): PushOutcome {
  if (entry !== undefined) return { status: 'created', seq, receipt: receiptOf(entry, payload.currency) };
  const text = `Harbour Books refused ${String(payload.body.number)}: ${error} Correct it, then retry.`;
  return { status: 'refused', seq, problem: problem('refused-by-target', record, text) };
}

async function send(
  session: HarbourSession,
  call: Call<HarbourPayload>,
  resource: Resource,
  items: readonly Item[],
): Promise<readonly PushOutcome[]> {
  const body = items.map((item) => ({
    ...item.payload.body,
    ...(item.former === undefined ? {} : { id: item.former.externalId, ifVersion: Number(item.former.externalVersion) }),
    key: item.key,
    contact: contactOf(call, item),
    ...(resource === 'payments' ? { allocations: allocationsOf(item) } : {}),
  }));
  const key = `${items[0]!.key}-${call.round ?? 1}`;
  const answers = await session.ask<readonly Answer[]>('POST', `/${resource}`, { body, key });
  return items.map((item, at) => answered(item, answers[at]!));
}

function contactOf({ references }: Call, { payload, former, references: own }: Item): string | null {
  return payload.customer === null
    ? null
    : ({ ...references, ...former?.references, ...own }[`customer/${payload.customer}`] ?? null);
}

function allocationsOf({ payload, linked = {} }: Item): readonly Allocation[] {
  return payload.applied.flatMap(({ invoiceId, amount }) => {
    const invoice = linked[invoiceId];
    return invoice === undefined ? [] : [{ invoice, amount }];
  });
}

/** Gives back to an invoice what our records apply to it, and names what moved: by the invoice's change, or by this. */
export async function settlePayments(
  session: HarbourSession,
  {
    key,
    former,
    paidBy = {},
    versions = {},
    payload,
  }: Pick<Item, 'key' | 'former' | 'paidBy' | 'versions'> & { readonly payload: Pick<HarbourPayload, 'currency'> },
): Promise<readonly Moved[]> {
  const ids = Object.keys(paidBy);
  const invoice = former?.externalId;
  if (ids.length === 0 || invoice === undefined) return [];
  const minor = (text: unknown) => parseMoney(String(text), payload.currency)!;
  const on = ({ allocations }: Entry, id?: string) =>
    (allocations as readonly Allocation[])
      .filter((one) => id === undefined || one.invoice === id)
      .reduce((sum, { amount }) => sum + minor(amount), 0);
  const [whole] = await entriesOf(session, 'invoices', 'id', [invoice]);
  const payments = await entriesOf(session, 'payments', 'id', ids);
  let room = whole === undefined ? 0 : minor(whole.total) - payments.reduce((sum, one) => sum + on(one, invoice), 0);
  const moved: Moved[] = [];
  for (const payment of payments) {
    const known = versions[`payment/${payment.id}`];
    // Ours moved it from the version that we know; or nobody has touched it since.
    const ours = payment.movedBy === key && `${payment.versionBefore}` === known;
    const isKnown = `${payment.version}` === known;
    let now = payment;
    const more = Math.min(room, paidBy[payment.id]! - on(payment, invoice), minor(payment.total) - on(payment)) as Money;
    if (more > 0 && (ours || isKnown)) {
      room -= more;
      const others = (payment.allocations as readonly Allocation[]).filter((one) => one.invoice !== invoice);
      const amount = formatMoney((on(payment, invoice) + more) as Money, payload.currency);
      const body = [
        {
          ...payment,
          ifVersion: payment.version,
          allocations: [...others, { invoice, amount }],
          movedBy: key,
          versionBefore: Number(known),
        },
      ];
      const [answer] = await session.ask<readonly { entry?: Entry }[]>('POST', '/payments', {
        body,
        key: `${key}-${payment.id}-${payment.version}`,
      });
      now = answer?.entry ?? payment;
    }
    if (ours || now !== payment) moved.push({ kind: 'payment', externalId: now.id, externalVersion: `${now.version}` });
  }
  return moved;
}
