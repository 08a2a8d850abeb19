import { normalHeader } from '../match/headers.ts';

/** Exports that we know and that no record can be made of: a person should hear that at once, and which export to use. */
const NOT_ENOUGH: readonly { readonly known: readonly string[]; readonly message: string }[] = [
  {
    known: ['Invoice #', 'Customer name', 'Invoice status', 'Amount due', 'Latest send date'],
    message:
      'is the invoices export of Housecall Pro. It has neither totals nor lines, so no invoice can be made from it. Import the payments export, and enter invoices by one of the templates.',
  },
  {
    known: ['Payout ID', 'Payout Date', 'Amount', 'Destination'],
    message: 'lists payouts to a bank. A payout is no payment of a customer. Import the payments export.',
  },
];

/** Why a file that we know makes no record, as the end of a sentence; undefined for other files. */
export function notEnough(headers: readonly string[]): string | undefined {
  const names = new Set(headers.map(normalHeader));
  return NOT_ENOUGH.find(({ known }) => known.every((header) => names.has(normalHeader(header))))?.message;
}
