import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useId, useState } from 'react';
import { Link } from 'wouter';
import { api, told } from '../../api/client.ts';
import { type Batch, type Drift, driftQuery, type Look, lookQuery } from '../../api/queries.ts';
import { useMay } from '../../api/session.ts';
import { useCompany } from '../../ui/company.ts';
import { ShowMore } from '../../ui/paged.tsx';
import { Badge, Button, Facts, Note, Trouble, Window } from '../../ui/parts.tsx';
import { money, when, who } from '../../ui/show.ts';
import { counted, type Tone } from '../../ui/words.ts';
import { Refused } from '../unbatched/batch-window.tsx';

type Choice = Drift['choices'][number];

/** What nobody has decided about, of all batches; nothing if there is none. */
export function OpenDrift() {
  const company = useCompany();
  const query = useInfiniteQuery({ ...driftQuery(company.id, { state: 'open' }), refetchInterval: 10_000 });
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? [];
  const open = query.data?.pages[0]?.open ?? 0;
  if (rows.length === 0) return null;
  return (
    <DriftList
      title="Changed in the books since it was posted"
      aside={`${counted(open, 'document')} to decide about.`}
      rows={rows}
      withBatch
    >
      <ShowMore query={query}>Show more changes</ShowMore>
    </DriftList>
  );
}

/** What became of a batch’s documents in the books, decided or not; nothing if nothing did. */
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
    <DriftList title="Changed in the books" aside="What somebody did there to documents of this batch." rows={rows}>
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
          <summary>{counted(decided.length, 'change')} decided</summary>
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

const KINDS: Readonly<Record<Drift['kind'], string>> = {
  invoice: 'Invoice',
  payment: 'Payment',
  creditMemo: 'Credit memo',
  journal: 'Journal entry',
  warning: 'Warning',
};
const STATES: Readonly<Record<Drift['state'], readonly [string, Tone]>> = {
  open: ['To decide', 'warn'],
  'kept-theirs': ['Theirs kept', 'plain'],
  'sent-again': ['Send ours again', 'plain'],
  resolved: ['Resolved', 'plain'],
};
const CHOICES: Readonly<Record<Choice, string>> = {
  'keep-theirs': 'Keep theirs',
  'send-again': 'Send ours again',
  resolve: 'Mark as resolved',
};

function OneDrift({ drift, withBatch }: { readonly drift: Drift; readonly withBatch: boolean }) {
  const { currency, timeZone } = useCompany();
  const [isAdmin, mayPost] = [useMay(), useMay('poster')];
  const [deciding, decide] = useState<Choice>();
  const title = titleOf(drift);
  const [words, tone] = STATES[drift.state];
  const choices = drift.choices.filter((choice) => (choice === 'resolve' ? mayPost : isAdmin));
  const theirs = drift.status === 'gone' ? 'deleted' : drift.total === null ? null : money(drift.total, currency);
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
          ['The books hold', theirs],
          ['Found', `${when(drift.foundAt, timeZone)}, ${FOUND[drift.foundBy]}`],
          [
            'Batch',
            withBatch ? (
              <Link key="batch" href={`/batches/${drift.batch.id}`}>
                {drift.batch.name}
              </Link>
            ) : null,
          ],
          [
            'Decided',
            drift.decidedAt === null
              ? null
              : `${when(drift.decidedAt, timeZone)} by ${drift.decidedBy === 'ledgerpost' ? 'Ledgerpost: it was put right there' : who(drift.decidedBy ?? '')}`,
          ],
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
      {deciding !== undefined && <DecideWindow drift={drift} choice={deciding} onClose={() => decide(undefined)} />}
    </article>
  );
}

const FOUND: Readonly<Record<Drift['foundBy'], string>> = {
  schedule: 'by the hourly look',
  webhook: 'told by the books themselves',
  request: 'because somebody looked',
};

function titleOf({ kind, number }: Drift): string {
  return `${KINDS[kind]} ${number}`;
}

