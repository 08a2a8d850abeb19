import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { batchesQuery, companyTargetsQuery, keysQuery, targetsQuery, unbatchedQuery } from '../../api/queries.ts';
import { useMay } from '../../api/session.ts';
import { useCompany } from '../../ui/company.ts';
import { peopleQuery } from '../access/people-queries.ts';
import { totalsOf } from '../unbatched/totals.ts';

/** The way from an empty company to its first batch, ticked by the data itself; gone once there was a batch. */
export function FirstSteps() {
  const { id: company, name, timeZone, currency } = useCompany();
  const isAdmin = useMay();
  const batches = useInfiniteQuery(batchesQuery(company));
  const enabled = useQuery(companyTargetsQuery(company));
  const targets = useQuery(targetsQuery);
  const target = enabled.data?.[0]?.target;
  const keys = useQuery({ ...keysQuery(company), enabled: isAdmin });
  const people = useQuery({ ...peopleQuery(company), enabled: isAdmin });
  const some = { ...unbatchedQuery(company, target ?? '', 'invoices', {}), enabled: target !== undefined };
  const unbatched = useInfiniteQuery(some);
  if (!isAdmin || batches.data === undefined || enabled.data === undefined) return null;
  if (batches.data.pages[0]!.rows.length > 0) return null;
  const system = targets.data?.find(({ id }) => id === target)?.name;
  const records = (totalsOf(unbatched.data)?.documents ?? 0) > 0;
  const steps = [
    [true, 'Company', `${name}, ${timeZone}, ${currency}`, undefined],
    [
      (people.data?.length ?? 0) > 1 || (keys.data?.some(({ revokedAt }) => revokedAt === null) ?? false),
      'People',
      'Give people and programs access.',
      '/people',
    ],
    [target !== undefined, 'Accounting system', system ?? 'Connect QuickBooks, or set up SaasAnt files.', '/books'],
    [records, 'Records', 'Import a file, or let a program send them.', '/import'],
    [false, 'First batch', 'Check what would be sent, and start it.', '/unbatched'],
  ] as const;
  const next = steps.findIndex(([done]) => !done);
  return (
    <section aria-labelledby="first-steps" className="first-steps">
      <h2 id="first-steps">From here to the first batch</h2>
      <ol>
        {steps.map(([done, title, words, href], at) => (
          <li key={title} className={done ? 'done' : at === next ? 'here' : 'ahead'}>
            <span aria-hidden="true">{done ? '✓' : '○'}</span> {href === undefined ? title : <Link href={href}>{title}</Link>}
            {done && <span className="hidden">, done</span>} <span className="aside">{words}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
