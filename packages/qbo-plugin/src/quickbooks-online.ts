import { type AccountingTarget, CONTRACT_VERSION } from '@ledgerpost/core';
import { qboAccess } from './access/oauth.ts';
import { qboWebhook } from './access/webhook.ts';
import { ITEMS_PER_BATCH, QBO_LIMITS } from './api/limits.ts';
import { changesSince } from './books/changes.ts';
import { pageOf } from './books/page-of.ts';
import { readBack } from './books/read-back.ts';
import { checkCompany, createClasses, suggestAccounts } from './names/chart.ts';
import { createNames, findNames, needsOf } from './names/names.ts';
import { payloadOf, type QboPayload } from './payload/payload.ts';
import { type QboSettings, qboSettings } from './payload/settings.ts';
import { validateForQbo } from './payload/validate.ts';
import { pushCall } from './push/push-call.ts';
import { openSession, type QboSession } from './session.ts';
import { takeBack } from './undo/take-back.ts';

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
