import { queryOptions, useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { answerOf, api } from '../../api/client.ts';
import { companiesQuery, targetsQuery } from '../../api/queries.ts';
import { pollEvery } from '../../api/query-client.ts';
import type { components } from '../../api/schema.d.ts';
import { useMay, useSession } from '../../api/session.ts';
import { Loading, SmallTable, Trouble } from '../../ui/parts.tsx';
import { day, money, when } from '../../ui/show.ts';
import { useTitle } from '../../ui/use-title.ts';
import { counted } from '../../ui/words.ts';
import { NewCompany } from './new-company.tsx';
import { QuotaUse } from './quota-use.tsx';
import { RefusedKeys } from './refused-keys.tsx';

/** The companies that the session may open: all of the installation, or those that the person belongs to. */
export function CompaniesScreen() {
  const { roles } = useSession();
  return roles.length > 0 ? <AllCompanies /> : <OwnCompanies />;
}

type Week = components['schemas']['Dashboard']['weeks'][number];

const overviewQuery = queryOptions({
  queryKey: ['overview'],
  queryFn: () => answerOf(api.GET('/v1/overview', { params: { query: { limit: 500 } } })),
  refetchInterval: pollEvery(30_000),
});

/** Each company with what is unbatched there and what waits for a person, in one table. */
function Overview() {
  const { data, error, isPending } = useQuery(overviewQuery);
  const targets = useQuery(targetsQuery).data ?? [];
  const nameOf = (id: string) => targets.find((one) => one.id === id)?.name ?? id;
  if (isPending) return <Loading what="companies" />;
  return (
    <>
      <Trouble error={error} />
      {data !== undefined && data.rows.length > 0 && (
        <SmallTable
          sorts
          caption="Companies"
          heads={['Company', 'Needs attention', 'Unbatched', 'Oldest', 'Posted this week', 'To apply in the books', 'Last check']}
          named
          rows={data.rows.map(
            ({ id, name, currency, timeZone, unbatched, weeks, leftOpen, checks, onHold, toApprove, changed }) => [
              <Link key="company" href={`/c/${encodeURIComponent(id)}`}>
                {name}
              </Link>,
              [
                ...(onHold > 0 ? [`${counted(onHold, 'batch', 'batches')} on hold`] : []),
                ...(toApprove > 0 ? [`${counted(toApprove, 'batch', 'batches')} to approve`] : []),
                ...(changed > 0 ? [`${counted(changed, 'change')} in the books`] : []),
              ].join(', ') || 'Nothing',
              <ul key="unbatched" className="plain-list">
                {unbatched.map(({ target, list, documents, amount }) => (
                  <li key={`${target} ${list}`}>
                    <Link href={`/c/${encodeURIComponent(id)}/unbatched/${target}${list === 'payments' ? '?list=payments' : ''}`}>
                      {nameOf(target)}: {counted(documents, list === 'invoices' ? 'invoice' : 'payment')}
                    </Link>{' '}
                    {money(amount, currency)}
                  </li>
                ))}
                {unbatched.length === 0 && <li>Nothing</li>}
              </ul>,
              unbatched.length === 0 ? '' : day(unbatched.map(({ oldest }) => oldest).toSorted()[0]!),
              postedIn(weeks.at(-1), currency),
              <ul key="open" className="plain-list">
                {leftOpen.map(({ target, of, documents, amount }) => (
                  <li key={`${target} ${of}`}>
                    {nameOf(target)}: {counted(documents, of === 'payments' ? 'unapplied payment' : 'refund')}{' '}
                    {money(amount, currency)}
                  </li>
                ))}
                {leftOpen.length === 0 && <li>Nothing</li>}
              </ul>,
              checks
                .map(({ target, endedAt, failed }) =>
                  failed ? `${nameOf(target)} failed` : endedAt === null ? '' : when(endedAt, timeZone),
                )
                .filter((words) => words !== '')
                .join(', '),
            ],
          )}
        />
      )}
    </>
  );
}

/** Invoices and payments are never added. */
function postedIn(week: Week | undefined, currency: string): string {
  if (week === undefined || week.invoices + week.payments + week.others === 0) return 'Nothing';
  const { invoices, invoiced, payments, paid, others } = week;
  return [
    ...(invoices > 0 ? [`${counted(invoices, 'invoice')} ${money(invoiced, currency)}`] : []),
    ...(payments > 0 ? [`${counted(payments, 'payment')} ${money(paid, currency)}`] : []),
    ...(others > 0 ? [counted(others, 'other document')] : []),
  ].join(', ');
}

function OwnCompanies() {
  useTitle('Companies');
  return (
    <>
      <h1>Companies</h1>
      <Overview />
    </>
  );
}

function AllCompanies() {
  useTitle('Companies');
  const companies = useQuery(companiesQuery);
  const isAdmin = useMay();
  return (
    <>
      <h1>Companies</h1>
      <Trouble error={companies.error} />
      {companies.data?.rows.length === 0 && (
        <p>There are no companies yet. {isAdmin ? 'Create the first one.' : 'An admin creates the first one.'}</p>
      )}
      <Overview />
      {isAdmin && companies.data !== undefined && (
        <details open={companies.data.rows.length === 0}>
          <summary>New company</summary>
          <NewCompany />
        </details>
      )}
      {isAdmin && (
        <p>
          <Link href="/people">People and keys of the installation</Link>
        </p>
      )}
      <QuotaUse />
      <RefusedKeys />
    </>
  );
}
