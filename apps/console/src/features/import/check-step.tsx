import { useState } from 'react';
import { Link } from 'wouter';
import { answerOf, api } from '../../api/client.ts';
import { useMay } from '../../api/session.ts';
import { useCompany } from '../../ui/company.ts';
import { Button, Note, SmallTable } from '../../ui/parts.tsx';
import { Progress } from '../../ui/progress.tsx';
import { Refused } from '../../ui/refused.tsx';
import { money, when } from '../../ui/show.ts';
import { capitalized, counted, listed, number, operationName } from '../../ui/words.ts';
import { meaningOf } from '../causes/cause-words.ts';
import { CoverForm } from './cover-form.tsx';
import { Findings } from './findings.tsx';
import { ACKNOWLEDGE, PHASES, recordsIn, TYPES, timeLeft } from './import-words.ts';
import { type Import, type ImportReport, isAtWork } from './queries.ts';
import { useAct } from './use-act.ts';

/** What an import would do, before anything is written; and its start. */
export function CheckStep({ it }: { readonly it: Import }) {
  const { id: company } = useCompany();
  const mayImport = useMay('source');
  const path = { company, import: it.id };
  const [known, setKnown] = useState<ReadonlySet<string>>(new Set());
  const check = useAct(it, () =>
    answerOf(api.POST('/v1/companies/{company}/imports/{import}:check', { params: { path } } as never)),
  );
  const apply = useAct(
    it,
    () =>
      answerOf(
        api.POST('/v1/companies/{company}/imports/{import}:apply', {
          params: { path },
          body: { digest: it.digest ?? '', acknowledge: [...known] },
        } as never),
      ),
    'done',
  );
  if (isAtWork(it)) return <AtWork it={it} />;
  const { report } = it;
  if (report === null)
    return (
      <div className="stack">
        <p className="empty">Files, mapping or corrections changed since the last check, or there was none.</p>
        {mayImport && (
          <div className="buttons">
            <Button kind="main" isDisabled={check.isPending} onPress={() => check.mutate(undefined)}>
              Check what would come in
            </Button>
          </div>
        )}
        {check.isError && <Refused error={check.error} />}
      </div>
    );
  const coming = recordsIn(report);
  const absent = report.acknowledge.includes('absent-records') ? (report.absent?.records ?? 0) : 0;
  const acts = [
    ...(coming === '' ? [] : [`import ${coming}`]),
    ...(absent === 0 ? [] : [`${it.cover?.choice === 'void' ? 'void' : 'remove'} ${counted(absent, 'record')}`]),
  ];
  const isReady = report.acknowledge.every((one) => known.has(one)) && report.questions.length === 0;
  return (
    <div className="stack">
      <Report report={report} />
      <Findings it={it} report={report} />
      {(it.state === 'checked' || it.state === 'open') && <CoverForm key={JSON.stringify(it.cover)} it={it} />}
      {mayImport && it.state === 'checked' && (
        <>
          {report.acknowledge.length > 0 && (
            <fieldset className="group">
              <legend>This import would also</legend>
              {report.acknowledge.map((one) => (
                <label key={one} className="check">
                  <input
                    type="checkbox"
                    checked={known.has(one)}
                    onChange={({ target }) => {
                      const next = new Set(known);
                      if (target.checked) next.add(one);
                      else next.delete(one);
                      setKnown(next);
                    }}
                  />{' '}
                  {ACKNOWLEDGE[one]}
                </label>
              ))}
            </fieldset>
          )}
          {apply.isError && <Refused error={apply.error} />}
          <div className="buttons">
            <Button
              kind="main"
              isDisabled={apply.isPending || !isReady || acts.length === 0}
              onPress={() => apply.mutate(undefined)}
            >
              {apply.isPending ? 'Starting …' : acts.length === 0 ? 'Nothing to import' : capitalized(listed(acts))}
            </Button>
            <Button isDisabled={check.isPending} onPress={() => check.mutate(undefined)}>
              Check again
            </Button>
            <Link className="button" href={`/import/${it.id}/mapping`}>
              Change the mapping
            </Link>
          </div>
        </>
      )}
    </div>
  );
}

