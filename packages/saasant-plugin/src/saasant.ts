import { type AccountingTarget, CONTRACT_VERSION } from '@ledgerpost/core';
import type { RowsPayload } from './fields.ts';
import { handInstruction, LOADING, TAKING_BACK } from './instructions.ts';
import { PROFILES } from './profiles.ts';
import { renderFiles } from './render.ts';
import { rowsOf } from './rows.ts';
import { type SaasantSettings, saasantSettings } from './settings.ts';
import { validateForSaasant } from './validate.ts';

/** Excel files that SaasAnt Transactions loads into QuickBooks. Touches no network, so a session is its settings. */
export const saasant: AccountingTarget<SaasantSettings, SaasantSettings, RowsPayload> = {
  contract: CONTRACT_VERSION,
  id: 'saasant',
  name: 'SaasAnt Excel files',
  description: 'Excel files in a zip. You download them, and SaasAnt Transactions loads them into QuickBooks Online or Desktop.',
  stages: [
    { id: 'invoice-inserts', name: 'Invoice inserts', operations: ['invoice.insert'] },
    { id: 'invoice-updates', name: 'Invoice updates', operations: ['invoice.update', 'invoice.void'] },
    { id: 'payment-inserts', name: 'Payment inserts', operations: ['payment.insert'] },
    { id: 'payment-updates', name: 'Payment updates', operations: ['payment.update'] },
    { id: 'journal-inserts', name: 'Journal inserts', operations: ['journal.insert'] },
    { id: 'credit-memos', name: 'Credit memos', operations: ['creditMemo.insert'] },
    { id: 'warnings', name: 'Warnings', operations: ['warning.list'] },
  ],
  settings: saasantSettings,
  access: { by: 'settings' },

  limits: (settings) => PROFILES[settings.profile].limits,
  open: (settings) => settings,
  check: async (settings) => ({ company: 'Files for SaasAnt', edition: PROFILES[settings.profile].name }),
  chart: { by: 'declared' },
  validate: (document, _chart, settings) => validateForSaasant(document, settings),
  export: (document, _chart, settings) => rowsOf(document, settings),

  delivery: { by: 'files', instructions: LOADING, render: renderFiles },
  readback: {
    by: 'hand',
    instructions: 'Open the documents in QuickBooks and compare them. Files can’t report what QuickBooks holds.',
  },
  undo: { by: 'hand', instructions: TAKING_BACK, instruction: handInstruction },
};
