import { ACCOUNTING_KEY, customerByName, NAMES_AS_THEY_ARE, type Preset } from './preset.ts';

/** Headers: public readers of real files, and Housecall Pro's help for the first columns. */
export const housecallPayments: Preset = {
  grade: 'used',
  notes: [
    'Invoice Number here is another series than Invoice # of the invoices export, so payments come in unapplied.',
    'The invoices export has neither totals nor lines: no invoice can be made from it.',
    'Whether a tip is inside the amount is a guess; the amount is what came in.',
  ],
  mapping: {
    name: 'housecall-payments',
    title: 'Housecall Pro: payments',
    source: 'housecall',
    values: { ...NAMES_AS_THEY_ARE, methods: { '*': '*' } },
    files: {
      payments: {
        title: 'Payments',
        known: ['Job ID', 'Payment Received Date', 'Customer ID', 'Customer Name', 'Payment Amount', 'Payment Type'],
        columns: {
          job: 'Job ID',
          date: 'Payment Received Date',
          customerId: 'Customer ID',
          customer: 'Customer Name',
          amount: 'Payment Amount',
          method: 'Payment Type',
        },
      },
    },
    records: [
      {
        type: 'customer',
        from: 'payments',
        id: { by: 'system', field: 'customerId' },
        members: { accountingKey: ACCOUNTING_KEY, name: { field: 'customer', as: 'text' } },
      },
      {
        type: 'job',
        from: 'payments',
        id: { by: 'system', field: 'job' },
        members: { number: { field: 'job', as: 'text' }, customerId: { field: 'customerId', as: 'text' } },
      },
      {
        type: 'payment',
        from: 'payments',
        id: { by: 'content', fields: ['job', 'date', 'customerId', 'amount', 'method'] },
        members: {
          customerId: { field: 'customerId', as: 'text' },
          jobId: { field: 'job', as: 'text' },
          date: { field: 'date', as: 'date' },
          method: { field: 'method', as: 'text', table: 'methods' },
          amount: { field: 'amount', as: 'money' },
          status: { is: 'received' },
        },
      },
    ],
  },
};

/** Headers: ServiceTitan's onboarding page quotes them. Formats are guesses. */
export const fieldEdge: Preset = {
  grade: 'documented',
  notes: [
    'The export has totals alone: each invoice comes in as one line, and its tax is not known.',
    'Days are read as month/day/year where the values allow both: a guess.',
    'FieldEdge filters to six months unless you change it.',
  ],
  mapping: {
    name: 'fieldedge-invoices',
    title: 'FieldEdge: invoice list',
    source: 'fieldedge',
    values: NAMES_AS_THEY_ARE,
    usualDates: 'mdy',
    constants: { line: 'Services' },
    files: {
      invoices: {
        title: 'Invoice list',
        known: ['Invoice #', 'Customer', 'WO #', 'Date', 'Due Date', 'Total', 'Due'],
        total: 'total',
        columns: { number: 'Invoice #', customer: 'Customer', job: 'WO #', date: 'Date', due: 'Due Date', total: 'Total' },
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
          status: { is: 'finalized' },
          date: { field: 'date', as: 'date' },
          dueDate: { field: 'due', as: 'date' },
          total: { field: 'total', as: 'money' },
        },
        lines: { by: 'total', field: 'total', name: 'line' },
      },
    ],
  },
};

/** Headers: public readers for the names; the order is a guess. */
export const workizJobs: Preset = {
  grade: 'used',
  notes: ['Jobs and customers only: the headers of the invoice and payment exports are not public.'],
  mapping: {
    name: 'workiz-jobs',
    title: 'Workiz: jobs',
    source: 'workiz',
    values: NAMES_AS_THEY_ARE,
    files: {
      jobs: {
        title: 'Jobs',
        known: ['Job #', 'Client', 'Status', 'Source', 'Job Created', 'Scheduled', 'Total'],
        columns: {
          number: 'Job #',
          customer: 'Client',
          phone: 'Phone',
          street: 'Address',
          city: 'City',
          region: 'State',
          postalCode: 'Zip code',
        },
      },
    },
    records: [
      {
        type: 'customer',
        from: 'jobs',
        id: { by: 'name', field: 'customer' },
        members: {
          accountingKey: ACCOUNTING_KEY,
          name: { field: 'customer', as: 'text' },
          phone: { field: 'phone', as: 'text' },
          billingAddress: {
            object: {
              line1: { field: 'street', as: 'text' },
              city: { field: 'city', as: 'text' },
              region: { field: 'region', as: 'text' },
              postalCode: { field: 'postalCode', as: 'text' },
            },
          },
        },
      },
      {
        type: 'job',
        from: 'jobs',
        id: { by: 'number', field: 'number' },
        members: { number: { field: 'number', as: 'text' }, customerId: { idOf: 'customer', by: 'name', field: 'customer' } },
      },
    ],
  },
};

/** Headers: many public readers; the user picks the columns. */
export const stripePayments: Preset = {
  grade: 'used',
  notes: ['Only paid charges come in. Refunds have no date here: the itemized balance report has.', 'Times are UTC.'],
  mapping: {
    name: 'stripe-payments',
    title: 'Stripe: payments',
    source: 'stripe',
    values: NAMES_AS_THEY_ARE,
    zone: 'UTC',
    files: {
      payments: {
        title: 'Payments',
        known: ['id', 'Created date (UTC)', 'Amount', 'Amount Refunded', 'Currency', 'Status'],
        leaveOut: [{ field: 'status', isNot: ['Paid', 'Refunded', 'Partially Refunded'] }],
        columns: {
          id: 'id',
          created: 'Created date (UTC)',
          amount: 'Amount',
          status: 'Status',
          customer: ['Customer Email', 'Customer Description'],
        },
      },
    },
    records: [
      {
        type: 'customer',
        from: 'payments',
        id: { by: 'name', field: 'customer' },
        members: { accountingKey: ACCOUNTING_KEY, email: { field: 'customer', as: 'text' } },
      },
      {
        type: 'payment',
        from: 'payments',
        id: { by: 'system', field: 'id' },
        members: {
          customerId: { idOf: 'customer', by: 'name', field: 'customer' },
          date: { field: 'created', as: 'date' },
          method: { is: 'Stripe' },
          amount: { field: 'amount', as: 'money' },
          status: { is: 'received' },
        },
      },
    ],
  },
};

/** Headers: many public readers; the report `balance_change_from_activity.itemized`. */
export const stripeBalance: Preset = {
  grade: 'used',
  notes: [
    'Refunds alone: charges come from the payments export, which has their customers. Payouts are left out.',
    'Times are UTC.',
  ],
  mapping: {
    name: 'stripe-balance',
    title: 'Stripe: itemized balance (refunds)',
    source: 'stripe',
    zone: 'UTC',
    files: {
      balance: {
        title: 'Itemized balance change from activity',
        known: ['balance_transaction_id', 'created_utc', 'gross', 'reporting_category', 'source_id'],
        leaveOut: [{ field: 'category', isNot: ['refund'] }],
        columns: {
          created: 'created_utc',
          gross: 'gross',
          category: 'reporting_category',
          id: 'source_id',
          charge: 'charge_id',
          description: 'description',
        },
      },
    },
    records: [
      {
        type: 'refund',
        from: 'balance',
        id: { by: 'system', field: 'id' },
        members: {
          paymentId: { field: 'charge', as: 'text' },
          date: { field: 'created', as: 'date' },
          amount: { field: 'gross', as: 'money', negate: true },
          method: { is: 'Stripe' },
          reason: { field: 'description', as: 'text' },
        },
      },
    ],
  },
};
