import { type AccountingTarget, CONTRACT_VERSION } from '@ledgerpost/core';
import { changesSince } from './changes.ts';
import { checkCompany, createClasses, suggestAccounts } from './chart.ts';
import { ITEMS_PER_BATCH, QBO_LIMITS } from './limits.ts';
import { createNames, findNames, needsOf } from './names.ts';
import { qboAccess } from './oauth.ts';
import { pageOf } from './page-of.ts';
import { payloadOf, type QboPayload } from './payload.ts';
import { pushCall } from './push-call.ts';
import { readBack } from './read-back.ts';
import { openSession, type QboSession } from './session.ts';
import { type QboSettings, qboSettings } from './settings.ts';
import { takeBack } from './take-back.ts';
import { validateForQbo } from './validate.ts';
import { qboWebhook } from './webhook.ts';

/** QuickBooks Online, directly through its accounting API. */
export const quickbooksOnline: AccountingTarget<QboSettings, QboSession, QboPayload> = {
  contract: CONTRACT_VERSION,
  id: 'qbo',
  name: 'QuickBooks Online',
  description: 'Posts straight into QuickBooks Online, reads back what it holds, and takes it out again.',
  // A payment lets go of an invoice in the stage where the invoice shrinks. Re-allocations go before new payments: a deposit that
  // QuickBooks applied to a new invoice by itself makes room there for the payment that the invoice is really paid with.
  stages: [
    { id: 'invoice-inserts', name: 'Invoice inserts', operations: ['invoice.insert'] },
    { id: 'invoice-updates', name: 'Invoice updates', operations: ['invoice.update'] },
    { id: 'invoice-voids', name: 'Invoice voids', operations: ['invoice.void'] },
    { id: 'payment-updates', name: 'Payment updates', operations: ['payment.update'] },
    { id: 'payment-inserts', name: 'Payment inserts', operations: ['payment.insert'] },
    { id: 'journals', name: 'Refund journals', operations: ['journal.insert'] },
    { id: 'credit-memos', name: 'Credit memos', operations: ['creditMemo.insert'] },
  ],
  settings: qboSettings,
  access: qboAccess,

  limits: () => ({ number: 21, refNo: 21, customerName: 500 }),
  open: openSession,
  check: ({ api }) => checkCompany(api),
  chart: {
    by: 'discovered',
    discover: (session) => session.chart(),
    suggest: suggestAccounts,
    createClasses: ({ api }, names) => createClasses(api, names),
  },
  validate: validateForQbo,
  export: payloadOf,

  delivery: {
    by: 'push',
    itemsPerPush: ITEMS_PER_BATCH,
    limits: QBO_LIMITS,
    needs: needsOf,
    find: findNames,
    create: createNames,
    push: pushCall,
  },
  readback: { by: 'target', read: readBack, changes: changesSince },
  undo: { by: 'target', takeBack },
  webhook: qboWebhook,
  pageOf,
};
