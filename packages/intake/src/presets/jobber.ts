import { customerByName, NAMES_AS_THEY_ARE, type Preset } from './preset.ts';

/** Headers: several public readers of real files agree. Discount between the pre-tax total and the tax is a guess. */
export const jobberInvoices: Preset = {
  grade: 'used',
  notes: [
    'The tax has a rate and an amount, and no name: the mapping names it.',
    'Balance and paid dates change after each payment, so they are not read.',
    'Tips lie outside the invoice total. They are left out and added up, or a line each with the constant tipLine.',
  ],
  mapping: {
    name: 'jobber-invoices',
    title: 'Jobber: invoices report',
    source: 'jobber',
    constants: { taxName: 'Sales tax' },
    values: {
      ...NAMES_AS_THEY_ARE,
      status: {
        Draft: 'draft',
        Voided: 'void',
        'Awaiting Payment': 'finalized',
        Paid: 'finalized',
        'Past Due': 'finalized',
        'Bad Debt': 'finalized',
      },
    },
    files: {
      invoices: {
        title: 'Invoices report',
        known: ['Invoice #', 'Client name', 'Issued date', 'Line items', 'Pre-tax total ($)', 'Total ($)', 'Tax amount ($)'],
        total: 'total',
        columns: {
          number: 'Invoice #',
          customer: 'Client name',
          email: 'Client email',
          phone: 'Client phone',
          street: 'Billing street',
          city: 'Billing city',
          region: ['Billing province', 'Billing state'],
          postalCode: ['Billing ZIP', 'Billing ZIP code', 'Billing postal code'],
          subject: 'Subject',
          created: 'Created date',
          issued: 'Issued date',
          due: 'Due date',
          status: 'Status',
          lines: 'Line items',
          preTax: 'Pre-tax total ($)',
          discount: 'Discount ($)',
          tip: 'Tip ($)',
          rate: 'Tax (%)',
          tax: 'Tax amount ($)',
          total: 'Total ($)',
        },
      },
    },
    records: [
      customerByName('invoices', {
        email: { field: 'email', as: 'text' },
        phone: { field: 'phone', as: 'text' },
        billingAddress: {
          object: {
            line1: { field: 'street', as: 'text' },
            city: { field: 'city', as: 'text' },
            region: { field: 'region', as: 'text' },
            postalCode: { field: 'postalCode', as: 'text' },
          },
        },
      }),
      {
        type: 'invoice',
        from: 'invoices',
        id: { by: 'number', field: 'number' },
        members: {
          number: { field: 'number', as: 'text' },
          customerId: { idOf: 'customer', by: 'name', field: 'customer' },
          status: { field: 'status', as: 'text', table: 'status' },
          date: { field: ['issued', 'created'], as: 'date' },
          dueDate: { field: 'due', as: 'date' },
          total: { field: 'total', as: 'money' },
        },
        lines: { by: 'cell', field: 'lines', sum: 'preTax', discount: 'discount', tip: 'tip', otherwise: 'subject' },
        tax: { amount: 'tax', rate: 'rate' },
      },
    ],
  },
};

const TYPES = { received: ['Payment', 'Deposit'], refunded: ['Refund'] };

