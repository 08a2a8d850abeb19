import { queryOptions, useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { Link } from 'wouter';
import { answerOf, api } from '../../api/client.ts';
import { targetsQuery } from '../../api/queries.ts';
import { pollEvery } from '../../api/query-client.ts';
import type { components } from '../../api/schema.d.ts';
import { useCompany } from '../../ui/company.ts';
import { Trouble } from '../../ui/parts.tsx';
import { day, money, when } from '../../ui/show.ts';
import { counted, number } from '../../ui/words.ts';

type LeftOpen = components['schemas']['Dashboard']['leftOpen'][number];
type Week = components['schemas']['Dashboard']['weeks'][number];

const dashboardQuery = (company: string) =>
  queryOptions({
    queryKey: [company, 'dashboard'],
    queryFn: () => answerOf(api.GET('/v1/companies/{company}/dashboard', { params: { path: { company } } })),
    refetchInterval: pollEvery(30_000),
  });

/** What is unbatched per accounting system, what batches left open there, its last check, and what was posted per week. */
export function Dashboard() {
  const { id: company, currency, timeZone } = useCompany();
  const { data, error } = useQuery(dashboardQuery(company));
  const targets = useQuery(targetsQuery).data ?? [];
  if (data === undefined) return <Trouble error={error} />;
  const { unbatched, weeks, leftOpen, checks } = data;
  const nameOf = (target: string) => targets.find(({ id }) => id === target)?.name ?? target;
  return (
    <>
      {unbatched.length > 0 && (
        <section aria-labelledby="unbatched-sums">
          <h2 id="unbatched-sums">Unbatched</h2>
          <ul className="cards">
            {unbatched.map(({ target, list, documents, amount, oldest }) => (
              <li key={`${target} ${list}`}>
                <Link href={`/unbatched/${target}${list === 'payments' ? '?list=payments' : ''}`}>
                  {nameOf(target)}: {counted(documents, list === 'invoices' ? 'invoice' : 'payment')}
                </Link>
                <strong>{money(amount, currency)}</strong>
                <span className="aside">Oldest: {day(oldest)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {leftOpen.length > 0 && (
        <section aria-labelledby="left-open">
          <h2 id="left-open">To apply in the books</h2>
          <ul className="cards">
            {leftOpen.map((one) => (
              <Open key={`${one.target} ${one.of}`} open={one} name={nameOf(one.target)} />
            ))}
          </ul>
        </section>
      )}
      {checks.map(({ target, endedAt, failed }) => (
        <p key={target} className="aside">
          {failed
            ? `${nameOf(target)} could not be checked for changes.`
            : endedAt === null
              ? `${nameOf(target)} has not been checked for changes yet.`
              : `${nameOf(target)} was last checked for changes on ${when(endedAt, timeZone)}.`}{' '}
          <Link href={`/books/${target}`}>Open the connection</Link>
        </p>
      ))}
      {weeks.some((week) => documentsOf(week) > 0) && <PostedPerWeek weeks={weeks} />}
    </>
  );
}

/** What batches left open, with the oldest documents: each opens where its page in the books is. */
function Open({ open, name }: { readonly open: LeftOpen; readonly name: string }) {
  const { currency } = useCompany();
  const { of, documents, amount, oldest } = open;
  return (
    <li>
      <span>
        {name}: {of === 'payments' ? counted(documents, 'unapplied payment') : `A/R left open by ${counted(documents, 'refund')}`}
      </span>
      <strong>{money(amount, currency)}</strong>
      <span className="aside">
        {of === 'payments'
          ? 'Apply each payment to its invoice.'
          : 'Apply each journal to its payment. Refunds of the last 13 weeks.'}
      </span>
      <ul className="plain-list">
        {oldest.map(({ number, customer, amount: some, batchId, seq }) => (
          <li key={`${batchId} ${seq}`}>
            <Link href={`/batches/${batchId}?document=${seq}`}>{number || 'No number'}</Link> {customer}: {money(some, currency)}
          </li>
        ))}
        {documents > oldest.length && <li>and {number(documents - oldest.length)} more</li>}
      </ul>
    </li>
  );
}

const documentsOf = ({ invoices, payments, others }: Week) => invoices + payments + others;

const [WIDTH, HEIGHT, GAP] = [640, 140, 8];
const PARTS = ['invoices', 'payments', 'others'] as const;

/** Bars for the eye, and the same numbers as a table for everybody. */
function PostedPerWeek({ weeks }: { readonly weeks: readonly Week[] }) {
  const { currency } = useCompany();
  const title = useId();
  const most = Math.max(...weeks.map(documentsOf));
  const step = WIDTH / weeks.length;
  return (
    <section aria-labelledby={title}>
      <h2 id={title}>Posted per week</h2>
      <svg className="bars" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
        {weeks.map((week, at) => {
          let below = 0;
          return PARTS.map((part) => {
            const height = (week[part] / most) * HEIGHT;
            below += height;
            return (
              <rect
                key={`${week.week} ${part}`}
                className={part}
                x={at * step + GAP / 2}
                y={HEIGHT - below}
                width={step - GAP}
                height={height}
              />
            );
          });
        })}
      </svg>
      <p className="aside bars-legend">
        <span className="invoices" aria-hidden="true" /> Invoices <span className="payments" aria-hidden="true" /> Payments{' '}
        <span className="others" aria-hidden="true" /> Others. Most in a week: {counted(most, 'document')}.
      </p>
      <details>
        <summary>Show as a table</summary>
        <table className="small">
          <caption>Documents posted per week</caption>
          <thead>
            <tr>
              {['Week of', 'Invoices', 'Invoiced', 'Payments', 'Paid', 'Others'].map((head, at) => (
                <th key={head} scope="col" {...(at === 0 ? {} : { className: 'number' })}>
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {weeks.toReversed().map((week) => (
              <tr key={week.week}>
                <th scope="row">{day(week.week)}</th>
                <td className="number">{number(week.invoices)}</td>
                <td className="number">{money(week.invoiced, currency)}</td>
                <td className="number">{number(week.payments)}</td>
                <td className="number">{money(week.paid, currency)}</td>
                <td className="number">{number(week.others)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  );
}
