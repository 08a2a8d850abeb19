import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { api, told } from '../../api/client.ts';
import { runsQuery, type Schedule, scheduleQuery, type Target } from '../../api/queries.ts';
import { useMay } from '../../api/session.ts';
import { useCompany } from '../../ui/company.ts';
import { Badge, Button, Facts, Loading, Note, SmallTable, Trouble } from '../../ui/parts.tsx';
import { when, who } from '../../ui/show.ts';
import { ScheduleForm } from './schedule-form.tsx';
import { dueInWords, OUTCOMES, SENDS, wantsSomebody } from './schedule-words.ts';

/** When batches to a target start by themselves, and what became of each run. */
export function ScheduleCard({ target }: { readonly target: Target }) {
  const company = useCompany();
  const isAdmin = useMay();
  const mayRun = useMay('poster');
  const queries = useQueryClient();
  const options = scheduleQuery(company.id, target.id);
  const query = useQuery({ ...options, refetchInterval: 10_000 });
  const [editing, setEditing] = useState(false);
  const [removing, setRemoving] = useState(false);
  const path = { company: company.id, target: target.id };
  const onSuccess = async () => {
    setRemoving(false);
    await queries.invalidateQueries({ queryKey: [company.id] });
  };
  const pause = useMutation({
    mutationFn: () => told(api.POST('/v1/companies/{company}/targets/{target}/schedule/pause', { params: { path } })),
    onSuccess,
  });
  const resume = useMutation({
    mutationFn: () => told(api.POST('/v1/companies/{company}/targets/{target}/schedule/resume', { params: { path } })),
    onSuccess,
  });
  const runNow = useMutation({
    mutationFn: () => told(api.POST('/v1/companies/{company}/targets/{target}/schedule/runs', { params: { path } })),
    onSuccess,
  });
  const remove = useMutation({
    mutationFn: () => told(api.DELETE('/v1/companies/{company}/targets/{target}/schedule', { params: { path } })),
    onSuccess,
  });

  if (query.isPending) return <Loading what="the schedule" />;
  const schedule = query.data;
  if (editing) return <ScheduleForm target={target} schedule={schedule ?? null} onDone={() => setEditing(false)} />;
  const resting = schedule && (schedule.paused !== null || schedule.pausedInTemporal !== null);
  return (
    <div className="stack">
      <Trouble error={query.error ?? pause.error ?? resume.error ?? runNow.error ?? remove.error} />
      {schedule === null && (
        <>
          <p>Batches to {target.name} start when somebody starts them. With a schedule they start by themselves.</p>
          {isAdmin && (
            <div className="buttons">
              <Button kind="main" onPress={() => setEditing(true)}>
                Set up a schedule
              </Button>
            </div>
          )}
        </>
      )}
      {schedule && (
        <>
          <div className="title">
            <h3>{dueInWords(schedule)}</h3>
            <Badge tone={resting ? 'warn' : 'good'}>{resting ? 'Paused' : 'On'}</Badge>
          </div>
          <Known schedule={schedule} />
          {schedule.waiting !== undefined && <Note tone="plain">{schedule.waiting}</Note>}
          {wantsSomebody(schedule) && <Note tone="warn">{schedule.lastRun!.message}</Note>}
          <div className="buttons">
            {isAdmin && <Button onPress={() => setEditing(true)}>Edit schedule</Button>}
            {mayRun && !resting && (
              <Button isDisabled={pause.isPending} onPress={() => pause.mutate()}>
                Pause
              </Button>
            )}
            {mayRun && resting && (
              <Button kind="main" isDisabled={resume.isPending} onPress={() => resume.mutate()}>
                Resume
              </Button>
            )}
            {mayRun && (
              <Button isDisabled={runNow.isPending} onPress={() => runNow.mutate()}>
                Run now
              </Button>
            )}
            {isAdmin && !removing && (
              <Button kind="danger" onPress={() => setRemoving(true)}>
                Remove …
              </Button>
            )}
          </div>
          {removing && (
            <Note tone="warn">
              <p>Nothing starts by itself any more. What was started goes on, and what the runs came to stays to be read.</p>
              <div className="buttons">
                <Button kind="danger" isDisabled={remove.isPending} onPress={() => remove.mutate()}>
                  Yes, remove the schedule
                </Button>
                <Button onPress={() => setRemoving(false)}>Keep it</Button>
              </div>
            </Note>
          )}
        </>
      )}
      <Runs target={target} />
    </div>
  );
}

function Known({ schedule }: { readonly schedule: Schedule }) {
  const { paused, pausedInTemporal, timeZone, send, acknowledge, next, links } = schedule;
  const why =
    paused !== null
      ? `by ${who(paused.by)}, ${when(paused.at, timeZone)}`
      : pausedInTemporal !== null
        ? `in Temporal itself${pausedInTemporal === '' ? '' : `: ${pausedInTemporal}`}`
        : null;
  return (
    <Facts
      facts={[
        ['Paused', why],
        ['Next', next.length === 0 ? null : <Times key="next" times={next.slice(0, 3)} timeZone={timeZone} />],
        ['By the clock of', timeZone],
        ['Sends', SENDS[send]],
        ['Department', schedule.departmentId],
        [
          'Payments whose invoices are not in the batch',
          acknowledge.includes('payments-without-invoices') ? 'Are sent unapplied' : 'Wait for a person to choose',
        ],
        ['Changed', `${when(schedule.changedAt, timeZone)} by ${who(schedule.changedBy)}`],
        [
          'For operations',
          links.temporal === undefined ? null : (
            <a key="temporal" href={links.temporal} target="_blank" rel="noreferrer">
              Schedule in Temporal
            </a>
          ),
        ],
      ]}
    />
  );
}

function Times({ times, timeZone }: { readonly times: readonly string[]; readonly timeZone: string }) {
  return (
    <>
      {times.map((time) => (
        <div key={time}>{when(time, timeZone)}</div>
      ))}
    </>
  );
}

/** What each run came to, newest first. */
function Runs({ target }: { readonly target: Target }) {
  const company = useCompany();
  const runs = useInfiniteQuery({ ...runsQuery(company.id, target.id), refetchInterval: 10_000 });
  const rows = runs.data?.pages.flatMap((page) => page.rows) ?? [];
  if (runs.isPending) return <Loading what="the runs" />;
  if (runs.isError) return <Trouble error={runs.error} />;
  if (rows.length === 0) return null;
  return (
    <>
      <SmallTable
        caption="Runs"
        heads={['Due', 'Came to', 'What it says', 'Batch']}
        rows={rows.map(({ due, askedBy, outcome, message, batch }) => {
          const [words, tone] = OUTCOMES[outcome];
          return [
            `${when(due, company.timeZone)}${askedBy === null ? '' : `, asked for by ${who(askedBy)}`}`,
            <Badge key="outcome" tone={tone}>
              {words}
            </Badge>,
            message,
            batch === null ? (
              ''
            ) : (
              <Link key="batch" href={`/batches/${batch.id}`}>
                {batch.name}
              </Link>
            ),
          ];
        })}
      />
      {runs.hasNextPage && (
        <Button isDisabled={runs.isFetchingNextPage} onPress={() => void runs.fetchNextPage()}>
          Older runs
        </Button>
      )}
    </>
  );
}
