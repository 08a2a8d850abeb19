import type { CompanyOptions } from '@ledgerpost/qbo-simulator';
import type { Chance } from './chance.ts';
import type { Script } from './steps.ts';
import { TAXED, type Theme } from './themes.ts';
import { ACCOUNTS, CLASSES, TAX, TAX_PERCENT } from './world.ts';

/** How the books of a seed are set up in the simulator. */
export function booksOf(theme: Theme, chance: Chance): CompanyOptions {
  const limits = { perMinute: 500, perSecond: 10, atOnce: 10, batchesPerMinute: 40, batchesPerMinuteOfCompany: 120 };
  return {
    classes: CLASSES,
    departments: chance.percent(50) ? ['HVAC Service'] : [],
    preferences: {
      autoApplyCredit: theme === 'books apply credit automatically',
      customTxnNumbers: theme !== 'books assign numbers',
      classTracking: chance.pick(['per-line', 'per-line', 'per-transaction', 'off']),
      warnDuplicateNumbers: chance.percent(80),
      ...(theme === TAXED ? { partnerTax: true, partnerTaxPercent: TAX_PERCENT } : {}),
      ...(theme === 'automated tax has other totals' ? { partnerTax: true, partnerTaxDrift: chance.pick([1, -1, 7]) } : {}),
    },
    switches: {
      ...(theme === 'refresh tokens change at every renewal' ? { refreshRotation: 'rotateEveryRefresh' } : {}),
      requestIdBatch: chance.percent(85) ? 'replay' : 'fault',
      requestIdOtherBody: chance.percent(80) ? 'replay' : 'fault',
      requestIdFaults: chance.percent(70) ? 'replay' : 'execute',
      linkingBumpsSyncToken: chance.percent(70) ? 'yes' : 'no',
      invoiceWithPayments: chance.percent(70) ? 'refuse' : 'unlink',
      docNumberScope: chance.percent(80) ? 'sales-forms' : 'per-type',
    },
    ...(theme === 'limits on' ? { limits } : {}),
  };
}

/** The settings of a seed's company at QuickBooks. */
export function settingsOf(theme: Theme, chance: Chance): Script['settings'] {
  const voids = theme === 'voids are voided' ? 'void' : theme === 'voids are credited' ? 'credit-memo' : 'update';
  return {
    accounts: ACCOUNTS,
    taxCodes: { [TAX.source]: TAX.books },
    ...(theme === TAXED ? { tax: { mode: 'books' } as const } : {}),
    paymentMethods: { Card: 'Credit Card' },
    classes: { mode: 'line', ...(chance.percent(90) ? { default: CLASSES[1] } : {}) },
    policy: { onProblem: 'skip', approval: { required: false, lapsesAfterHours: 24 }, voids, tolerance: 0 },
  };
}
