import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Trouble } from '../law.ts';

/** One document in an organisation's books, as Harbour Books answers it. Amounts are decimal texts. */
export interface Entry {
  readonly id: string;
  readonly version: number;
  readonly number: string;
  readonly contact: string | null;
  readonly date: string;
  readonly total: string;
  /** What the client calls the write that made this version. */
  readonly key: string;
  /** What changed this entry last without being a write to it, and the version before. */
  readonly movedBy?: string | undefined;
  readonly versionBefore?: number | undefined;
  readonly marker?: string | undefined;
  readonly [member: string]: unknown;
}
interface Allocation {
  readonly invoice: string;
  readonly amount: string;
}
export type Resource = 'invoices' | 'payments' | 'credits' | 'journals';

/** The most that one request may carry. */
export const MOST: Readonly<Record<Resource, number>> = { invoices: 50, credits: 50, payments: 1, journals: 1 };
/** What a person's login returns, and what renews it. */
export const LOGIN = 'login-of-ada';
const LOCKED = '2019-12-31';
const cents = (text: unknown) => Math.round(Number(text) * 100);
const decimal = (amount: number) => (amount / 100).toFixed(2);

/** An organisation's books. */
export function harbourBooks() {
  return {
    entries: { invoices: new Map(), payments: new Map(), credits: new Map(), journals: new Map() } as Record<
      Resource,
      Map<string, Entry>
    >,
    contacts: new Map<string, string>(),
    answers: new Map<string, { status: number; answer: unknown }>(),
    /** Writes that were accepted and wait, by ticket: each is done when it is asked for the second time. */
    jobs: new Map<string, Job>(),
    changes: [] as { readonly resource: Resource; readonly id: string; readonly at: number }[],
    clock: Date.UTC(2026, 9, 3),
    ids: 0,
  };
}
interface Job {
  readonly resource: Resource;
  readonly item: Partial<Entry>;
  asked: number;
  result?: { readonly entry?: Entry; readonly error?: string };
}
export type HarbourBooks = ReturnType<typeof harbourBooks>;

/** A person's or a client's write; anybody else's changes of the same entries raise its version. */
export function write(books: HarbourBooks, resource: Resource, id: string, members: Partial<Entry>): Entry {
  const before = books.entries[resource].get(id);
  const plain = { movedBy: undefined, versionBefore: undefined };
  const entry = { ...before, ...plain, ...members, id, version: (before?.version ?? 0) + 1 } as Entry;
  books.entries[resource].set(id, entry);
  books.clock += 1000;
  books.changes.push({ resource, id, at: books.clock });
  if (resource === 'invoices') fit(books, entry);
  return entry;
}

/** Payments are taken off an invoice beyond its total, the newest first. */
function fit(books: HarbourBooks, { id, total, key }: Pick<Entry, 'id' | 'total' | 'key'>): void {
  const on = (payment: Entry) => (payment.allocations as readonly Allocation[]).filter(({ invoice }) => invoice === id);
  const payments = [...books.entries.payments.values()].filter((payment) => on(payment).length > 0).reverse();
  let over = payments.flatMap(on).reduce((sum, { amount }) => sum + cents(amount), 0) - cents(total);
  for (const payment of payments) {
    if (over <= 0) return;
    const own = on(payment).reduce((sum, { amount }) => sum + cents(amount), 0);
    const left = own - Math.min(own, over);
    over -= own - left;
    const others = (payment.allocations as readonly Allocation[]).filter(({ invoice }) => invoice !== id);
    const allocations = left === 0 ? others : [...others, { invoice: id, amount: decimal(left) }];
    write(books, 'payments', payment.id, { allocations, movedBy: key, versionBefore: payment.version });
  }
}

/** Deletes an entry, and takes payments off it. */
export function remove(books: HarbourBooks, resource: Resource, id: string, key: string): void {
  if (resource === 'invoices') fit(books, { id, total: '0', key });
  books.entries[resource].delete(id);
  books.clock += 1000;
  books.changes.push({ resource, id, at: books.clock });
}

const named = (open: ReadonlySet<string>) => [...open].map((id) => ({ id, name: `Harbour ${id}` }));

