/* Invented records, the same in every run. */

const SERVICES = 50;

export function* customers(count: number): Generator<string> {
  for (let c = 0; c < count; c++) {
    yield JSON.stringify({
      type: 'customer',
      id: `c-${c}`,
      accountingKey: `Customer ${c}`,
      billingAddress: { line1: `${c} Main St`, city: 'Bayshore', region: 'CA', postalCode: '94326' },
    });
  }
}

/** An invoice of three lines. */
export function invoice(n: number, ofCustomers: number): Record<string, unknown> {
  return {
    type: 'invoice',
    id: `i-${n}`,
    number: String(10_000 + n),
    customerId: `c-${n % ofCustomers}`,
    status: 'finalized',
    date: day(n),
    dueDate: '2026-11-20',
    terms: 'Net 30',
    lines: [1, 2, 3].map((k) => ({
      name: `Service ${(n + k) % SERVICES}`,
      description: `Work item ${k} on site`,
      quantity: '1',
      unitPrice: '100',
      amount: '100.00',
      taxable: false,
    })),
    total: '300.00',
  };
}

export function payment(n: number, ofCustomers: number): Record<string, unknown> {
  return {
    type: 'payment',
    id: `p-${n}`,
    reference: String(n),
    customerId: `c-${n % ofCustomers}`,
    method: 'Check',
    date: day(n),
    amount: '300.00',
    status: 'received',
    allocations: [{ invoiceId: `i-${n}`, amount: '300.00' }],
  };
}

export function day(n: number): string {
  return `2026-10-${String(1 + (n % 28)).padStart(2, '0')}`;
}

/** A stream of NDJSON, as an importer sends it. */
export function ndjson(lines: Iterable<string>): ReadableStream<Uint8Array> {
  const iterator = lines[Symbol.iterator]();
  const encoder = new TextEncoder();
  return new ReadableStream({
    pull(controller) {
      let text = '';
      for (let n = 0; n < 500; n++) {
        const { value, done } = iterator.next();
        if (done) {
          if (text !== '') controller.enqueue(encoder.encode(text));
          controller.close();
          return;
        }
        text += `${value}\n`;
      }
      controller.enqueue(encoder.encode(text));
    },
  });
}

export function* invoices(count: number, ofCustomers: number, from = 0): Generator<string> {
  for (let n = from; n < from + count; n++) yield JSON.stringify(invoice(n, ofCustomers));
}

export function service(n: number): Record<string, unknown> {
  return { type: 'service', id: `s-${n}`, name: `Service ${n}` };
}

/** The invoice with its lines' services by id, so that each becomes a separate item in the books. */
export function withServices(record: Record<string, unknown>): Record<string, unknown> {
  const lines = record.lines as readonly { readonly name: string }[];
  return { ...record, lines: lines.map((line) => ({ ...line, serviceId: `s-${line.name.replace('Service ', '')}` })) };
}
