import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answerOf, api } from '../../api/client.ts';
import { type Schedule, scheduleQuery, type Target } from '../../api/queries.ts';
import { useMay } from '../../api/session.ts';
import { useCompany } from '../../ui/company.ts';
import { Badge, Button, Facts, Loading, Note, Trouble } from '../../ui/parts.tsx';
import { actorName, when } from '../../ui/show.ts';
import { ScheduleForm } from './schedule-form.tsx';
import { ScheduleRuns } from './schedule-runs.tsx';
import { dueInWords, isPaused, needsAttention, SENDS } from './schedule-words.ts';

/** When batches to an accounting system start by themselves, and the result of each run. */
export function ScheduleCard({ target }: { readonly target: Target }) {
  const company = useCompany();
  const query = useQuery({ ...scheduleQuery(company.id, target.id), refetchInterval: 10_000 });
  const [editing, setEditing] = useState(false);
  if (query.isPending) return <Loading what="the schedule" />;
  const schedule = query.data;
  if (editing) return <ScheduleForm target={target} schedule={schedule ?? null} onDone={() => setEditing(false)} />;
  return (
    <div className="stack">
      <Trouble error={query.error} />
      {schedule === null && <NoSchedule target={target} onSetUp={() => setEditing(true)} />}
      {schedule && (
        <>
          <div className="title">
            <h3>{dueInWords(schedule)}</h3>
            <Badge tone={isPaused(schedule) ? 'warn' : 'good'}>{isPaused(schedule) ? 'Paused' : 'On'}</Badge>
          </div>
          <About schedule={schedule} />
          {schedule.waiting !== undefined && <Note tone="plain">{schedule.waiting}</Note>}
          {needsAttention(schedule) && <Note tone="warn">{schedule.lastRun!.message}</Note>}
          <Actions target={target} schedule={schedule} onEdit={() => setEditing(true)} />
        </>
      )}
      <ScheduleRuns target={target} />
    </div>
  );
}

function NoSchedule({ target, onSetUp }: { readonly target: Target; onSetUp(): void }) {
  const isAdmin = useMay();
  return (
    <>
      <p>Batches to {target.name} start only when someone starts them. A schedule starts them automatically.</p>
      {isAdmin && (
        <div className="buttons">
          <Button kind="main" onPress={onSetUp}>
            Set up a schedule
          </Button>
        </div>
      )}
    </>
  );
}

interface ActionsProps {
  readonly target: Target;
  readonly schedule: Schedule;
  onEdit(): void;
}

function Actions({ target, schedule, onEdit }: ActionsProps) {
  const company = useCompany();
  const [isAdmin, mayRun] = [useMay(), useMay('poster')];
  const queries = useQueryClient();
  const [removing, setRemoving] = useState(false);
  const path = { company: company.id, target: target.id };
  const act = useMutation({
    mutationFn: async (verb: 'pause' | 'resume' | 'runs' | 'remove') => {
      const at = '/v1/companies/{company}/targets/{target}/schedule' as const;
      if (verb === 'remove') await answerOf(api.DELETE(at, { params: { path } }));
      else await answerOf(api.POST(`${at}/${verb}`, { params: { path } }));
    },
    onSuccess: async () => {
      setRemoving(false);
      await queries.invalidateQueries({ queryKey: [company.id] });
    },
  });
  return (
    <>
      <Trouble error={act.error} />
      <div className="buttons">
        {isAdmin && <Button onPress={onEdit}>Edit schedule</Button>}
        {mayRun && !isPaused(schedule) && (
          <Button isDisabled={act.isPending} onPress={() => act.mutate('pause')}>
            Pause
          </Button>
        )}
        {mayRun && isPaused(schedule) && (
          <Button kind="main" isDisabled={act.isPending} onPress={() => act.mutate('resume')}>
            Resume
          </Button>
        )}
        {mayRun && (
          <Button isDisabled={act.isPending} onPress={() => act.mutate('runs')}>
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
          <p>No more batches start by themselves. Batches that already started continue, and the list of runs stays here.</p>
          <div className="buttons">
            <Button kind="danger" isDisabled={act.isPending} onPress={() => act.mutate('remove')}>
              Yes, remove the schedule
            </Button>
            <Button onPress={() => setRemoving(false)}>Keep the schedule</Button>
          </div>
        </Note>
      )}
    </>
  );
}

function About({ schedule }: { readonly schedule: Schedule }) {
  const { timeZone, send, departmentId, acknowledge, next, links, changedAt, changedBy } = schedule;
  return (
    <Facts
      facts={[
        ['Paused', pausedInWords(schedule)],
        ['Next runs', next.length === 0 ? null : <Times key="next" times={next.slice(0, 3)} timeZone={timeZone} />],
        ['Time zone', timeZone],
        ['Sends', SENDS[send]],
        ['Department', departmentId],
        [
          'Payments without their invoices',
          acknowledge.includes('payments-without-invoices') ? 'Sent unapplied' : 'A person chooses',
        ],
        ['Changed', `${when(changedAt, timeZone)} by ${actorName(changedBy)}`],
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

function pausedInWords({ paused, pausedInTemporal, timeZone }: Schedule): string | null {
  if (paused !== null) return `${when(paused.at, timeZone)} by ${actorName(paused.by)}`;
  if (pausedInTemporal === null) return null;
  return pausedInTemporal === '' ? 'in Temporal' : `in Temporal: ${pausedInTemporal}`;
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
