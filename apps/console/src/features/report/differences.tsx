import { Link } from 'wouter';
import type { Report } from '../../api/queries.ts';
import { useCompany } from '../../ui/company.ts';
import { SmallTable } from '../../ui/parts.tsx';
import { money } from '../../ui/show.ts';
import { counted, number, operationName } from '../../ui/words.ts';
import { UNKNOWN } from './sums.tsx';

/** The documents whose amounts in the books are not those that were posted. */
export function Differences({ report: { batch, differing, books } }: { readonly report: Report }) {
  const { currency } = useCompany();
  if (books.verification === null) return null;
  if (differing.count === 0) {
    return books.looked === 0 ? null : <p className="empty">All checked documents match the books.</p>;
  }
  return (
    <>
      <SmallTable
        sorts
        caption={`${counted(differing.count, 'document differs', 'documents differ')}`}
        heads={['Document', 'Customer', 'Department', 'Ours', batch.targetName, 'Difference', 'Details']}
        numbers={['Ours', batch.targetName, 'Difference']}
        rows={differing.rows.map(
          ({ seq, operation, number: name, customer, department, amount, booksTotal, finding, messages }) => [
            <Link key="document" href={`/batches/${batch.id}?document=${seq}`}>
              {operationName(operation)} {name}
            </Link>,
            customer ?? '',
            department ?? '',
            money(amount, currency),
            finding === 'gone' ? 'Deleted' : booksTotal === null ? UNKNOWN : money(booksTotal, currency),
            booksTotal === null ? UNKNOWN : money(booksTotal - amount, currency),
            messages.join(' '),
          ],
        )}
        named
      />
      {differing.rows.length < differing.count && (
        <p className="aside">These are the first {number(differing.rows.length)}. The workbook lists all of them.</p>
      )}
    </>
  );
}
