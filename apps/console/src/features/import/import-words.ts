import { counted, listed } from '../../ui/words.ts';
import type { Import, ImportReport, SeenFile } from './queries.ts';

/** The steps of an import, in their order; each has an address. */
export const STEPS = [
  ['files', 'Files'],
  ['mapping', 'Mapping'],
  ['check', 'Check'],
  ['done', 'Done'],
] as const;
export type Step = (typeof STEPS)[number][0];

/** The step that an import is at. */
export function stepOf({ state, files }: Pick<Import, 'state' | 'files'>): Step {
  switch (state) {
    case 'open':
      return files.length === 0 ? 'files' : 'mapping';
    case 'checking':
    case 'checked':
    case 'discarded':
      return 'check';
    case 'applying':
    case 'applied':
    case 'undoing':
    case 'undone':
      return 'done';
    default:
      return state satisfies never;
  }
}

export const IMPORT_STATES: Readonly<Record<Import['state'], string>> = {
  open: 'Not checked',
  checking: 'Checking',
  checked: 'Checked',
  applying: 'Applying',
  applied: 'Applied',
  undoing: 'Undoing',
  undone: 'Undone',
  discarded: 'Discarded',
};

export const USES: Readonly<Record<SeenFile['use'], readonly [words: string, tone: 'good' | 'warn' | 'bad' | 'plain']>> = {
  read: ['Recognized', 'good'],
  'left-out': ['Left out', 'plain'],
  unknown: ['Not recognized', 'warn'],
  unreadable: ['Can’t be read', 'bad'],
};

export const PHASES = {
  read: 'Reading the files',
  compare: 'Comparing with what is here',
  targets: 'Checking against your accounting systems',
  write: 'Writing records',
  undo: 'Undoing',
} as const;

export const ACKNOWLEDGE: Readonly<Record<ImportReport['acknowledge'][number], string>> = {
  'posted-records': 'Change records that are in the books. They become updates or problems in the next batch.',
  'mapping-changed': 'Change records although the files say the same as before, because the mapping changed.',
  'absent-records': 'Void or remove the records that the files no longer have.',
};

export const TYPES: Readonly<Record<string, readonly [one: string, many: string]>> = {
  customer: ['customer', 'customers'],
  department: ['department', 'departments'],
  service: ['service', 'services'],
  job: ['job', 'jobs'],
  invoice: ['invoice', 'invoices'],
  payment: ['payment', 'payments'],
  refund: ['refund', 'refunds'],
  creditMemo: ['credit memo', 'credit memos'],
};

/** How many records would be new or changed, in words: "12 customers and 40 invoices". */
export function recordsIn(report: ImportReport): string {
  const parts = Object.entries(report.types).flatMap(([type, counts]) => {
    const records = (counts?.new.records ?? 0) + (counts?.changed.records ?? 0) + (counts?.mappingChanged.records ?? 0);
    const [one, many] = TYPES[type] ?? [type, type];
    return records === 0 ? [] : [counted(records, one, many)];
  });
  return listed(parts);
}

/** Seconds as a person says them: 40 seconds, 3 minutes. */
export function timeLeft(seconds: number | null): string {
  if (seconds === null) return '';
  return seconds < 90 ? `about ${counted(seconds, 'second')} left` : `about ${counted(Math.round(seconds / 60), 'minute')} left`;
}

/** The members of a record that a person recognizes it by, in a line. */
export function recordLine(record: Readonly<Record<string, unknown>>): string {
  const told = ['number', 'reference', 'name', 'accountingKey', 'date', 'customerId', 'method', 'status', 'total', 'amount'];
  const parts = told.flatMap((member) => (typeof record[member] === 'string' ? [record[member]] : []));
  const lines = Array.isArray(record.lines) ? [counted(record.lines.length, 'line')] : [];
  return [...new Set([...parts, ...lines])].join(' · ');
}

/** How a column may be written, as a person chooses it. */
export const READINGS: Readonly<Record<string, string>> = {
  mdy: 'Month first: 11/03 is November 3',
  dmy: 'Day first: 11/03 is March 11',
  iso: 'Year first',
  'month-name': 'With the month’s name',
  point: 'A point before the cents: 1,204.50',
  comma: 'A comma before the cents: 1.204,50',
};

/** What the columns of our templates are called. */
export const COLUMNS: Readonly<Record<string, string>> = {
  number: 'Invoice number',
  customer: 'Customer',
  date: 'Invoice date',
  due: 'Due date',
  status: 'Status',
  name: 'Product or service',
  description: 'Description of the line',
  quantity: 'Quantity',
  rate: 'Price of one',
  amount: 'Amount of the line',
  taxable: 'Taxable, yes or no',
  category: 'Category',
  tax: 'Tax',
  taxName: 'Name of the tax',
  total: 'Total of the invoice',
  paid: 'Payment date',
  invoice: 'Invoice that it pays',
  received: 'Amount of the payment',
  method: 'Payment method',
  reference: 'Reference',
  paymentStatus: 'Status of the payment',
};

/** The templates that a person can follow, and what each can't be without: of each list, one. */
export const TEMPLATES: Readonly<Record<string, { readonly words: string; readonly needs: readonly (readonly string[])[] }>> = {
  'row-per-invoice': { words: 'One row per invoice', needs: [['number'], ['customer'], ['date'], ['total']] },
  'row-per-line': {
    words: 'One row per line of an invoice',
    needs: [['number'], ['customer'], ['date'], ['name'], ['amount', 'rate']],
  },
  'row-per-payment': { words: 'One row per payment', needs: [['paid'], ['customer'], ['received']] },
};

/** The name of a mapping, or of the preset that it changes. */
export function nameIn(mapping: unknown): unknown {
  const { name, extends: preset } = (mapping ?? {}) as { name?: unknown; extends?: unknown };
  return name ?? preset;
}

/** What a cover says, in a sentence. */
export function coverWords({ type, from, to }: NonNullable<Import['cover']>): string {
  const [, many] = TYPES[type] ?? [type, type];
  const days =
    from === undefined
      ? to === undefined
        ? ''
        : ` up to ${to}`
      : to === undefined
        ? ` from ${from} on`
        : ` from ${from} to ${to}`;
  return `These files have all ${many}${days}, whatever their status.`;
}

/** What happens with records that the files no longer have. */
export const ABSENT_CHOICES = {
  leave: 'Only list them',
  void: 'Void them',
  removed: 'Remove them',
} as const;
