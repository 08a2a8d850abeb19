import { randomBytes } from 'node:crypto';
import type { Answer, Books, Json } from './books.ts';
import type { Kind, MadeList } from './made-list.ts';

/** What a probe found out about one point. */
export type Finding =
  /** One of the point's choices. */
  | { readonly is: string; readonly evidence: string; readonly tids: readonly string[] }
  /** Something that no choice describes. Our assumptions are wrong here. */
  | { readonly other: string; readonly tids: readonly string[] }
  /** "Can't tell here, because…" */
  | { readonly unknown: string };

/** One point of QuickBooks' behavior that no source settles. */
export interface Point {
  /** The simulator's name of the switch. */
  readonly name: string;
  readonly question: string;
  /** What Ledgerpost assumes: the choice that is harder for a client. */
  readonly assumed: string;
  readonly choices: readonly string[];
  /** What Ledgerpost would do wrong if none of the choices is so. */
  readonly risk: string;
  probe(desk: Desk): Promise<Finding>;
}

/** What a probe works with. Everything that it creates is on the list before it is created. */
export interface Desk {
  readonly books: Books;
  readonly preferences: Json;
  /** A service item that invoices may use. */
  readonly item: string;
  /** Refreshes the access token, and returns the refresh tokens before and after. */
  refresh(): Promise<{ readonly before: string; readonly after: string }>;
  /** A name that nothing in the books has. */
  name(): string;
  make(kind: Kind, record: Json, query?: string): Promise<Answer>;
  customer(): Promise<Json>;
  /** An invoice of one line over so many dollars, to a new customer unless one is named. */
  invoice(dollars: number, over?: Json, query?: string): Promise<Json>;
}

export interface DeskParts {
  readonly books: Books;
  readonly list: MadeList;
  readonly preferences: Json;
  readonly item: string;
  refresh(): Promise<{ readonly before: string; readonly after: string }>;
}

export function openDesk({ books: given, list, preferences, item, refresh }: DeskParts): Desk {
  const books = inHomeCurrency(given, preferences);
  const desk: Desk = {
    books,
    preferences,
    item,
    refresh,
    name: () => `LPC ${randomBytes(5).toString('hex')}`,
    async make(kind, record, query = '') {
      const marker = String(record.DisplayName ?? record.Name ?? record.PrivateNote ?? desk.name());
      const at = list.intend(kind, marker);
      const answer = await books.post(`${kind.toLowerCase()}${query}`, record);
      const id = answer.body[kind]?.Id;
      if (id !== undefined) list.created(at, String(id));
      else if (answer.fault !== undefined) list.removed(at);
      return answer;
    },
    async customer() {
      return made(await desk.make('Customer', { DisplayName: desk.name() }), 'Customer');
    },
    async invoice(dollars, over = {}, query = '') {
      const CustomerRef = over.CustomerRef ?? { value: (await desk.customer()).Id };
      return made(await desk.make('Invoice', { ...invoiceOf(desk, CustomerRef, dollars), ...over }, query), 'Invoice');
    },
  };
  return desk;
}

const TRANSACTIONS = ['Invoice', 'Payment', 'CreditMemo', 'Deposit'] as const;

/** Where several currencies are on, every transaction has to state its own; all of ours are in the home currency. */
function inHomeCurrency(books: Books, { CurrencyPrefs: prefs }: Json): Books {
  const home = prefs?.HomeCurrency?.value;
  if (prefs?.MultiCurrencyEnabled !== true || home === undefined) return books;
  const stated = (record: Json): Json => ({ CurrencyRef: { value: home }, ...record });
  const inBatch = (one: Json): Json => {
    const kind = TRANSACTIONS.find((member) => one[member] !== undefined);
    return kind === undefined ? one : { ...one, [kind]: stated(one[kind]) };
  };
  const inBody = (path: string, body: Json): Json => {
    const name = path.split('?')[0]!;
    if (name === 'batch') return { ...body, BatchItemRequest: body.BatchItemRequest.map(inBatch) };
    const isOne = TRANSACTIONS.some((kind) => kind.toLowerCase() === name) && !path.includes('operation=');
    return isOne ? stated(body) : body;
  };
  return {
    ...books,
    post: (path, body) => books.post(path, inBody(path, body)),
    once: (method, path, body) => books.once(method, path, body === undefined ? undefined : inBody(path, body)),
  };
}

export function invoiceOf(desk: Desk, CustomerRef: Json, dollars: number): Json {
  return { CustomerRef, PrivateNote: desk.name(), Line: [lineOf(desk, dollars)] };
}

export function lineOf(desk: Desk, dollars: number, detail: Json = {}): Json {
  return {
    DetailType: 'SalesItemLineDetail',
    Amount: dollars,
    SalesItemLineDetail: { ItemRef: { value: desk.item }, TaxCodeRef: { value: 'NON' }, ...detail },
  };
}

export function paymentOn(desk: Desk, invoice: Json, dollars: number, applied: number): Json {
  return {
    CustomerRef: { value: invoice.CustomerRef.value },
    TotalAmt: dollars,
    PrivateNote: desk.name(),
    Line: [{ Amount: applied, LinkedTxn: [{ TxnId: invoice.Id, TxnType: 'Invoice' }] }],
  };
}

/** The record of an answer. @throws Unexpected with the fault if it was refused */
export function made(answer: Answer, kind: Kind): Json {
  const record = answer.body[kind];
  if (record !== undefined) return record;
  throw new Unexpected(`QuickBooks refused a plain ${kind} with ${answer.fault ?? answer.status}`);
}

/** A step that has to work did not, so nothing can be told about the point. */
export class Unexpected extends Error {}

export function tids(...answers: readonly Answer[]): readonly string[] {
  return answers.flatMap(({ tid }) => (tid === undefined ? [] : [tid]));
}
