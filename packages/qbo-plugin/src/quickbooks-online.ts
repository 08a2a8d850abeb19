import { type AccountingTarget, CONTRACT_VERSION } from '@ledgerpost/core';
import { qboAccess } from './access/oauth.ts';
import { qboWebhook } from './access/webhook.ts';
import { ITEMS_PER_BATCH, QBO_LIMITS, QBO_QUOTAS } from './api/limits.ts';
import { changesSince } from './books/changes.ts';
import { pageOf } from './books/page-of.ts';
import { readBack } from './books/read-back.ts';
import { checkCompany, createClasses, suggestAccounts } from './names/chart.ts';
import { fetchNames, listNames } from './names/list-names.ts';
import { createNames, findNames, needsOf } from './names/names.ts';
import { renameNames } from './names/rename-names.ts';
import { payloadOf, type QboPayload } from './payload/payload.ts';
import { type QboSettings, qboSettings } from './payload/settings.ts';
import { validateForQbo } from './payload/validate.ts';
import { lookAhead } from './push/look-ahead.ts';
import { pushCall } from './push/push-call.ts';
import { openSession, type QboSession } from './session.ts';
import { takeBack } from './undo/take-back.ts';

/** QuickBooks Online, reached directly through its accounting API. */
export const quickbooksOnline: AccountingTarget<QboSettings, QboSession, QboPayload> = {
  contract: CONTRACT_VERSION,
  id: 'qbo',
  name: 'QuickBooks Online',
  description: 'Posts directly to QuickBooks Online, reads back what QuickBooks holds, and can undo what it posted.',
  // A payment is taken off an invoice in the stage that lowers the invoice. Re-allocations go before new payments: moving a deposit
  // that QuickBooks applied by itself makes room on the invoice for the payment that really pays it.
  stages: [
    { id: 'invoice-inserts', name: 'Invoice inserts', operations: ['invoice.insert'] },
    { id: 'invoice-updates', name: 'Invoice updates', operations: ['invoice.update'] },
    { id: 'invoice-voids', name: 'Invoice voids', operations: ['invoice.void'] },
    { id: 'payment-updates', name: 'Payment updates', operations: ['payment.update'] },
    { id: 'payment-inserts', name: 'Payment inserts', operations: ['payment.insert'] },
    { id: 'journals', name: 'Refund journals', operations: ['journal.insert'] },
    { id: 'credit-memos', name: 'Credit memos', operations: ['creditMemo.insert'] },
    { id: 'journal-updates', name: 'Refund journal updates', operations: ['journal.update'] },
    { id: 'credit-memo-updates', name: 'Credit memo updates', operations: ['creditMemo.update'] },
  ],
  settings: qboSettings,
  access: qboAccess,

  // A name that is too long is cut where a customer is created, and stops nothing.
  limits: () => ({ number: 21, refNo: 21, customerName: Number.MAX_SAFE_INTEGER }),
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
    quotas: QBO_QUOTAS,
    needs: needsOf,
    find: findNames,
    create: createNames,
    list: listNames,
    fetchNames,
    rename: renameNames,
    push: pushCall,
    lookAhead,
  },
  // QuickBooks applies credits by itself, so what a payment pays is nobody's change.
  readback: { by: 'target', unseen: ['allocations'], read: readBack, changes: changesSince },
  undo: { by: 'target', takeBack },
  webhook: qboWebhook,
  pageOf,
};
