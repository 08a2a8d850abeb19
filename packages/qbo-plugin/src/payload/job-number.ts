import type { Chart, CreditMemoDocument, InvoiceDocument } from '@ledgerpost/core';
import type { Body } from '../api/entities.ts';
import type { QboSettings } from './settings.ts';
import { transliterate } from './texts.ts';

/** The most characters that QuickBooks keeps in a custom field. */
const MAX_FIELD = 31;

/**
 * Where a job's number goes: into the custom field that the settings name, else on a line of the private note. (The memo is for the
 * customer, and a person's change of it counts as a change of the document.)
 */
export function jobNumberIn(
  { job }: InvoiceDocument | CreditMemoDocument,
  chart: Chart | undefined,
  { jobField }: Pick<QboSettings, 'jobField'>,
): { readonly field: Body['CustomField']; readonly note: string } {
  if (job?.number === undefined) return { field: undefined, note: '' };
  const number = transliterate(job.number).replace(/\s+/g, ' ').trim();
  const known = jobField === undefined ? undefined : chart?.customFields?.find(({ name }) => name === jobField);
  if (known?.id === undefined || number.length > MAX_FIELD) return { field: undefined, note: `\nJob ${number.slice(0, 100)}` };
  return { field: [{ DefinitionId: known.id, Type: 'StringType', StringValue: number }], note: '' };
}
