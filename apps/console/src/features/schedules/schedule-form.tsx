import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { answerOf, api } from '../../api/client.ts';
import { departmentsQuery, type Schedule, type Target } from '../../api/queries.ts';
import { useCompany } from '../../ui/company.ts';
import { Button, Trouble } from '../../ui/parts.tsx';
import { DAYS, SENDS } from './schedule-words.ts';

/** The form that sets up or changes a schedule. */
export function ScheduleForm({
  target,
  schedule,
  onDone,
}: {
  readonly target: Target;
  /** Null while there is none. */
  readonly schedule: Schedule | null;
  onDone(): void;
}) {
  const company = useCompany();
  const queries = useQueryClient();
  const departments = useQuery(departmentsQuery(company.id));
  const id = useId();
  const [days, setDays] = useState<readonly Schedule['days'][number][]>(schedule?.days ?? DAYS.slice(0, 5).map(([day]) => day));
  const [times, setTimes] = useState<readonly string[]>(schedule?.times ?? ['18:00']);
  const [send, setSend] = useState<Schedule['send']>(schedule?.send ?? 'everything');
  const [departmentId, setDepartment] = useState(schedule?.departmentId ?? '');
  const [unapplied, setUnapplied] = useState(schedule?.acknowledge.includes('payments-without-invoices') ?? false);
  const save = useMutation({
    mutationFn: () =>
      answerOf(
        api.PUT('/v1/companies/{company}/targets/{target}/schedule', {
          params: { path: { company: company.id, target: target.id } },
          body: {
            days: [...days],
            times: [...times],
            send,
            ...(departmentId === '' ? {} : { departmentId }),
            acknowledge: unapplied ? ['payments-without-invoices'] : [],
          },
        }),
      ),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: [company.id] });
      onDone();
    },
  });
  const known = departments.data ?? [];
  return (
    <form
      className="stack settings"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <fieldset className="group">
        <legend>Days</legend>
        <div className="chips">
          {DAYS.map(([day, words]) => (
            <label key={day}>
              <input
                type="checkbox"
                checked={days.includes(day)}
                onChange={({ target: { checked } }) => setDays(checked ? [...days, day] : days.filter((other) => other !== day))}
              />{' '}
              {words}
            </label>
          ))}
        </div>
        {days.length === 0 && <p className="wrong">Choose at least one day.</p>}
      </fieldset>
      <fieldset className="group">
        <legend>Times ({company.timeZone})</legend>
        {times.map((time, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a time has no other identity while someone types it
          <div className="row" key={row}>
            <div className="field">
              <label htmlFor={`${id}-time-${row}`}>Time {row + 1}</label>
              <input
                id={`${id}-time-${row}`}
                type="time"
                required
                value={time}
                onChange={({ target: { value } }) => setTimes(times.with(row, value.slice(0, 5)))}
              />
            </div>
            {times.length > 1 && (
              <Button kind="quiet" aria-label={`Remove time ${row + 1}`} onPress={() => setTimes(times.toSpliced(row, 1))}>
                ×
              </Button>
            )}
          </div>
        ))}
        <Button onPress={() => setTimes([...times, ''])}>Add a time</Button>
      </fieldset>
      <div className="field">
        <label htmlFor={`${id}-send`}>Records to send</label>
        <select id={`${id}-send`} value={send} onChange={({ target: { value } }) => setSend(value as Schedule['send'])}>
          {Object.entries(SENDS).map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>
      </div>
      <div className="field">
        <label htmlFor={`${id}-department`}>Department</label>
        <select id={`${id}-department`} value={departmentId} onChange={({ target: { value } }) => setDepartment(value)}>
          <option value="">All departments</option>
          {departmentId !== '' && known.every((one) => one.id !== departmentId) && (
            <option value={departmentId}>{departmentId}</option>
          )}
          {known.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </select>
      </div>
      <div className="field check">
        <label htmlFor={`${id}-unapplied`}>
          <input
            id={`${id}-unapplied`}
            type="checkbox"
            checked={unapplied}
            aria-describedby={`${id}-unapplied-help`}
            onChange={({ target: { checked } }) => setUnapplied(checked)}
          />{' '}
          Send payments without their invoices
        </label>
        <p className="aside" id={`${id}-unapplied-help`}>
          These payments stay unapplied in the books until their invoices follow. If this is off, a run with such payments starts
          no batch and asks you to choose.
        </p>
      </div>
      <Trouble error={save.error} />
      <div className="buttons">
        <Button kind="main" type="submit" isDisabled={save.isPending || days.length === 0}>
          Save schedule
        </Button>
        <Button onPress={onDone}>Cancel</Button>
      </div>
    </form>
  );
}