/** Harbour Books over HTTP on loopback: several organisations behind one login, limits by resource, support ids, idempotency keys. */
export async function startHarbour(organisations: Readonly<Record<string, HarbourBooks>>) {
  const supportIds: string[] = [];
  const tokens = { current: 'harbour-token-1', made: 1 };
  /** How many requests the day still has, and when the next day begins, in seconds from now. */
  const day = { left: Number.POSITIVE_INFINITY, nextInSeconds: 11 * 3600 };
  let fault: { readonly kind: Trouble; readonly from: number; seen: number } | undefined;
  /** The organisations that the login opens. */
  const open = new Set(Object.keys(organisations));
  const server = createServer((request, response) => {
    void read(request).then((body) => {
      const id = `h-${supportIds.length + 1}`;
      if (fault !== undefined) fault.seen += 1;
      const kind = fault !== undefined && fault.seen >= fault.from ? fault.kind : undefined;
      const send = (status: number, answer: unknown, headers: Readonly<Record<string, string>> = {}) => {
        supportIds.push(id);
        response
          .writeHead(status, { 'content-type': 'application/json', 'x-correlation-id': id, ...headers })
          .end(JSON.stringify(answer));
      };
      const { pathname } = new URL(request.url ?? '/', 'http://harbour');
      if (pathname === '/token' || pathname === '/revoke') {
        const { code, account } = JSON.parse(body) as { code: string; account?: string };
        if (code !== LOGIN) return send(400, { error: 'The login is unknown.' });
        if (account !== undefined) open.delete(account);
        return send(200, { token: tokens.current, refresh: LOGIN, organisations: named(open) });
      }
      if (day.left-- <= 0) return send(429, { error: 'The day is used up.' }, { 'retry-after': `${day.nextInSeconds}` });
      if (kind === 'throttled') return send(429, { error: 'Slow down.' }, { 'retry-after': '3' });
      if (kind === 'access-lost') return send(403, { error: 'This login was removed from the organisation.' });
      if (request.headers.authorization !== `Bearer ${tokens.current}`) return send(401, { error: 'The token has expired.' });
      const url = new URL(request.url ?? '/', 'http://harbour');
      if (url.pathname === '/organisations') return send(200, named(open));
      const organisation = String(request.headers['x-organisation']);
      const books = open.has(organisation) ? organisations[organisation] : undefined;
      if (books === undefined) return send(404, { error: 'There is no such organisation.' });
      const { status, answer } = answerTo(books, request, url, body);
      // The books have it, and nobody hears of it.
      if (kind === 'lost-reply' && request.method !== 'GET') return request.socket.destroy();
      return send(status, answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    tokens,
    day,
    supportIds,
    stop() {
      server.closeAllConnections();
      server.close();
    },
    async trouble<T>(kind: Trouble, during: () => Promise<T>, from = 1): Promise<T> {
      fault = { kind, from, seen: 0 };
      return during().finally(() => {
        fault = undefined;
      });
    },
  };
}

function answerTo(books: HarbourBooks, request: IncomingMessage, url: URL, body: string): { status: number; answer: unknown } {
  const key = String(request.headers['idempotency-key'] ?? '');
  const kept = books.answers.get(key);
  if (key !== '' && kept !== undefined) return kept;
  const answer = freshAnswer(books, request.method ?? 'GET', url, body === '' ? undefined : JSON.parse(body));
  if (key !== '') books.answers.set(key, answer);
  return answer;
}

function freshAnswer(books: HarbourBooks, method: string, url: URL, body: unknown): { status: number; answer: unknown } {
  const [, resource, id] = url.pathname.split('/') as [string, Resource | 'contacts' | 'changes' | 'jobs', string | undefined];
  const listed = (name: string) => url.searchParams.getAll(name);
  const ok = (answer: unknown) => ({ status: 200, answer });
  if (resource === 'changes') {
    const since = Number(url.searchParams.get('since'));
    return ok({ changes: books.changes.filter(({ at }) => at >= since), now: books.clock });
  }
  if (resource === 'jobs') {
    const [ids, keys] = [listed('id'), listed('key')];
    const mine = [...books.jobs].filter(([ticket, { item }]) => ids.includes(ticket) || keys.includes(item.key!));
    return ok(mine.map(([ticket, job]) => ({ ticket, key: job.item.key, ...worked(books, job, ids.includes(ticket)) })));
  }
  if (resource === 'contacts') {
    if (method === 'GET') return ok(listed('name').map((name) => books.contacts.get(name) ?? null));
    return ok(
      (body as string[]).map((name) => {
        const there = books.contacts.get(name) ?? `contact-${++books.ids}`;
        books.contacts.set(name, there);
        return there;
      }),
    );
  }
  const entries = books.entries[resource];
  if (method === 'GET') {
    const [ids, numbers] = [listed('id'), listed('number')];
    return ok([...entries.values()].filter((one) => ids.includes(one.id) || numbers.includes(one.number)));
  }
  if (method === 'DELETE') {
    if (!entries.has(id!)) return { status: 404, answer: { error: 'There is no such document.' } };
    remove(books, resource, id!, url.searchParams.get('key')!);
    return ok({});
  }
  const items = body as (Partial<Entry> & { readonly ifVersion?: number })[];
  if (items.length > MOST[resource])
    return { status: 400, answer: { error: `At most ${MOST[resource]} ${resource} in one request.` } };
  if (url.searchParams.has('later')) {
    return ok(
      items.map((item) => {
        const ticket = `job-${++books.ids}`;
        books.jobs.set(ticket, { resource, item, asked: 0 });
        return { ticket };
      }),
    );
  }
  return ok(
    items.map(({ ifVersion, ...item }) => {
      if (String(item.date) <= LOCKED) return { error: `The period is locked until ${LOCKED}.` };
      const before = item.id === undefined ? undefined : entries.get(item.id);
      if (item.id !== undefined && before?.version !== ifVersion) return { error: 'STALE' };
      return { entry: write(books, resource, item.id ?? `${resource}-${++books.ids}`, item) };
    }),
  );
}

/** Does a job when somebody asks for it the second time. */
function worked(books: HarbourBooks, job: Job, asks: boolean): { done: boolean; entry?: Entry; error?: string } {
  if (asks) job.asked += 1;
  if (job.result === undefined && job.asked > 1) {
    const isLocked = String(job.item.date) <= LOCKED;
    const entry = isLocked ? undefined : write(books, job.resource, `${job.resource}-${++books.ids}`, job.item);
    job.result = entry === undefined ? { error: `The period is locked until ${LOCKED}.` } : { entry };
  }
  return { done: job.result !== undefined, ...job.result };
}

async function read(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}
