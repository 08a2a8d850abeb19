import { useInfiniteQuery } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useId, useState } from 'react';
import { Link } from 'wouter';
import { type Batch, type Drift, driftQuery } from '../../api/queries.ts';
import { useMay } from '../../api/session.ts';
import { useCompany } from '../../ui/company.ts';
import { Badge, Button, Facts, Trouble } from '../../ui/parts.tsx';
import { actorName, money, when } from '../../ui/show.ts';
import { ShowMore } from '../../ui/tables/paged.tsx';
import { counted } from '../../ui/words.ts';
import { CHOICES, type Choice, FOUND_BY, STATES, titleOf } from './drift-words.ts';

const DecideWindow = lazy(async () => ({ default: (await import('./decide-window.tsx')).DecideWindow }));

/** Changes of all batches that still need a decision; nothing if there are none. */
export function OpenDrift() {
  const company = useCompany();
  const query = useInfiniteQuery({ ...driftQuery(company.id, { state: 'open' }), refetchInterval: 10_000 });
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? [];
  const open = query.data?.pages[0]?.open ?? 0;
  if (rows.length === 0) return null;
  return (
    <DriftList
      title="Changed in the books since posting"
      aside={`${counted(open, 'document needs', 'documents need')} a decision.`}
      rows={rows}
      withBatch
    >
      <ShowMore query={query}>Show more changes</ShowMore>
    </DriftList>
  );
}

/** Changes in the books to documents of one batch, open or decided; nothing if there are none. */
export function BatchDrift({ batch }: { readonly batch: Batch }) {
  const company = useCompany();
  const query = useInfiniteQuery({
    ...driftQuery(company.id, { batch: batch.id }),
    refetchInterval: 10_000,
    enabled: batch.ended,
  });
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? [];
  if (rows.length === 0) return <Trouble error={query.error} />;
  return (
    <DriftList title="Changed in the books" aside="Someone changed these documents of this batch in the books." rows={rows}>
      <ShowMore query={query}>Show more changes</ShowMore>
    </DriftList>
  );
}

interface DriftListProps {
  readonly title: string;
  readonly aside: string;
  readonly rows: readonly Drift[];
  readonly withBatch?: boolean;
  readonly children: ReactNode;
}

function DriftList({ title, aside, rows, withBatch = false, children }: DriftListProps) {
  const heading = useId();
  const decided = rows.filter(({ state }) => state !== 'open');
  return (
    <section aria-labelledby={heading} className="drift">
      <h2 id={heading}>{title}</h2>
      <p className="aside">{aside}</p>
      <Drifts rows={rows.filter(({ state }) => state === 'open')} withBatch={withBatch} />
      {decided.length > 0 && (
        <details>
          <summary>{counted(decided.length, 'decided change')}</summary>
          <Drifts rows={decided} withBatch={withBatch} />
        </details>
      )}
      {children}
    </section>
  );
}

function Drifts({ rows, withBatch }: { readonly rows: readonly Drift[]; readonly withBatch: boolean }) {
  if (rows.length === 0) return null;
  return (
    <ul className="drifts">
      {rows.map((drift) => (
        <li key={drift.id}>
          <OneDrift drift={drift} withBatch={withBatch} />
        </li>
      ))}
    </ul>
  );
}

function OneDrift({ drift, withBatch }: { readonly drift: Drift; readonly withBatch: boolean }) {
  const { currency, timeZone } = useCompany();
  const [isAdmin, mayPost] = [useMay(), useMay('poster')];
  const [deciding, decide] = useState<Choice>();
  const title = titleOf(drift);
  const [words, tone] = STATES[drift.state];
  const choices = drift.choices.filter((choice) => (choice === 'resolve' ? mayPost : isAdmin));
  const inTheBooks = drift.status === 'gone' ? 'Deleted' : drift.total === null ? null : money(drift.total, currency);
  return (
    <article aria-label={title}>
      <div className="title">
        <h3>{title}</h3>
        <Badge tone={tone}>{words}</Badge>
      </div>
      <p>{drift.problem.message}</p>
      <Facts
        facts={[
          ['We posted', money(drift.amount, currency)],
          ['In the books', inTheBooks],
          ['Found', `${when(drift.foundAt, timeZone)} by ${FOUND_BY[drift.foundBy]}`],
          [
            'Batch',
            withBatch ? (
              <Link key="batch" href={`/batches/${drift.batch.id}`}>
                {drift.batch.name}
              </Link>
            ) : null,
          ],
          ['Decided', decision(drift, timeZone)],
        ]}
      />
      {choices.length > 0 && (
        <div className="buttons">
          {choices.map((choice) => (
            <Button key={choice} aria-label={`${CHOICES[choice]}: ${title}`} onPress={() => decide(choice)}>
              {CHOICES[choice]}
            </Button>
          ))}
        </div>
      )}
      {deciding !== undefined && (
        <Suspense fallback={null}>
          <DecideWindow drift={drift} choice={deciding} onClose={() => decide(undefined)} />
        </Suspense>
      )}
    </article>
  );
}

function decision({ decidedAt, decidedBy }: Drift, timeZone: string): string | null {
  if (decidedAt === null) return null;
  const at = when(decidedAt, timeZone);
  return decidedBy === 'ledgerpost' ? `${at}: corrected in the books` : `${at} by ${actorName(decidedBy ?? '')}`;
}
