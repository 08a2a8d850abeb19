import type {
  Batch,
  BatchItem,
  Company,
  Connection,
  Drift,
  DriftCheck,
  Preview,
  Schedule,
  Target,
  UnbatchedPage,
  UnbatchedRow,
  Undo,
} from '../api/queries.ts';
import type { Role, Session } from '../api/session.ts';

/*
 * Answers of the API for tests of components and for the pictures of the documentation: one company, one week, fixed ids.
 */

/** When it is, in tests and pictures. */
export const NOW = '2026-10-05T17:30:00.000Z';

/** An id as the API writes it, the same each time. */
export const idOf = (n: number) => `0199b000-0000-7000-8000-${String(n).padStart(12, '0')}`;

export const COMPANY: Company = { id: 'amys-hvac', name: 'Amy’s HVAC', timeZone: 'America/Los_Angeles', currency: 'USD' };

export function sessionOf(role: Role): Session {
  return {
    actor: 'Dana Lee (0123456789ab)',
    actorId: `key:${idOf(1)}`,
    companies: [],
    companyId: COMPANY.id,
    csrfToken: 'csrf',
    keyId: idOf(1),
    person: null,
    roles: [role],
  };
}

/** Two accounting systems, one connected and one of files. Their settings are not the real ones: see `npm run screens`. */
export const QUICKBOOKS: Target = {
  id: 'qbo',
  name: 'QuickBooks Online',
  description: 'Posts invoices, payments, credit memos and refunds to QuickBooks Online.',
  capabilities: { access: 'oauth', chart: 'discovered', delivery: 'push', drift: true, matching: true, undo: 'target' },
  settings: { type: 'object', properties: {} },
  stages: [],
};
export const SAASANT: Target = {
  id: 'saasant',
  name: 'SaasAnt Excel files',
  description: 'Writes Excel files that you load with SaasAnt Transactions.',
  instructions: 'Load the files in SaasAnt in the order of their numbers.',
  capabilities: { access: 'settings', chart: 'declared', delivery: 'files', drift: false, matching: false, undo: 'hand' },
  settings: { type: 'object', properties: {} },
  stages: [],
};

export function batch(changes: Partial<Batch> = {}): Batch {
  return {
    id: idOf(100),
    name: 'amys-hvac-qbo-2026-10-05-1',
    target: 'qbo',
    state: 'posted',
    ended: true,
    startedAt: '2026-10-05T16:02:00.000Z',
    startedBy: 'Dana Lee (0123456789ab)',
    startedById: `key:${idOf(1)}`,
    starterId: null,
    decisionComment: null,
    endedAt: '2026-10-05T16:03:00.000Z',
    approvedBy: null,
    cancelRequestedBy: null,
    confirmedAt: null,
    confirmedBy: null,
    reason: null,
    retryOf: null,
    stages: null,
    undoCount: 0,
    version: 9,
    links: { self: '' },
    progress: { done: 3, of: 3, items: 3, states: { posted: 3 } },
    totals: {
      operations: { 'invoice.insert': { documents: 2, amount: 43_900 }, 'payment.insert': { documents: 1, amount: 18_900 } },
      states: { posted: { documents: 3, amount: 62_800 } },
      accounts: { Services: 43_900 },
      classes: { HVAC: 43_900 },
      depositAccounts: { 'Undeposited Funds': 18_900 },
      tax: 0,
    },
    ...changes,
  };
}

export function item(seq: number, changes: Partial<BatchItem> = {}): BatchItem {
  return {
    seq,
    operation: 'invoice.insert',
    state: 'posted',
    number: String(1_041 + seq),
    record: { type: 'invoice', id: `i-${seq}` },
    date: '2026-10-03',
    customerId: 'c-1',
    customerName: 'Amy’s Bird Sanctuary',
    departmentName: 'HVAC Service',
    externalId: String(144 + seq),
    amount: 18_900,
    targetTotal: 18_900,
    problems: [],
    ...changes,
  };
}

export function unbatchedRow(id: string, changes: Partial<UnbatchedRow> = {}): UnbatchedRow {
  return {
    type: 'invoice',
    id,
    number: id,
    date: '2026-10-03',
    customer: { id: 'c-1', name: 'Amy’s Bird Sanctuary' },
    department: { id: 'd-1', name: 'HVAC Service' },
    operation: 'invoice.insert',
    readiness: 'ready',
    reason: null,
    amount: 18_900,
    problems: [],
    revision: 1,
    checking: false,
    ...changes,
  };
}

/** A page of rows with their totals, which is all of them. */
export function unbatchedPage(rows: readonly UnbatchedRow[]): UnbatchedPage {
  return {
    rows: [...rows],
    totals: rows.map(({ operation, readiness, amount }) => ({ operation, readiness, amount, documents: 1, attention: 0 })),
  };
}

