import { rowPerInvoice, rowPerLine, rowPerPayment } from './generic.ts';
import { jobberInvoices, jobberPayments, jobberTransactions } from './jobber.ts';
import { fieldEdge, housecallPayments, stripeBalance, stripePayments, workizJobs } from './others.ts';
import type { Preset } from './preset.ts';
import { serviceTitan } from './service-titan.ts';

export type { Preset } from './preset.ts';

/** All mappings that we ship. */
export const PRESETS: readonly Preset[] = [
  jobberInvoices,
  jobberPayments,
  jobberTransactions,
  serviceTitan,
  housecallPayments,
  fieldEdge,
  workizJobs,
  stripePayments,
  stripeBalance,
  rowPerLine,
  rowPerInvoice,
  rowPerPayment,
];
