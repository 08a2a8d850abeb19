import { type AccountingTarget, CONTRACT_VERSION } from '@ledgerpost/core';
import { COMPARING, handInstruction, LOADING, TAKING_BACK } from './instructions.ts';
import { type PlaintextPayload, payloadOf } from './payload.ts';
import { renderJournal } from './render.ts';
import { type PlaintextSettings, plaintextSettings } from './settings.ts';
import { validateForPlaintext } from './validate.ts';

/** A journal of double entries in the spelling that hledger, ledger and beancount share. Touches no network, so a session is its settings. */
export const plaintext: AccountingTarget<PlaintextSettings, PlaintextSettings, PlaintextPayload> = {
  contract: CONTRACT_VERSION,
  id: 'plaintext',
  name: 'Plain-text accounting',
  description: 'A journal file for hledger and beancount. Keep it as an audit copy of each batch, or as books of their own.',
  stages: [
    { id: 'invoice-inserts', name: 'Invoice inserts', operations: ['invoice.insert'] },
    { id: 'invoice-updates', name: 'Invoice updates', operations: ['invoice.update'] },
    { id: 'payment-inserts', name: 'Payment inserts', operations: ['payment.insert'] },
    { id: 'payment-updates', name: 'Payment updates', operations: ['payment.update'] },
    { id: 'journal-inserts', name: 'Journal inserts', operations: ['journal.insert'] },
    { id: 'credit-memos', name: 'Credit memos', operations: ['creditMemo.insert'] },
    { id: 'warnings', name: 'Warnings', operations: ['warning.list'] },
  ],
  settings: plaintextSettings,
  access: { by: 'settings' },

  // Text has no limits. These are QuickBooks Online's, so that a journal beside it has the same numbers.
  // A journal keeps names of any length.
  limits: () => ({ number: 21, refNo: 21, customerName: Number.MAX_SAFE_INTEGER }),
  open: (settings) => settings,
  check: async () => ({ company: 'Plain-text journal' }),
  chart: { by: 'declared' },
  validate: validateForPlaintext,
  export: payloadOf,

  delivery: { by: 'files', instructions: LOADING, render: renderJournal },
  readback: { by: 'hand', instructions: COMPARING },
  undo: { by: 'hand', instructions: TAKING_BACK, instruction: handInstruction },
};
