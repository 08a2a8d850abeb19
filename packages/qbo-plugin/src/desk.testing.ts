import { readFileSync } from 'node:fs';
import type {
  Access,
  Call,
  Chart,
  CreditMemoDocument,
  Document,
  DocumentCustomer,
  DocumentLine,
  ExportedItem,
  InvoiceDocument,
  JournalDocument,
  Json,
  Money,
  PaymentDocument,
  PostedItem,
  PushOutcome,
  Receipt,
  SameIds,
  TargetContext,
} from '@ledgerpost/core';
import { formatMoney } from '@ledgerpost/core';
import {
  type Company,
  type CompanyOptions,
  likeBooks,
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from '@ledgerpost/qbo-simulator';
import type { Entity } from './api/entities.ts';
import { keyOf } from './names/name-outcomes.ts';
import type { QboPayload } from './payload/payload.ts';
import { type QboSettings, qboSettings } from './payload/settings.ts';
import { quickbooksOnline } from './quickbooks-online.ts';
import type { QboSession } from './session.ts';

/** Books at the simulator with a session, and what the session used of its context. */
export interface Desk {
  readonly simulator: Simulator;
  readonly company: Company;
  readonly context: TargetContext;
  readonly renewals: Access[];
  readonly pauses: number[];
  readonly logged: { level: string; message: string; facts: unknown }[];
  /** Permits that were taken, and how many are out. */
  readonly permits: { taken: string[]; out: number };
  /** Requests that change the books: how many were announced, and how many of them have no answer. */
  readonly writes: { begun: number; open: number };
  open(settings?: unknown): ReturnType<typeof quickbooksOnline.open>;
  settings(settings?: unknown): QboSettings;
}

/** The lists of a small field-service business. */
export const USUAL: CompanyOptions = {
  classes: ['HVAC', 'Plumbing'],
  departments: ['HVAC Service'],
  preferences: { autoApplyCredit: false },
};

/** LEDGERPOST_TEST_LIKE names a file of first contact: books then behave so wherever a test does not choose itself. */
const LIKE =
  process.env.LEDGERPOST_TEST_LIKE === undefined
    ? {}
    : likeBooks(readFileSync(process.env.LEDGERPOST_TEST_LIKE, 'utf8')).switches;

/** A simulator with one company. The test file stops it. Limits are off by default. */
export async function openDesk(options: SimulatorOptions = {}, company: CompanyOptions = USUAL): Promise<Desk> {
  const simulator = await startSimulator({ limits: 'off', ...options, switches: { ...LIKE, ...options.switches } });
  return deskOf(simulator, simulator.control.createCompany(company));
}

function deskOf(simulator: Simulator, company: Company): Desk {
  const { realmId } = company;
  let tokens = simulator.control.grant(realmId);
  const renewals: Access[] = [];
  const pauses: number[] = [];
  const logged: Desk['logged'] = [];
  const permits: Desk['permits'] = { taken: [], out: 0 };
  const writes: Desk['writes'] = { begun: 0, open: 0 };
  const access = (): Access => ({
    token: tokens.access_token,
    account: realmId,
    environment: 'simulator',
    apiUrl: simulator.url,
  });
  const context: TargetContext = {
    connectionId: 'c-1',
    fetch: globalThis.fetch,
    signal: new AbortController().signal,
    now: () => Date.UTC(2026, 9, 3),
    log: (level, message, facts) => void logged.push({ level, message, facts }),
    access: async () => access(),
    renew: async (stale) => {
      renewals.push(stale);
      tokens = simulator.control.grant(realmId);
      return access();
    },
    permit: async (bucket) => {
      permits.taken.push(bucket);
      permits.out += 1;
      return {
        release() {
          permits.out -= 1;
        },
      };
    },
    pause: async (ms) => void pauses.push(ms),
    beginWrite: async () => {
      writes.begun += 1;
      writes.open += 1;
      return {
        answered() {
          writes.open -= 1;
        },
      };
    },
  };
  const settings = (own: unknown = {}) => qboSettings.parse(own);
  return {
    simulator,
    company,
    context,
    renewals,
    pauses,
    logged,
    permits,
    writes,
    settings,
    open: (own) => quickbooksOnline.open(settings(own), context),
  };
}

// ——— Documents ———

const usd = { currency: 'USD', date: '2026-10-03' } as const;
const money = (minorUnits: number) => minorUnits as Money;

/** A customer of that name in the books. */
export function customer(name = "Amy's Bird Sanctuary", more: Partial<DocumentCustomer> = {}): DocumentCustomer {
  return { id: `c-${name}`, name, taxExempt: false, ...more };
}

export function line(amount: number, more: Partial<DocumentLine> = {}): DocumentLine {
  return {
    item: { name: 'Tune-up', account: 'Services' },
    quantity: '1',
    unitPrice: formatMoney(money(amount), 'USD'),
    amount: money(amount),
    taxable: false,
    ...more,
  };
}

/** An invoice whose record id is its number, by default with one line of 100.00. */
export function invoice(number: string, more: Partial<InvoiceDocument> = {}): InvoiceDocument {
  const lines = more.lines ?? [line(10000)];
  const total = lines.reduce((sum, one) => sum + one.amount, more.tax?.amount ?? 0);
  return {
    ...usd,
    kind: 'invoice',
    operation: 'invoice.insert',
    record: { type: 'invoice', id: `i-${number}` },
    marker: `Ledgerpost invoice i-${number}`,
    customer: customer(),
    number,
    lines,
    total: money(total),
    ...more,
  };
}

/** A payment, applied to invoices by number. */
export function payment(
  refNo: string,
  amount: number,
  applied: Readonly<Record<string, number>> = {},
  more: Partial<PaymentDocument> = {},
): PaymentDocument {
  const parts = Object.entries(applied).map(([number, part]) => ({
    invoiceId: `i-${number}`,
    invoiceNumber: number,
    amount: money(part),
  }));
  return {
    ...usd,
    kind: 'payment',
    operation: 'payment.insert',
    record: { type: 'payment', id: `p-${refNo}` },
    marker: `Ledgerpost payment p-${refNo}`,
    customer: customer(),
    refNo,
    amount: money(amount),
    gross: money(amount),
    netted: [],
    applied: parts,
    unapplied: money(amount - parts.reduce((sum, part) => sum + part.amount, 0)),
    ...more,
  };
}

export function memo(number: string, amount: number): CreditMemoDocument {
  return {
    ...usd,
    kind: 'creditMemo',
    operation: 'creditMemo.insert',
    record: { type: 'creditMemo', id: `m-${number}` },
    marker: `Ledgerpost creditMemo m-${number}`,
    customer: customer(),
    number,
    lines: [line(amount)],
    total: money(amount),
  };
}

export function journal(number: string, amount: number): JournalDocument {
  return {
    ...usd,
    kind: 'journal',
    operation: 'journal.insert',
    record: { type: 'refund', id: `r-${number}` },
    marker: `Ledgerpost refund r-${number}`,
    customer: customer(),
    number,
    memo: 'goodwill',
    paymentId: 'p-1',
    lines: [
      { account: 'Accounts Receivable (A/R)', side: 'debit', amount: money(amount), customer: customer() },
      { account: 'Checking', side: 'credit', amount: money(amount) },
    ],
    total: money(amount),
  };
}

// ——— The engine's part ———

function pushDelivery() {
  if (quickbooksOnline.delivery.by !== 'push') throw new Error('QuickBooks is a push target.');
  return quickbooksOnline.delivery;
}

/** Does what the engine does around a push: names, calls, receipts, postings. */
export class Poster {
  readonly desk: Desk;
  readonly session: QboSession;
  readonly settings: QboSettings;
  chart!: Chart;
  readonly postings = new Map<string, PostedItem>();
  /** Ids of customers and items by `kind/key`, kept between calls. */
  readonly links = new Map<string, string>();
  /** Accepted merges. */
  sameIds: SameIds = {};
  #seq = 0;
  #calls = 0;

  constructor(desk: Desk, settings: unknown = {}) {
    this.desk = desk;
    this.settings = desk.settings(settings);
    this.session = quickbooksOnline.open(this.settings, desk.context);
  }

  /** A call as the engine stores it; its documents may be updates of what was posted. */
  async call(documents: readonly Document[]): Promise<Call<QboPayload>> {
    this.chart = await this.session.chart();
    const references = await this.#references(documents);
    const linked = Object.fromEntries([...this.postings].map(([id, { receipt }]) => [id, receipt.externalId]));
    const items = documents.map((document): ExportedItem<QboPayload> => {
      this.#seq += 1;
      const payload = JSON.parse(JSON.stringify(quickbooksOnline.export(document, this.chart, this.settings))) as QboPayload;
      const former = document.operation.endsWith('.insert') ? undefined : this.postings.get(document.record.id)?.receipt;
      const item = {
        seq: this.#seq,
        record: document.record,
        operation: document.operation,
        key: `k-${this.#seq}`,
        payload,
        linked,
      };
      if (former === undefined) return item;
      const posted = this.postings.get(document.record.id)!.references;
      const kept = posted === undefined ? {} : { references: posted };
      return { ...item, former: { ...former, ...kept }, paidBy: this.#paidBy(document.record.id) };
    });
    this.#calls += 1;
    return { requestId: `call-${this.#calls}`, attempt: 1, items, references, sameIds: this.sameIds };
  }

  /** Sends a call, and keeps what was posted as the store does. */
  async send(call: Call<QboPayload>, documents: readonly Document[]): Promise<readonly PushOutcome[]> {
    const outcomes = await pushDelivery().push(this.session, call);
    for (const [at, outcome] of outcomes.entries()) {
      if (outcome.status !== 'created' && outcome.status !== 'existed') continue;
      const { record, operation, seq, key } = call.items[at]!;
      const before = this.postings.get(record.id);
      // As the store passes it to an undo.
      const receipt = JSON.parse(JSON.stringify(outcome.receipt)) as PostedItem['receipt'];
      const { references } = call;
      const posted = { seq, record, operation, key, document: documents[at]!, receipt, references };
      const own = before?.references === undefined ? {} : { references: before.references };
      const former = before === undefined ? {} : { former: { document: before.document, receipt: before.receipt, ...own } };
      this.postings.set(record.id, { ...posted, ...former });
    }
    return outcomes;
  }

  async post(...documents: readonly Document[]): Promise<readonly PushOutcome[]> {
    return this.send(await this.call(documents), documents);
  }

  posted(id: string): PostedItem {
    const found = this.postings.get(id);
    if (found === undefined) throw new Error(`${id} is not posted.`);
    return found;
  }

  /** A record in the books. */
  held(id: string): Entity {
    const { receipt, document } = this.posted(id);
    const one = this.find(document, receipt.externalId);
    if (one === undefined) throw new Error(`${id} is not in the books.`);
    return one;
  }

  find(document: Document, externalId: string): Entity | undefined {
    const kind = { invoice: 'Invoice', payment: 'Payment', creditMemo: 'CreditMemo', journal: 'JournalEntry', warning: '' };
    return this.desk.company.records(kind[document.kind]).find(({ Id }) => Id === externalId) as Entity | undefined;
  }

  async takeBack(...ids: readonly string[]) {
    if (quickbooksOnline.undo.by !== 'target') throw new Error('QuickBooks can undo.');
    return quickbooksOnline.undo.takeBack(
      quickbooksOnline.open(this.settings, this.desk.context),
      ids.map((id) => ({ ...this.posted(id), sameIds: this.sameIds })),
    );
  }

  async read(...ids: readonly string[]) {
    if (quickbooksOnline.readback.by !== 'target') throw new Error('QuickBooks can be read.');
    return quickbooksOnline.readback.read(
      this.session,
      ids.map((id) => ({ ...this.posted(id), sameIds: this.sameIds })),
    );
  }

  /** How much of which payments is applied to an invoice by our records. */
  #paidBy(invoiceId: string): Readonly<Record<string, Money>> {
    const payments = [...this.postings.values()].flatMap(({ document, receipt }) =>
      document.kind === 'payment' ? document.applied.map((part) => ({ ...part, id: receipt.externalId })) : [],
    );
    return Object.fromEntries(payments.filter((part) => part.invoiceId === invoiceId).map(({ id, amount }) => [id, amount]));
  }

  /** What is linked is not looked up again. What stands alone is linked, and the rest is created. */
  async #references(documents: readonly Document[]): Promise<Record<string, string>> {
    const { needs, find, create } = pushDelivery();
    const wanted = documents.flatMap((document) => needs(document, this.chart, this.settings));
    const unknown = wanted.filter((need) => !this.links.has(keyOf(need)));
    const found = await find(this.session, unknown);
    const missing = found.filter(({ status }) => status === 'missing').map(({ need }) => need);
    const made = missing.length === 0 ? [] : await create(this.session, missing);
    for (const outcome of [...found, ...made]) {
      if (outcome.status === 'found' || outcome.status === 'created') this.links.set(keyOf(outcome.need), outcome.externalId);
      if (outcome.status !== 'candidates' || outcome.candidates.length > 1) continue;
      this.links.set(keyOf(outcome.need), outcome.candidates[0]!.externalId);
    }
    return Object.fromEntries(this.links);
  }
}

/** The message of a problem, or of nothing. */
export function messageOf(outcome: PushOutcome | undefined): string {
  return outcome?.status === 'refused' || outcome?.status === 'conflict' ? outcome.problem.message : '';
}

/** How many requests of one purpose the simulator has had. */
export function requestsOf(desk: Desk, operation: string): number {
  return desk.simulator.control.requests().filter((request) => request.operation === operation).length;
}

/** The receipt of an outcome that has one. */
export function receiptIn(outcome: PushOutcome | undefined): Receipt & { readonly details: Readonly<Record<string, Json>> } {
  if (outcome?.status !== 'created' && outcome?.status !== 'existed') throw new Error(`No receipt: ${messageOf(outcome)}`);
  return outcome.receipt as Receipt & { readonly details: Readonly<Record<string, Json>> };
}
