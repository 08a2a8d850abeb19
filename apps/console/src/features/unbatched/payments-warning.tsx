import type { ReactNode } from 'react';
import type { Preview } from '../../api/queries.ts';
import { Note } from '../../ui/parts.tsx';
import { counted, number } from '../../ui/words.ts';

interface PaymentsWarningProps {
  readonly warning: Preview['warnings'][number];
  /** The buttons that answer it. */
  readonly children: ReactNode;
}

/** How many pairs of payment and invoice are listed. */
const LISTED = 20;

/** Chosen payments whose invoices are unbatched and not chosen. */
export function PaymentsWarning({ warning: { count, pairs }, children }: PaymentsWarningProps) {
  const shown = pairs.slice(0, LISTED);
  return (
    <Note tone="warn" label="Payments without their invoices">
      <p>
        <strong>
          {count === 1
            ? '1 payment would be sent without its invoice.'
            : `${counted(count, 'payment')} would be sent without their invoices.`}
        </strong>{' '}
        The invoices are unbatched and not selected. The payments stay unapplied in the books until their invoices follow.
      </p>
      <ul className="pairs">
        {shown.map(({ payment, invoice }) => (
          <li key={`${payment.id} ${invoice.id}`}>
            Payment {payment.number || payment.id} for invoice {invoice.number || invoice.id}
          </li>
        ))}
        {count > shown.length && <li>and {number(count - shown.length)} more</li>}
      </ul>
      <div className="buttons">{children}</div>
    </Note>
  );
}