/** Says exactly what a choice does, before anybody makes it. */
function DecideWindow({ drift, choice, onClose }: { readonly drift: Drift; readonly choice: Choice; onClose(): void }) {
  const { id: company } = useCompany();
  const queries = useQueryClient();
  const decide = useMutation({
    mutationFn: () =>
      told(api.POST(`/v1/companies/{company}/drift/{drift}/${choice}`, { params: { path: { company, drift: drift.id } } })),
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: [company] });
    },
  });
  return (
    <Window title={`${CHOICES[choice]}: ${titleOf(drift)}`} open onClose={onClose}>
      <div className="stack">
        <p>{drift.problem.message}</p>
        <p>{consequenceOf(drift, choice)}</p>
        {decide.isError && <Refused error={decide.error} />}
        <div className="buttons">
          <Button kind="main" isDisabled={decide.isPending} onPress={() => decide.mutate()}>
            {CHOICES[choice]}
          </Button>
          <Button onPress={onClose}>Decide later</Button>
        </div>
      </div>
    </Window>
  );
}

function consequenceOf({ status }: Drift, choice: Choice): string {
  switch (choice) {
    case 'keep-theirs':
      return status === 'gone'
        ? 'Nothing is sent, and the record is not offered again. An undo of the batch counts it as undone.'
        : 'Nothing is sent. If the record changes later, its update starts from what the books hold now. No undo takes away what was written there.';
    case 'send-again':
      return status === 'gone'
        ? 'Nothing is sent now. The record is among the unbatched again, and the next batch enters it anew.'
        : 'Nothing is sent now. The record is among the unbatched again, and the next batch puts ours over what was written there. Nobody keeps that: an undo does not bring it back. If it is changed once more before, it is left alone.';
    case 'resolve':
      return 'This only closes it. It comes back if the document is changed again.';
    default:
      return choice satisfies never;
  }
}

/** For the card of books that can be asked what changed: when that was done last, and a way to do it now. */
export function LookNow({ target }: { readonly target: string }) {
  const { id: company, timeZone } = useCompany();
  const mayLook = useMay('poster');
  const queries = useQueryClient();
  const options = lookQuery(company, target);
  const busy = (look: Look | null | undefined) => look?.state === 'running' || look?.wantedBy === 'request';
  const query = useQuery({
    ...options,
    refetchInterval: ({ state: { data } }) => (busy(data) ? 1_000 : 10_000),
  });
  const look = useMutation({
    mutationFn: () => told(api.POST('/v1/companies/{company}/targets/{target}/look', { params: { path: { company, target } } })),
    onSuccess: (now) => queries.setQueryData(options.queryKey, now),
  });
  const now = query.data;
  if (!now) return <Trouble error={query.error} />;
  // Asked for once more, a look that has not begun is the same one: nobody has to wait to ask.
  const looking = now.state === 'running';
  return (
    <section aria-label="Changes in the books" className="stack">
      <h3>Changes in the books</h3>
      <p role="status">{inWords(now, timeZone)}</p>
      {now.state === 'failed' && now.reason !== null && <Note tone="warn">{now.reason.message}</Note>}
      {now.open > 0 && (
        <p>
          <Link href="/">{counted(now.open, 'change')} to decide about</Link>
        </p>
      )}
      <Trouble error={look.error} />
      {mayLook && (
        <div className="buttons">
          <Button isDisabled={looking || look.isPending} onPress={() => look.mutate()}>
            {looking ? 'Looking …' : 'Look now'}
          </Button>
        </div>
      )}
    </section>
  );
}

function inWords({ state, endedAt, looked, found, postponed, wantedBy }: Look, timeZone: string): string {
  if (state === 'running') return `Looking: ${counted(looked, 'document')} so far.`;
  if (wantedBy === 'request') return 'A look begins in a moment.';
  if (state === null) return 'Nobody has looked yet what was changed there since we posted it.';
  const at = when(endedAt, timeZone);
  if (state === 'failed') return `The look of ${at} failed.`;
  const left = postponed === 0 ? '' : ` ${counted(postponed, 'document')} of a running batch left for the next look.`;
  const later = wantedBy === null ? left : `${left} The next look begins by itself, once no batch writes into the books.`;
  return `Last looked ${at}: ${counted(looked, 'document')} of ours had been touched, ${found === 0 ? 'none of them newly changed' : `${found.toLocaleString('en-US')} newly changed`}.${later}`;
}