export function preview(changes: Partial<Preview> = {}): Preview {
  return {
    name: 'amys-hvac-qbo-2026-10-05-1',
    digest: 'digest-1',
    verdictsChanged: false,
    totals: batch().totals!,
    names: { customers: 2, items: ['Tune-up'] },
    notSelected: [],
    problems: [],
    problemCounts: {},
    causes: [],
    warnings: [],
    ...changes,
  };
}

export function connection(changes: Partial<Connection> = {}): Connection {
  return {
    target: 'qbo',
    state: 'connected',
    account: '9130357992221046',
    company: 'Amy’s HVAC LLC',
    edition: 'QuickBooks Online Plus',
    environment: 'production',
    currency: 'USD',
    salesTax: 'manual',
    taxAdvice: null,
    customNumbers: true,
    automaticCredit: false,
    classTracking: { mode: 'line', name: 'One to each row in a transaction' },
    classes: [
      { name: 'HVAC', status: 'verified' },
      { name: 'Plumbing', status: 'verified' },
    ],
    moreClasses: false,
    otherNames: [],
    moreOtherNames: false,
    closedThrough: '2026-06-30',
    connectedAt: '2026-09-01T17:12:00.000Z',
    connectedBy: 'Dana Lee (0123456789ab)',
    refreshedAt: '2026-10-05T17:00:00.000Z',
    accessEndsAt: '2027-01-13T17:00:00.000Z',
    reconnectBy: '2031-10-05T17:00:00.000Z',
    notices: [],
    accounts: [
      { role: 'income', title: 'Income', name: 'Services', status: 'ok' },
      { role: 'depositTo', title: 'Deposit to', name: 'Undeposited Funds', status: 'ok' },
      { role: 'refund', title: 'Refunds', name: 'Checking', status: 'ok' },
      { role: 'discount', title: 'Discounts', name: 'Discounts given', status: 'ok' },
      { role: 'receivable', title: 'Accounts receivable', name: 'Accounts Receivable (A/R)', status: 'ok' },
    ],
    ...changes,
  };
}

export function undo(changes: Partial<Undo> = {}): Undo {
  const { id, name, state } = batch();
  return {
    batch: { id, name, state },
    by: 'target',
    loaded: false,
    instructions: null,
    warning: null,
    documents: [
      { seq: 3, document: 'Payment 2051 of Amy’s Bird Sanctuary, $189.00', state: 'posted', todo: null },
      { seq: 2, document: 'Invoice 1043 for Cool Cars, $250.00', state: 'posted', todo: null },
      { seq: 1, document: 'Invoice 1042 for Amy’s Bird Sanctuary, $189.00', state: 'posted', todo: null },
    ],
    ...changes,
  };
}

export function drift(changes: Partial<Drift> = {}): Drift {
  return {
    id: idOf(200),
    target: 'qbo',
    batch: { id: idOf(100), name: 'amys-hvac-qbo-2026-10-05-1', seq: 1 },
    record: { type: 'invoice', id: 'i-1' },
    kind: 'invoice',
    operation: 'invoice.insert',
    number: '1042',
    customerId: 'c-1',
    externalId: '145',
    status: 'changed',
    state: 'open',
    amount: 18_900,
    total: 21_400,
    problem: {
      code: 'changed-there',
      severity: 'warning',
      record: { type: 'invoice', id: 'i-1' },
      message: 'Invoice 1042 for Amy’s Bird Sanctuary changed in QuickBooks: total $214.00 instead of $189.00.',
    },
    choices: ['keep-theirs', 'send-again', 'resolve'],
    foundAt: '2026-10-05T17:00:00.000Z',
    foundBy: 'schedule',
    seenAt: '2026-10-05T17:00:00.000Z',
    decidedAt: null,
    decidedBy: null,
    ...changes,
  };
}

export function driftCheck(changes: Partial<DriftCheck> = {}): DriftCheck {
  return {
    target: 'qbo',
    state: 'done',
    by: 'schedule',
    beganAt: '2026-10-05T17:00:00.000Z',
    endedAt: '2026-10-05T17:00:00.000Z',
    through: '2026-10-05T17:00:00.000Z',
    looked: 3,
    found: 0,
    open: 0,
    postponed: 0,
    reason: null,
    wantedAt: null,
    wantedBy: null,
    links: {},
    ...changes,
  };
}

export function schedule(changes: Partial<Schedule> = {}): Schedule {
  return {
    target: 'qbo',
    days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
    times: ['18:00'],
    timeZone: COMPANY.timeZone,
    send: 'everything',
    acknowledge: [],
    next: ['2026-10-06T01:00:00.000Z', '2026-10-07T01:00:00.000Z', '2026-10-08T01:00:00.000Z'],
    paused: null,
    pausedInTemporal: null,
    lastRun: null,
    changedAt: '2026-09-01T17:30:00.000Z',
    changedBy: 'Dana Lee (0123456789ab)',
    links: {},
    ...changes,
  };
}
