import type { Drift } from '../../api/queries.ts';
import type { Tone } from '../../ui/words.ts';

/** One of the decisions about a changed document. */
export type Choice = Drift['choices'][number];

const KINDS: Readonly<Record<Drift['kind'], string>> = {
  invoice: 'Invoice',
  payment: 'Payment',
  creditMemo: 'Credit memo',
  journal: 'Journal entry',
  warning: 'Warning',
};

/** "Invoice 1042". */
export function titleOf({ kind, number }: Drift): string {
  return `${KINDS[kind]} ${number}`;
}

/** Where a decision stands, with its look. */
export const STATES: Readonly<Record<Drift['state'], readonly [words: string, tone: Tone]>> = {
  open: ['Needs a decision', 'warn'],
  'kept-theirs': ['QuickBooks version kept', 'plain'],
  'sent-again': ['Ours will be resent', 'plain'],
  resolved: ['Resolved', 'plain'],
};

/** The decisions, as their buttons name them. */
export const CHOICES: Readonly<Record<Choice, string>> = {
  'keep-theirs': 'Keep QuickBooks version',
  'send-again': 'Resend ours',
  resolve: 'Mark as resolved',
};

/** How a change was found. */
export const FOUND_BY: Readonly<Record<Drift['foundBy'], string>> = {
  schedule: 'the hourly check',
  webhook: 'a notification from the books',
  request: 'a check that someone started',
};

/** The exact effect of a decision, shown before anyone makes it. */
export function consequenceOf({ status }: Pick<Drift, 'status'>, choice: Choice): string {
  switch (choice) {
    case 'keep-theirs':
      return status === 'gone'
        ? 'Nothing is sent, and the record does not return to Unbatched. An undo of the batch counts the document as undone.'
        : 'Nothing is sent. If the record changes later, its update starts from the version in the books. An undo does not remove that version.';
    case 'send-again':
      return status === 'gone'
        ? 'Nothing is sent now. The record returns to Unbatched, and the next batch posts it again.'
        : 'Nothing is sent now. The record returns to Unbatched, and the next batch overwrites the version in the books. That version is not kept: an undo does not bring it back. If someone changes the document again first, it is left as it is.';
    case 'resolve':
      return 'This closes the change and sends nothing. It reopens if the document changes again.';
    default:
      return choice satisfies never;
  }
}
