import { customerByName, NAMES_AS_THEY_ARE, type Preset } from './preset.ts';

const STATUS = {
  Draft: 'draft',
  Open: 'finalized',
  Sent: 'finalized',
  Unpaid: 'finalized',
  Paid: 'finalized',
  'Paid in Full': 'finalized',
  'Partially Paid': 'finalized',
  Partial: 'finalized',
  Overdue: 'finalized',
  'Past Due': 'finalized',
  Outstanding: 'finalized',
  Issued: 'finalized',
  Viewed: 'finalized',
  Authorized: 'finalized',
  Authorised: 'finalized',
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
    values: { ...NAMES_AS_THEY_ARE, status: STATUS },
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
          tax: ['Tax Amount', 'Sales Tax Amount', 'Tax', 'Sales Tax', 'GST', 'HST', 'VAT'],
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
    values: { ...NAMES_AS_THEY_ARE, status: STATUS },
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
          tax: ['Tax Amount', 'Sales Tax Amount', 'Tax Total', 'Total Tax', 'Tax', 'Sales Tax', 'GST', 'HST', 'VAT'],
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

/** What lists of payments say of money that came in, or that went back since. Anything else stops its row. */
const PAYMENT_STATUS = {
  Received: 'received',
  Paid: 'received',
  Completed: 'received',
  Complete: 'received',
  Succeeded: 'received',
  Successful: 'received',
  Success: 'received',
  Cleared: 'received',
  Captured: 'received',
  Settled: 'received',
  Deposited: 'received',
  Applied: 'received',
  Processed: 'received',
  Refunded: 'received',
  'Partially Refunded': 'received',
  Disputed: 'disputed',
  Void: 'removed',
  Voided: 'removed',
  Canceled: 'removed',
  Cancelled: 'removed',
  Reversed: 'removed',
};
const NOT_RECEIVED = ['Pending', 'Processing', 'In Progress', 'Incomplete', 'Failed', 'Declined', 'Scheduled', 'Draft'];

/** Ours: one row per payment. Its invoices are those of the other two templates. */
export const rowPerPayment: Preset = {
  grade: 'documented',
  notes: [
    'Each row is a payment of one invoice, or of none. Without an id, a payment is known by the contents of its row.',
    'An amount below zero is a refund; a person chooses its payment.',
    'Money that has not come in is left out and listed, where a column has the payment’s status.',
  ],
  mapping: {
    name: 'row-per-payment',
    title: 'Template: one row per payment',
    source: 'file',
    values: { ...NAMES_AS_THEY_ARE, methods: { '*': '*' }, payments: PAYMENT_STATUS },
    files: {
      payments: {
        title: 'Payments',
        leaveOut: [{ field: 'paymentStatus', is: NOT_RECEIVED }],
        known: ['Payment Date', 'Customer', 'Payment Amount', 'Payment Method'],
        total: 'received',
        columns: {
          paid: 'Payment Date',
          customer: 'Customer',
          invoice: ['Invoice Number', 'Invoice No', 'Invoice #'],
          received: 'Payment Amount',
          method: 'Payment Method',
          reference: 'Reference',
          paymentStatus: ['Payment Status', 'Status'],
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
          status: { field: 'paymentStatus', as: 'text', table: 'payments', otherwise: 'received' },
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
