import { useId, useState } from 'react';
import { answerOf, api } from '../../api/client.ts';
import { useMay } from '../../api/session.ts';
import { useCompany } from '../../ui/company.ts';
import { Button } from '../../ui/parts.tsx';
import { Refused } from '../../ui/refused.tsx';
import { ABSENT_CHOICES, coverWords, TYPES } from './import-words.ts';
import type { Import } from './queries.ts';
import { useAct } from './use-act.ts';

type Cover = NonNullable<Import['cover']>;
const COVERED = ['invoice', 'payment', 'refund', 'creditMemo'] as const satisfies readonly Cover['type'][];

/**
 * What the files cover. Only a person knows whether a record that they lack was deleted in the field-service system or just not
 * exported, so nothing is concluded until somebody says so.
 */
export function CoverForm({ it }: { readonly it: Import }) {
  const { id: company } = useCompany();
  const mayImport = useMay('source');
  const id = useId();
  const path = { company, import: it.id };
  const [type, setType] = useState<Cover['type']>(it.cover?.type ?? 'invoice');
  const [from, setFrom] = useState(it.cover?.from ?? '');
  const [to, setTo] = useState(it.cover?.to ?? '');
  const [choice, setChoice] = useState<Cover['choice']>(it.cover?.choice ?? 'leave');
  const save = useAct(
    it,
    async (cover: Cover | null) => {
      await answerOf(api.PUT('/v1/companies/{company}/imports/{import}/cover', { params: { path }, body: { cover } } as never));
      return answerOf(api.POST('/v1/companies/{company}/imports/{import}:check', { params: { path } } as never));
    },
    'check',
  );
  const end = type === 'invoice' ? 'void' : 'removed';
  const said = choice === 'leave' ? 'leave' : end;
  const isTurned = from !== '' && to !== '' && from > to;
  const [, many] = TYPES[type]!;
  if (!mayImport) return it.cover === null ? null : <p className="aside">{coverWords(it.cover)}</p>;
  return (
    <details open={it.cover !== null}>
      <summary>Records that the files no longer have</summary>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate({ type, ...(from === '' ? {} : { from }), ...(to === '' ? {} : { to }), choice: said });
        }}
      >
        <p>
          {it.cover === null
            ? 'Nothing is done about a record that the files lack, unless you say that they have all records of some days.'
            : `Your answer: ${coverWords(it.cover)}`}
        </p>
        <fieldset className="group">
          <legend>These files have all</legend>
          <div className="row">
            <div className="field">
              <label htmlFor={`${id}-type`}>Records</label>
              <select id={`${id}-type`} value={type} onChange={({ target }) => setType(target.value as Cover['type'])}>
                {COVERED.map((one) => (
                  <option key={one} value={one}>
                    {TYPES[one]![1]}, whatever their status
                  </option>
                ))}
              </select>
            </div>
            <div className="field">
              <label htmlFor={`${id}-from`}>From</label>
              <input id={`${id}-from`} type="date" value={from} onChange={({ target }) => setFrom(target.value)} />
            </div>
            <div className="field">
              <label htmlFor={`${id}-to`}>To</label>
              <input id={`${id}-to`} type="date" value={to} onChange={({ target }) => setTo(target.value)} />
            </div>
          </div>
          {isTurned && <p className="wrong">The first day is after the last one.</p>}
        </fieldset>
        <fieldset className="group">
          <legend>If {many} of these days are no longer in the files</legend>
          {(['leave', end] as const).map((one) => (
            <label key={one} className="check">
              <input type="radio" name={`${id}-choice`} checked={said === one} onChange={() => setChoice(one)} />{' '}
              {ABSENT_CHOICES[one]}
            </label>
          ))}
          <p className="aside">
            What is in the books becomes an update or a problem in the next batch. Only records that such files brought before are
            looked at.
          </p>
        </fieldset>
        {save.isError && <Refused error={save.error} />}
        <div className="buttons">
          <Button type="submit" isDisabled={save.isPending || isTurned}>
            {save.isPending ? 'Checking …' : 'Check with this'}
          </Button>
          {it.cover !== null && (
            <Button isDisabled={save.isPending} onPress={() => save.mutate(null)}>
              The files don’t have all
            </Button>
          )}
        </div>
      </form>
    </details>
  );
}
