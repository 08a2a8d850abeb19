import { OPERATION_NAMES } from '@ledgerpost/core';

/** How something looks: finished well, wrong, in need of attention, in progress, or neutral. */
export type Tone = 'good' | 'bad' | 'warn' | 'busy' | 'plain';

/** What a person calls an operation; one that is not known here keeps its own name. */
export function operationName(operation: string): string {
  return (OPERATION_NAMES as Readonly<Record<string, string>>)[operation] ?? operation;
}

/** "1 document", "1,204 documents". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${number(count)} ${count === 1 ? one : many}`;
}

/** A count the way people write it: 1,204. */
export function number(count: number): string {
  return count.toLocaleString('en-US');
}

/** "a, b and c". */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** A word that begins a sentence or a label. */
export function capitalized(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Record types as the API names them, in a person's words. */
const RECORD_NAMES: Readonly<Record<string, string>> = {
  customer: 'customer',
  department: 'department',
  service: 'service',
  job: 'job',
  invoice: 'invoice',
  payment: 'payment',
  refund: 'refund',
  creditMemo: 'credit memo',
};

/** "credit memo" for `creditMemo`. */
export function recordName(type: string): string {
  return RECORD_NAMES[type] ?? type;
}

/** What people call a document, by the beginning of its operations; in the order in which they are listed. */
export const DOCUMENT_KINDS = [
  ['invoice.', 'invoice'],
  ['creditMemo.', 'credit memo'],
  ['payment.', 'payment'],
  ['journal.', 'refund'],
  ['warning.', 'warning'],
] as const;
