import { useQuery } from '@tanstack/react-query';
import { ledgerQuery } from '../../../api/queries.ts';
import { ACCOUNT_ROLES, DEFAULT_ACCOUNT } from '../../../ui/account-words.ts';
import { useCompany } from '../../../ui/company.ts';
import { Loading, SmallTable, Trouble } from '../../../ui/parts.tsx';
import { money } from '../../../ui/show.ts';
import type { OfBatch } from '../batch-of.ts';

/** The debits and credits of the documents that the batch posted. */
export function Ledger({ batch }: OfBatch) {
  const { id: company } = useCompany();
  const ledger = useQuery({ ...ledgerQuery(company, batch.id), enabled: batch.ended });
  if (!batch.ended) return <p className="empty">The ledger appears once the batch has ended.</p>;
  if (ledger.isPending) return <Loading what="the ledger" />;
  if (ledger.isError) return <Trouble error={ledger.error} />;
  const { currency, entries } = ledger.data;
  if (entries.length === 0) return <p className="empty">Nothing from this batch is in the books.</p>;
  return (
    <SmallTable
      caption="Debits and credits of this batch"
      heads={['Account', 'Role', 'Class', 'Debit', 'Credit']}
      numbers={['Debit', 'Credit']}
      rows={entries.map(({ account, role, class: name, amount }) => [
        account ?? DEFAULT_ACCOUNT,
        ACCOUNT_ROLES[role],
        name ?? '',
        amount > 0 ? money(amount, currency) : '',
        amount < 0 ? money(-amount, currency) : '',
      ])}
    />
  );
}
