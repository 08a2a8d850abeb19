import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { matchingCountsQuery } from '../../api/matching-queries.ts';
import {
  type Batch,
  batchesQuery,
  companyTargetsQuery,
  couldGoQuery,
  keysQuery,
  targetsQuery,
  unbatchedQuery,
} from '../../api/queries.ts';
import { useMay } from '../../api/session.ts';
import { useCompany } from '../../ui/company.ts';
import { batchStateWords } from '../../ui/states.ts';
import { counted, number } from '../../ui/words.ts';
import { peopleQuery } from '../access/people-queries.ts';
import { waitingWords } from '../matching/matching-words.ts';
import { documentsIn, stayingIn, totalsOf } from '../unbatched/totals.ts';

/** The most records that are checked unasked, as in Unbatched. */
const MOST_TRIED = 20_000;

/** A batch in one of these states has put something into the books. */
const POSTED: readonly Batch['state'][] = ['posted', 'posted-in-part', 'undoing', 'undone', 'undone-in-part'];

/** The way from an empty company to its first batch, ticked by the data itself; gone once there was a batch after it. */
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
  const documents = totalsOf(unbatched.data)?.documents ?? 0;
  const first = batches.data?.pages[0]?.rows.length === 0;
  const tried = useQuery({
    ...couldGoQuery(company, target ?? ''),
    enabled: isAdmin && first && documents > 0 && documents <= MOST_TRIED,
  }).data;
  const { capabilities } = targets.data?.find(({ id }) => id === target) ?? {};
  const counts = useQuery({ ...matchingCountsQuery(company, target ?? ''), enabled: capabilities?.matching === true }).data;
  if (!isAdmin || batches.data === undefined || enabled.data === undefined) return null;
  const [newest, ...former] = batches.data.pages[0]!.rows;
  const began = newest !== undefined;
  const posted = [...(newest ? [newest] : []), ...former].some(({ state }) => POSTED.includes(state));
  if (posted && former.length > 0) return null;
  // A batch begins with a preview, and has what comes before.
  const previewed = began || enabled.data.some(({ previewedAt }) => previewedAt !== null);
  const system = targets.data?.find(({ id }) => id === target)?.name;
  const steps = [
    [true, 'Company', `${name}, ${timeZone}, ${currency}`, undefined],
    [
      (people.data?.length ?? 0) > 1 || (keys.data?.some(({ revokedAt }) => revokedAt === null) ?? false),
      'People',
      'Give people and programs access.',
      '/people',
    ],
    [began || documents > 0, 'Records', 'Import a file, or let a program send them.', '/import'],
    [target !== undefined, 'Accounting system', system ?? 'Connect QuickBooks, or set up SaasAnt files.', '/books'],
    [
      began || (tried !== undefined && documentsIn(tried) > 0 && (counts == null || waitingWords(counts) === undefined)),
      'Matching and mapping',
      tried === undefined
        ? 'Choose where each name goes in the books.'
        : `${number(documentsIn(tried))} of ${counted(documentsIn(tried) + stayingIn(tried), 'document')} could be sent.`,
      target === undefined ? '/books' : capabilities?.matching ? `/matching/${target}` : `/books/${target}/settings`,
    ],
    [previewed, 'First preview', 'See what a batch would send, and what stops the rest.', '/unbatched'],
    [
      posted,
      'First batch',
      newest === undefined ? 'Start it.' : `${newest.name}: ${batchStateWords(newest.state)}`,
      newest === undefined ? '/unbatched' : `/batches/${newest.id}`,
    ],
  ] as const;
  const next = steps.findIndex(([done]) => !done);
  return (
    <section aria-labelledby="first-steps" className="first-steps">
      <h2 id="first-steps">{posted ? 'You have sent your first batch' : 'From here to the first batch'}</h2>
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
