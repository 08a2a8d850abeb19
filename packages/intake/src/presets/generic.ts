import { customerByName, type Preset } from './preset.ts';

const STATUS = {
  Draft: 'draft',
  Open: 'finalized',
  Sent: 'finalized',
  Unpaid: 'finalized',
  Paid: 'finalized',
  Overdue: 'finalized',
  Finalized: 'finalized',
  Void: 'void',
  Voided: 'void',
};

/** Ours: one row per line of an invoice, as spreadsheets for QuickBooks have it. */
export const rowPerLine: Preset = {
  grade: 'documented',
  notes: ['Each row is a line; the rows of an invoice repeat its number. The column Invoice Total proves an invoice whole.'],
  mapping: {
    name: 'row-per-line',
    title: 'Template: one row per line',
    source: 'file',
    constants: { taxName: 'Sales tax' },
    values: { status: STATUS },
    files: {
      lines: {
        title: 'Invoice lines',
        known: ['Invoice No', 'Customer', 'Invoice Date', 'Product/Service', 'Line Amount'],
        columns: {
          number: ['Invoice No', 'Invoice Number', 'Invoice #'],
          customer: 'Customer',
          date: 'Invoice Date',
          due: 'Due Date',
          status: 'Status',
          name: 'Product/Service',
          description: ['Description', 'Product/Service Description'],
          quantity: ['Quantity', 'Qty', 'Product/Service Quantity'],
          rate: ['Rate', 'Unit Price', 'Product/Service Rate'],
          amount: ['Line Amount', 'Product/Service Amount', 'Amount'],
          taxable: 'Taxable',
          category: 'Category',
          tax: 'Tax Amount',
          taxName: 'Tax Name',
          total: 'Invoice Total',
        },
      },
    },
    records: [
      customerByName('lines'),
      {
        type: 'invoice',
        from: 'lines',
        id: { by: 'number', field: 'number' },
        members: {
          number: { field: 'number', as: 'text' },
          customerId: { idOf: 'customer', by: 'name', field: 'customer' },
          status: { field: 'status', as: 'text', table: 'status', otherwise: 'finalized' },
          date: { field: 'date', as: 'date' },
          dueDate: { field: 'due', as: 'date' },
          total: { field: 'total', as: 'money' },
        },
        lines: {
          by: 'rows',
          from: 'lines',
          name: 'name',
          description: 'description',
          quantity: 'quantity',
          unitPrice: 'rate',
          amount: 'amount',
          taxable: 'taxable',
          category: 'category',
        },
        tax: { amount: 'tax', name: 'taxName' },
      },
    ],
  },
};

/** Ours: one row per invoice. */
export const rowPerInvoice: Preset = {
  grade: 'documented',
  notes: ['Each row is an invoice of one line.'],
  mapping: {
    name: 'row-per-invoice',
    title: 'Template: one row per invoice',
    source: 'file',
    constants: { taxName: 'Sales tax', line: 'Services' },
    values: { status: STATUS },
    files: {
      invoices: {
        title: 'Invoices',
        known: ['Invoice Number', 'Customer', 'Invoice Date', 'Total'],
        total: 'total',
        columns: {
          number: 'Invoice Number',
          customer: 'Customer',
          date: 'Invoice Date',
          due: 'Due Date',
          status: 'Status',
          tax: 'Tax',
          taxName: 'Tax Name',
          total: 'Total',
        },
      },
    },
    records: [
      customerByName('invoices'),
      {
        type: 'invoice',
        from: 'invoices',
        id: { by: 'number', field: 'number' },
        members: {
          number: { field: 'number', as: 'text' },
          customerId: { idOf: 'customer', by: 'name', field: 'customer' },
          status: { field: 'status', as: 'text', table: 'status', otherwise: 'finalized' },
          date: { field: 'date', as: 'date' },
          dueDate: { field: 'due', as: 'date' },
          total: { field: 'total', as: 'money' },
        },
        lines: { by: 'total', field: 'total', less: 'tax', name: 'line' },
        tax: { amount: 'tax', name: 'taxName' },
      },
    ],
  },
};

/** Ours: one row per payment. Its invoices are those of the other two templates. */
export const rowPerPayment: Preset = {
  grade: 'documented',
  notes: [
    'Each row is a payment of one invoice, or of none. Without an id, a payment is known by the contents of its row.',
    'An amount below zero is a refund; a person chooses its payment.',
  ],
  mapping: {
    name: 'row-per-payment',
    title: 'Template: one row per payment',
    source: 'file',
    values: { methods: { '*': '*' } },
    files: {
      payments: {
        title: 'Payments',
        known: ['Payment Date', 'Customer', 'Payment Amount', 'Payment Method'],
        total: 'received',
        columns: {
          paid: 'Payment Date',
          customer: 'Customer',
          invoice: ['Invoice Number', 'Invoice No', 'Invoice #'],
          received: 'Payment Amount',
          method: 'Payment Method',
          reference: 'Reference',
        },
      },
    },
    records: [
      customerByName('payments'),
      {
        type: 'payment',
        from: 'payments',
        when: [{ field: 'received', sign: 'not-negative' }],
        id: { by: 'content', fields: ['invoice', 'customer', 'paid', 'received', 'method', 'reference'] },
        members: {
          reference: { field: 'reference', as: 'text' },
          customerId: { idOf: 'customer', by: 'name', field: 'customer' },
          date: { field: 'paid', as: 'date' },
          method: { field: 'method', as: 'text', table: 'methods' },
          amount: { field: 'received', as: 'money' },
          status: { is: 'received' },
        },
        allocations: { invoice: 'invoice', by: 'number', amount: 'received' },
      },
      {
        type: 'refund',
        from: 'payments',
        when: [{ field: 'received', sign: 'negative' }],
        id: { by: 'content', fields: ['invoice', 'customer', 'paid', 'received', 'method', 'reference'] },
        members: {
          paymentId: { idOf: 'payment', by: 'system', field: 'payment' },
          date: { field: 'paid', as: 'date' },
          amount: { field: 'received', as: 'money', negate: true },
          method: { field: 'method', as: 'text', table: 'methods' },
        },
      },
    ],
  },
};
