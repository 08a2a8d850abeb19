import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';

/*
 * What a script without an engine does: each invoice and then each payment is a request of its own, sent by
 * node-quickbooks, as many at once and as fast as QuickBooks accepts them. No states, no checks, no
 * recovery after a crash, no undo. A request that QuickBooks throttles is sent again soon.
 * Usage: plain-quickbooks.ts API REALM TOKEN RECORDS
 */
const [api, realm, token, file] = process.argv.slice(2) as [string, string, string, string];

type Told = { readonly Id: string; readonly [member: string]: unknown };
type Callback = (error: unknown, answer: unknown) => void;
const QuickBooks = createRequire(import.meta.url)('node-quickbooks') as new (
  ...facts: unknown[]
) => { endpoint: string } & Record<string, (...given: unknown[]) => void>;
const client = new QuickBooks('id', 'secret', token, false, realm, false, false, '75', '2.0', 'refresh');
client.endpoint = `${api}/`;

/** QuickBooks' limits: a number of requests in a number of milliseconds, slightly longer because requests may overtake each other. */
const MINUTE = { most: 500, ms: 60_050 };
const SECOND = { most: 10, ms: 1_050 };
const AT_ONCE = 10;
const sent: number[] = [];
let inFlight = 0;
let throttled = 0;
let ended = () => {};

/** Resolves with the time when one more request may be sent; they go in the order of asking. */
let line: Promise<number> = Promise.resolve(0);
function turn(): Promise<number> {
  line = line.then(async () => {
    for (;;) {
      if (inFlight >= AT_ONCE) await new Promise<void>((resolve) => (ended = resolve));
      const wait = Math.max(...[MINUTE, SECOND].map(({ most, ms }) => (sent.at(-most) ?? -ms) + ms - performance.now()));
      if (inFlight < AT_ONCE && wait <= 0) break;
      if (wait > 0) await sleep(wait);
    }
    inFlight += 1;
    return sent[sent.push(performance.now()) - 1]!;
  });
  return line;
}

async function call<T>(verb: string, ...given: unknown[]): Promise<T> {
  for (;;) {
    const at = await turn();
    try {
      return await new Promise<T>((resolve, reject) => {
        client[verb]!(...given, ((error, answer) => (error ? reject(error) : resolve(answer as T))) as Callback);
      });
    } catch (error) {
      const status = (error as { response?: { status?: number } }).response?.status;
      if (status !== 429 && status !== 403) throw error;
      throttled += 1;
      // QuickBooks does not count it.
      sent.splice(sent.indexOf(at), 1);
      await sleep(1_000);
    } finally {
      inFlight -= 1;
      ended();
    }
  }
}

/** Ids of a list by name. */
async function idsOf(verb: string, entity: string, name: string): Promise<ReadonlyMap<string, string>> {
  const found = await call<{ QueryResponse: Record<string, Told[]> }>(verb, { fetchAll: true });
  return new Map((found.QueryResponse[entity] ?? []).map((one) => [one[name] as string, one.Id]));
}

interface Line {
  name: string;
  description: string;
  quantity: string;
  unitPrice: string;
  amount: string;
}
interface Invoice {
  type: 'invoice';
  id: string;
  number: string;
  customerId: string;
  date: string;
  dueDate: string;
  terms: string;
  lines: Line[];
}
interface Payment {
  type: 'payment';
  id: string;
  reference: string;
  customerId: string;
  method: string;
  date: string;
  amount: string;
  allocations: { invoiceId: string; amount: string }[];
}
interface Customer {
  type: 'customer';
  id: string;
  accountingKey: string;
}

const records = (await readFile(file, 'utf8'))
  .trim()
  .split('\n')
  .map((text) => JSON.parse(text) as Invoice | Payment | Customer);
const of = <T extends Invoice | Payment | Customer>(type: T['type']) => records.filter((one): one is T => one.type === type);
const keys = new Map(of<Customer>('customer').map((one) => [one.id, one.accountingKey]));
const [customers, items, terms, methods, accounts] = await Promise.all([
  idsOf('findCustomers', 'Customer', 'DisplayName'),
  idsOf('findItems', 'Item', 'Name'),
  idsOf('findTerms', 'Term', 'Name'),
  idsOf('findPaymentMethods', 'PaymentMethod', 'Name'),
  idsOf('findAccounts', 'Account', 'Name'),
]);
const customerRef = (id: string) => ({ value: customers.get(keys.get(id)!) });

const invoiceIds = new Map<string, string>();
await Promise.all(
  of<Invoice>('invoice').map(async (invoice) => {
    const { Id } = await call<Told>('createInvoice', {
      CustomerRef: customerRef(invoice.customerId),
      TxnDate: invoice.date,
      DueDate: invoice.dueDate,
      SalesTermRef: { value: terms.get(invoice.terms) },
      DocNumber: invoice.number,
      PrivateNote: `Ledgerpost invoice ${invoice.id}`,
      Line: invoice.lines.map((line) => ({
        DetailType: 'SalesItemLineDetail',
        Amount: Number(line.amount),
        Description: line.description,
        SalesItemLineDetail: {
          ItemRef: { value: items.get(line.name) },
          Qty: Number(line.quantity),
          UnitPrice: Number(line.unitPrice),
          TaxCodeRef: { value: 'NON' },
        },
      })),
    });
    invoiceIds.set(invoice.id, Id);
  }),
);
await Promise.all(
  of<Payment>('payment').map((payment) =>
    call('createPayment', {
      CustomerRef: customerRef(payment.customerId),
      TxnDate: payment.date,
      PaymentRefNum: payment.reference,
      PaymentMethodRef: { value: methods.get(payment.method) },
      DepositToAccountRef: { value: accounts.get('Undeposited Funds') },
      TotalAmt: Number(payment.amount),
      PrivateNote: `Ledgerpost payment ${payment.id}`,
      Line: payment.allocations.map(({ invoiceId, amount }) => ({
        Amount: Number(amount),
        LinkedTxn: [{ TxnId: invoiceIds.get(invoiceId), TxnType: 'Invoice' }],
      })),
    }),
  ),
);
console.log(JSON.stringify({ sent: sent.length, throttled }));
