import { useQuery } from '@tanstack/react-query';
import { ledgerQuery } from '../../../api/queries.ts';
import { ACCOUNT_ROLES, DEFAULT_ACCOUNT } from '../../../ui/account-words.ts';
import { useCompany } from '../../../ui/company.ts';
import { Loading, SmallTable, Trouble } from '../../../ui/parts.tsx';
import { money } from '../../../ui/show.ts';
import type { OfBatch } from '../batch-of.ts';

/** The debits and credits of the documents that the batch posted; or, before somebody approves it, of those that it would post. */
export function Ledger({ batch }: OfBatch) {
  const { id: company } = useCompany();
  const waits = batch.state === 'awaiting-approval';
  const ledger = useQuery({ ...ledgerQuery(company, batch.id), enabled: batch.ended || waits });
  if (!batch.ended && !waits) return <p className="empty">The ledger appears once the batch has ended.</p>;
  if (ledger.isPending) return <Loading what="the ledger" />;
  if (ledger.isError) return <Trouble error={ledger.error} />;
  const { currency, entries } = ledger.data;
  if (entries.length === 0)
    return <p className="empty">{waits ? 'This batch would change no account.' : 'Nothing from this batch is in the books.'}</p>;
  return (
    <SmallTable
      caption={waits ? 'Debits and credits that this batch would post' : 'Debits and credits of this batch'}
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