/** The progress of a check, an apply or an undo. */
export function AtWork({ it: { progress } }: { readonly it: Import }) {
  if (progress === null) return <Progress label="Starting" done={0} of={0} />;
  const { phase, done, of, perSecond, secondsLeft } = progress;
  return (
    <section aria-label="Progress" className="progress-box">
      <Progress label={PHASES[phase]} done={done} of={of} />
      <p className="aside">
        {number(done)} so far{perSecond > 0 && `, ${number(Math.round(perSecond))} a second`}
        {secondsLeft !== null && `, ${timeLeft(secondsLeft)}`}. You may leave this page.
      </p>
    </section>
  );
}

function Report({ report }: { readonly report: ImportReport }) {
  const { currency, timeZone } = useCompany();
  const { types, totals, targets, seen, absent, leftOut, rows, unreadable, heldBack } = report;
  const cell = (sum: { records: number; amount: number } | undefined) =>
    sum === undefined || sum.records === 0
      ? ''
      : `${number(sum.records)}${sum.amount === 0 ? '' : ` (${money(sum.amount, currency)})`}`;
  return (
    <>
      {seen !== null && <Note tone="plain">The same files were imported on {when(seen.appliedAt, timeZone)}.</Note>}
      <SmallTable
        caption={`${counted(rows, 'row')} in the files`}
        heads={['Record', 'New', 'Changed', 'In the books', 'Unchanged', 'Held back']}
        numbers={['New', 'Changed', 'In the books', 'Unchanged', 'Held back']}
        rows={Object.entries(types).map(([type, counts]) => [
          capitalized(TYPES[type]?.[1] ?? type),
          cell(counts?.new),
          cell(counts && add(counts.changed, counts.mappingChanged)),
          cell(counts?.posted),
          cell(counts && add(counts.unchanged, counts.kept)),
          cell(counts?.asked),
        ])}
        named
      />
      {unreadable + heldBack > 0 && (
        <Note tone="warn">
          {counted(unreadable, 'row')} can’t be read, and {counted(heldBack, 'record')} held back. They are listed below.
        </Note>
      )}
      {Object.keys(leftOut).length > 0 && (
        <SmallTable
          sorts
          caption="Rows that make no record"
          heads={['Why', 'Rows']}
          numbers={['Rows']}
          rows={Object.entries(leftOut).map(([why, count]) => [why, number(count)])}
        />
      )}
      {totals.length > 0 && (
        <SmallTable
          sorts
          caption="Totals that the files state"
          heads={['File', 'Column', 'In the file', 'Ours', 'Result']}
          numbers={['In the file', 'Ours']}
          rows={totals.map(({ file, column, stated, ours, agrees }) => [
            file,
            column,
            stated,
            ours,
            agrees ? 'Agrees' : 'Differs',
          ])}
        />
      )}
      {absent !== null && absent.records > 0 && (
        <Note tone="warn">
          {counted(absent.records, 'record')} ({money(absent.amount, currency)}) {absent.records === 1 ? 'is' : 'are'} no longer
          in the files.{' '}
          {absent.unsure ??
            (report.acknowledge.includes('absent-records')
              ? 'The import voids or removes them.'
              : 'They are only listed, and stay as they are.')}
        </Note>
      )}
      {targets.map(({ target, name, operations, notSelected, problemCounts, refused, records, of }) => (
        <section key={target} aria-label={`At ${name}`}>
          <SmallTable
            sorts
            caption={`What they would be at ${name}${records < of ? ` (the first ${number(records)})` : ''}`}
            heads={['Document', 'Count', 'Total']}
            numbers={['Count', 'Total']}
            rows={[
              ...Object.entries(operations).map(([operation, { documents, amount }]) => [
                operationName(operation),
                number(documents),
                money(amount, currency),
              ]),
              ...notSelected.map(({ reason, documents, amount }) => [
                meaningOf(reason),
                number(documents),
                money(amount, currency),
              ]),
            ]}
          />
          {refused !== null && <Note tone="warn">{refused.message}</Note>}
          {Object.entries(problemCounts).map(([code, count]) => (
            <p key={code} className="aside">
              {counted(count, 'document')}: {meaningOf(code)}
            </p>
          ))}
        </section>
      ))}
      {report.questions.map(({ file, column }) => (
        <Note key={`${file} ${column}`} tone="warn">
          “{column}” of {file} can be read in two ways. Answer the question in the mapping, then check again.
        </Note>
      ))}
    </>
  );
}

type Sum = { readonly records: number; readonly amount: number };
const add = (a: Sum, b: Sum): Sum => ({ records: a.records + b.records, amount: a.amount + b.amount });
