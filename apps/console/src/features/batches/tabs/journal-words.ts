import type { BatchState } from '@ledgerpost/core';
import { BATCH_STATES, batchStateWords, type Delivery } from '../../../ui/states.ts';
import { counted, listed, number } from '../../../ui/words.ts';

type Details = Readonly<Record<string, unknown>>;

const ACTS: Readonly<Record<string, string>> = {
  'batch.started': 'Started the batch',
  'batch.moved': 'Status changed',
  'batch.workflow-lost': 'The workflow was lost',
  'batch.approved': 'Approved',
  'batch.declined': 'Declined',
  'batch.approval-not-needed': 'Approval was not needed',
  'batch.cancel-requested': 'Asked to cancel',
  'batch.resumed': 'Resumed',
  'batch.confirmed': 'Confirmed as loaded',
  'batch.verification-started': 'Started a verification',
  'batch.verified': 'Verification done',
  'batch.verification-failed': 'Verification failed',
  'batch.verification-lost': 'The verification was lost',
};

/** What a person calls an action of the journal; one that is not known here keeps its own name. */
export function actInWords(act: string): string {
  return ACTS[act] ?? act;
}

/** Names of details in words; one that is not known here keeps its own name. */
const NAMES: Readonly<Record<string, string>> = {
  target: 'accounting system',
  selection: 'records',
  acknowledged: 'accepted',
  onProblem: 'on a problem',
  retryOf: 'retry of',
  approvedBy: 'approved by',
  startedBy: 'started by',
};

/** Values that the API writes as codes. */
const VALUES: Readonly<Record<string, string>> = {
  'payments-without-invoices': 'payments without their invoices',
};

/** The details of an action on a batch, without the batch's own name. */
export function detailsInWords(act: string, details: Details, delivery?: Delivery): string {
  const { name: _, ...rest } = details;
  const { from, to, ...moved } = rest;
  if (act === 'batch.moved' && typeof from === 'string' && typeof to === 'string') {
    return [`${stateName(from, delivery)} → ${stateName(to, delivery)}`, ...pairs(moved)].join(', ');
  }
  return pairs(rest).join(', ');
}

function stateName(state: string, delivery: Delivery): string {
  return Object.hasOwn(BATCH_STATES, state) ? batchStateWords(state as BatchState, delivery) : state;
}

function pairs(details: Details): string[] {
  return Object.entries(details)
    .filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0))
    .map(([name, value]) => (name === 'reason' ? reason(value) : `${NAMES[name] ?? name}: ${valueInWords(name, value)}`));
}

/** A reason is a code and a sentence; people read the sentence. */
function reason(value: unknown): string {
  const message = (value as Details | null)?.message;
  return `reason: ${typeof message === 'string' ? message : plain(value)}`;
}

function valueInWords(name: string, value: unknown): string {
  return name === 'selection' ? selectionInWords(value as Details) : plain(value);
}

/** A selection that names one list alone takes nothing of the other; one that names neither takes everything. */
function selectionInWords(selection: Details): string {
  const lists = Object.entries(selection).map(([list, choice]) => {
    const { choose, ids, filter, except } = choice as { choose: string; ids?: unknown[]; filter?: Details; except?: unknown[] };
    const but = except === undefined || except.length === 0 ? '' : ` except ${counted(except.length, 'record')}`;
    if (choose === 'none') return `no ${list}`;
    if (choose === 'ids') return `${number(ids?.length ?? 0)} of the ${list}${but}`;
    return `all ${list}${choose === 'filter' ? ` with ${plain(filter)}` : ''}${but}`;
  });
  return lists.length === 0 ? 'everything' : listed(lists);
}

function plain(value: unknown): string {
  if (typeof value === 'string') return VALUES[value] ?? value;
  if (Array.isArray(value)) return value.map(plain).join(', ');
  if (typeof value !== 'object' || value === null) return String(value);
  return `(${Object.entries(value)
    .map(([name, inner]) => `${name} ${plain(inner)}`)
    .join(', ')})`;
}