/** Headers: two public readers, and Jobber's help lists the columns. */
export const jobberPayments: Preset = {
  grade: 'used',
  yieldsTo: 'jobber-transactions',
  notes: [
    'The report and the transaction list hold the same payments: import one of them, never both.',
    'Money received is negative in this report.',
    'A refund does not say which payment it belongs to; a person chooses it.',
  ],
  mapping: {
    name: 'jobber-payments',
    title: 'Jobber: payments report',
    source: 'jobber',
    values: { ...NAMES_AS_THEY_ARE, methods: { '*': '*' } },
    files: {
      payments: {
        title: 'Payments report',
        known: ['Client name', 'Date', 'Time', 'Type', 'Paid with', 'Total $', 'Tip $', 'Invoice #'],
        total: 'amount',
        leaveOut: [{ field: 'type', is: ['Payment (incomplete)', 'Payment (pending)'] }],
        columns: {
          customer: 'Client name',
          date: 'Date',
          time: 'Time',
          type: 'Type',
          method: 'Paid with',
          amount: 'Total $',
          tip: 'Tip $',
          note: 'Note',
          card: 'Card ending #',
          invoice: 'Invoice #',
        },
      },
    },
    records: [
      customerByName('payments'),
      {
        type: 'payment',
        from: 'payments',
        when: [{ field: 'type', is: TYPES.received }],
        id: { by: 'content', fields: ['customer', 'date', 'time', 'amount', 'method', 'invoice', 'card'] },
        members: {
          customerId: { idOf: 'customer', by: 'name', field: 'customer' },
          date: { field: 'date', as: 'date' },
          method: { field: 'method', as: 'text', table: 'methods' },
          amount: { field: 'amount', as: 'money', negate: true },
          status: { is: 'received' },
        },
        allocations: { invoice: 'invoice', by: 'number', amount: 'amount', negate: true, less: 'tip' },
      },
      {
        type: 'refund',
        from: 'payments',
        when: [{ field: 'type', is: TYPES.refunded }],
        id: { by: 'content', fields: ['customer', 'date', 'time', 'amount', 'method', 'invoice', 'card'] },
        members: {
          paymentId: { idOf: 'payment', by: 'system', field: 'payment' },
          date: { field: 'date', as: 'date' },
          amount: { field: 'amount', as: 'money' },
          method: { field: 'method', as: 'text', table: 'methods' },
          reason: { field: 'note', as: 'text' },
        },
      },
    ],
  },
};

/** Headers: one public reader. */
export const jobberTransactions: Preset = {
  grade: 'used',
  notes: [
    'The transaction list and the payments report hold the same payments: import one of them, never both.',
    'Invoice rows are left out: the invoices report has their lines.',
    'A payment for several invoices has no split here and comes in unapplied.',
  ],
  mapping: {
    name: 'jobber-transactions',
    title: 'Jobber: transaction list',
    source: 'jobber',
    values: { ...NAMES_AS_THEY_ARE, methods: { '*': '*' } },
    files: {
      transactions: {
        title: 'Transaction list',
        known: ['Client name', 'Date', 'Type', 'Total $', 'Tip $', 'Invoice #', 'Method', 'Transaction ID'],
        leaveOut: [{ field: 'type', is: ['Invoice'] }],
        columns: {
          customer: 'Client name',
          date: 'Date',
          type: 'Type',
          amount: 'Total $',
          tip: 'Tip $',
          note: 'Note',
          check: ['Cheque #', 'Check #'],
          invoice: 'Invoice #',
          method: 'Method',
          transaction: 'Transaction ID',
        },
      },
    },
    records: [
      customerByName('transactions'),
      {
        type: 'payment',
        from: 'transactions',
        when: [{ field: 'type', is: TYPES.received }],
        id: { by: 'content', fields: ['transaction', 'customer', 'date', 'amount', 'method', 'invoice', 'check'] },
        members: {
          reference: { field: 'check', as: 'text' },
          customerId: { idOf: 'customer', by: 'name', field: 'customer' },
          date: { field: 'date', as: 'date' },
          method: { field: 'method', as: 'text', table: 'methods' },
          amount: { field: 'amount', as: 'money', negate: true },
          status: { is: 'received' },
        },
        allocations: { invoice: 'invoice', by: 'number', amount: 'amount', negate: true, less: 'tip' },
      },
      {
        type: 'refund',
        from: 'transactions',
        when: [{ field: 'type', is: TYPES.refunded }],
        id: { by: 'content', fields: ['transaction', 'customer', 'date', 'amount', 'method', 'invoice'] },
        members: {
          paymentId: { idOf: 'payment', by: 'system', field: 'payment' },
          date: { field: 'date', as: 'date' },
          amount: { field: 'amount', as: 'money' },
          method: { field: 'method', as: 'text', table: 'methods' },
          reason: { field: 'note', as: 'text' },
        },
      },
    ],
  },
};
