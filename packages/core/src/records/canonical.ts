import type {
  CreditMemoRecord,
  InvoiceRecord,
  PaymentRecord,
  RefundRecord,
  SourceAllocation,
  SourceLine,
  SourceRecord,
  SourceTax,
} from './records.ts';

/*
 * Canonical texts of records: one text per meaning, whatever the order of members and however numbers were typed. Members are named
 * and absent ones left out, so a member added in a later release changes no hash of a record without it.
 */

/**
 * The part of a record's own content that reaches the books. Two texts are equal exactly when nothing has to be sent again. References
 * appear by id: a renamed customer or a changed default is not new content.
 *
 * Left out: a payment's allocations (they are compared separately), job and department (they only sort a payment), a payment's fee (the books get the whole amount), statuses (the
 * standing checks them itself), and a credit memo's invoice and allocations (they count when the memo is new). A voided invoice has no lines and amounts in
 * it, because none of them reach the books any more.
 */
export function canonicalContent(record: SourceRecord): string {
  switch (record.type) {
    case 'invoice':
      return JSON.stringify(record.status === 'void' ? voidContent(record) : invoiceContent(record));
    case 'payment':
      return JSON.stringify(paymentContent(record));
    case 'refund':
      return JSON.stringify(refundContent(record));
    case 'creditMemo':
      return JSON.stringify(creditMemoContent(record));
    case 'customer':
    case 'department':
    case 'service':
    case 'job':
      return canonicalRecord(record);
    default:
      return record satisfies never;
  }
}

/** All of the record. If two texts are equal, storing the record again changes nothing. */
export function canonicalRecord(record: SourceRecord): string {
  switch (record.type) {
    case 'invoice': {
      const { type, id, status } = record;
      return JSON.stringify({ type, id, status, ...placeAndParts(record), ...invoiceContent(record) });
    }
    case 'payment': {
      const { type, id, status } = record;
      const sorts = { jobId: text(record.jobId), departmentId: text(record.departmentId) };
      return JSON.stringify({
        type,
        id,
        status,
        ...sorts,
        ...paymentContent(record),
        fee: record.fee === undefined ? undefined : canonicalDecimal(record.fee),
        allocations: allocations(record.allocations),
      });
    }
    case 'refund': {
      const { type, id } = record;
      return JSON.stringify({
        type,
        id,
        status: record.status ?? 'issued',
        method: text(record.method),
        ...refundContent(record),
      });
    }
    case 'creditMemo': {
      const { type, id } = record;
      const own = {
        status: record.status ?? 'issued',
        invoiceId: text(record.invoiceId),
        allocations: allocations(record.allocations),
      };
      return JSON.stringify({ type, id, ...own, ...placeAndParts(record), ...creditMemoContent(record) });
    }
    case 'customer':
    case 'department':
    case 'service':
    case 'job':
      return JSON.stringify(sorted(record));
    default:
      return record satisfies never;
  }
}

/**
 * Both texts of a record: an import hashes each of a hundred thousand invoices by both, and most of one is the other. The content ends
 * the record's text, so it is spelled once.
 */
export function canonicalTexts(record: SourceRecord): { readonly record: string; readonly content: string } {
  if (record.type === 'invoice' && record.status !== 'void') {
    const { type, id, status } = record;
    const content = JSON.stringify(invoiceContent(record));
    const own = JSON.stringify({ type, id, status, ...placeAndParts(record) });
    return { record: `${own.slice(0, -1)},${content.slice(1)}`, content };
  }
  const all = canonicalRecord(record);
  return { record: all, content: canonicalContent(record) };
}

/** One text per number: "129.50", "129.5" and "0129.5" are "129.5"; "-0.00" is "0". Other text stays as it is. */
export function canonicalDecimal(value: string): string {
  const end = endOfPlain(value);
  if (end > 0) return end === value.length ? value : value.slice(0, end);
  const match = DECIMAL.exec(value);
  if (!match) return value;
  const whole = match[2] || '0';
  const fraction = match[3] ? match[3].replace(TRAILING_ZEROS, '') : '';
  const magnitude = fraction ? `${whole}.${fraction}` : whole;
  return match[1] && magnitude !== '0' ? `-${magnitude}` : magnitude;
}

