import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from 'wouter';
import { answerOf, api } from '../../api/client.ts';
import { type DriftCheck, driftCheckQuery, type Target } from '../../api/queries.ts';
import { useMay } from '../../api/session.ts';
import { useCompany } from '../../ui/company.ts';
import { Button, Note, Trouble } from '../../ui/parts.tsx';
import { when } from '../../ui/show.ts';
import { counted, number } from '../../ui/words.ts';

/** The last check for changes in the books, and a button that starts one now. */
export function CheckNow({ target }: { readonly target: Target }) {
  const { id: company, timeZone } = useCompany();
  const mayCheck = useMay('poster');
  const queries = useQueryClient();
  const options = driftCheckQuery(company, target.id);
  const busy = (check: DriftCheck | null | undefined) => check?.state === 'running' || check?.wantedBy === 'request';
  const query = useQuery({
    ...options,
    refetchInterval: ({ state: { data } }) => (busy(data) ? 1_000 : 10_000),
  });
  const start = useMutation({
    mutationFn: () =>
      answerOf(api.POST('/v1/companies/{company}/targets/{target}/look', { params: { path: { company, target: target.id } } })),
    onSuccess: (now) => queries.setQueryData(options.queryKey, now),
  });
  const now = query.data;
  if (!now) return <Trouble error={query.error} />;
  // A request for a check that has not started yet is the same check: nobody has to wait to ask.
  const checking = now.state === 'running';
  return (
    <section aria-label="Changes in the books" className="stack">
      <h3>Changes in the books</h3>
      <p role="status">{checkInWords(now, target.name, timeZone)}</p>
      {now.state === 'failed' && now.reason !== null && <Note tone="warn">{now.reason.message}</Note>}
      {now.open > 0 && (
        <p>
          <Link href="/">{counted(now.open, 'change needs', 'changes need')} a decision</Link>
        </p>
      )}
      <Trouble error={start.error} />
      {mayCheck && (
        <div className="buttons">
          <Button isDisabled={checking || start.isPending} onPress={() => start.mutate()}>
            {checking ? 'Checking …' : 'Check now'}
          </Button>
        </div>
      )}
    </section>
  );
}

/** What is known of the checks, in a sentence or two. */
export function checkInWords(check: DriftCheck, system: string, timeZone: string): string {
  const { state, endedAt, looked, found, postponed, wantedBy } = check;
  if (state === 'running') return `Checking: ${counted(looked, 'document')} so far.`;
  if (wantedBy === 'request') return 'A check starts in a moment.';
  if (state === null) return `${system} has not been checked for changes yet.`;
  const at = when(endedAt, timeZone);
  if (state === 'failed') return `The check on ${at} failed.`;
  const result =
    looked === 0
      ? 'no posted document was touched since the check before'
      : `${counted(looked, 'posted document was', 'posted documents were')} touched, ${found === 0 ? 'none changed' : `${number(found)} newly changed`}`;
  const left = postponed === 0 ? '' : ` ${counted(postponed, 'document')} of a running batch left for the next check.`;
  const later = wantedBy === null ? '' : ' The next check starts by itself once no batch is sending.';
  return `Last check ${at}: ${result}.${left}${later}`;
}