/**
 * Where a number ends without its last zeros, if it is written as most are: its first digit is none of several zeros, and it has no
 * minus. Else 0. This runs for every number of every record, and a pattern would cost five times as much.
 */
function endOfPlain(value: string): number {
  const { length } = value;
  let point = -1;
  for (let at = 0; at < length; at += 1) {
    const code = value.charCodeAt(at);
    if (code === 46 && point === -1) point = at;
    else if (code < 48 || code > 57) return 0;
  }
  const whole = point === -1 ? length : point;
  if (whole === 0 || (whole > 1 && value.charCodeAt(0) === 48)) return 0;
  if (point === -1) return length;
  if (point === length - 1) return 0;
  let end = length;
  while (value.charCodeAt(end - 1) === 48) end -= 1;
  return end - 1 === point ? point : end;
}

const DECIMAL = /^(-?)0*(\d*)(?:\.(\d+))?$/;
const TRAILING_ZEROS = /0+$/;

function invoiceContent(r: InvoiceRecord) {
  return {
    number: text(r.number),
    customerId: text(r.customerId),
    jobId: text(r.jobId),
    departmentId: text(r.departmentId),
    date: r.date,
    dueDate: text(r.dueDate),
    terms: text(r.terms),
    memo: text(r.memo),
    lines: r.lines.map(line),
    tax: r.tax && tax(r.tax),
    total: canonicalDecimal(r.total),
  };
}

function voidContent(r: InvoiceRecord) {
  return { void: true, number: text(r.number), customerId: text(r.customerId), date: r.date };
}

function paymentContent(r: PaymentRecord) {
  return {
    reference: text(r.reference),
    customerId: text(r.customerId),
    method: text(r.method),
    date: r.date,
    amount: canonicalDecimal(r.amount),
  };
}

function refundContent(r: RefundRecord) {
  return { paymentId: r.paymentId, date: r.date, amount: canonicalDecimal(r.amount), reason: text(r.reason) };
}

function creditMemoContent(r: CreditMemoRecord) {
  return {
    number: text(r.number),
    customerId: text(r.customerId),
    jobId: text(r.jobId),
    departmentId: text(r.departmentId),
    date: r.date,
    memo: text(r.memo),
    lines: r.lines.map(line),
    tax: r.tax && tax(r.tax),
    total: canonicalDecimal(r.total),
  };
}

/**
 * Kept out of the content: a source that begins to send them would otherwise ask for an update of everything that is posted. Books
 * that compute the tax themselves get another place by its own hash.
 */
function placeAndParts({ serviceAddress, tax: of, lines }: InvoiceRecord | CreditMemoRecord) {
  const lineTaxes = lines.map(({ tax: one }) => one && { name: text(one.name), amount: canonicalDecimal(one.amount) });
  const parts = of?.parts?.map(({ name, rate, amount }) => tax({ name, rate, amount }));
  return {
    serviceAddress: serviceAddress && sorted(serviceAddress),
    lineTaxes: lineTaxes.some((one) => one !== undefined) ? lineTaxes.map((one) => one ?? null) : undefined,
    taxParts: parts === undefined || parts.length === 0 ? undefined : parts,
  };
}

function line(l: SourceLine) {
  return {
    serviceId: text(l.serviceId),
    name: text(l.name),
    description: text(l.description),
    quantity: canonicalDecimal(l.quantity),
    unitPrice: canonicalDecimal(l.unitPrice),
    amount: canonicalDecimal(l.amount),
    taxable: l.taxable,
    accountingCategory: text(l.accountingCategory),
    accountingClass: text(l.accountingClass),
  };
}

function tax(t: SourceTax) {
  return { name: t.name, rate: t.rate === undefined ? undefined : canonicalDecimal(t.rate), amount: canonicalDecimal(t.amount) };
}

function allocations(list: readonly SourceAllocation[] | undefined) {
  if (!list || list.length === 0) return undefined;
  return list.map((a) => ({ invoiceId: a.invoiceId, amount: canonicalDecimal(a.amount) }));
}

/** An empty text means the same as none. */
function text(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}

function sorted(value: object): object {
  const members = Object.entries(value).filter(([, v]) => v !== undefined && v !== '');
  members.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(members.map(([k, v]) => [k, typeof v === 'object' && v !== null ? sorted(v) : v]));
}
