import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answerOf, api } from '../../api/client.ts';
import { useMay } from '../../api/session.ts';
import { useCompany } from '../../ui/company.ts';
import { Button, Loading, SmallTable, Trouble } from '../../ui/parts.tsx';
import { Refused } from '../../ui/refused.tsx';
import { ShowMore, useRows } from '../../ui/tables/paged.tsx';
import { type Finding, type FindingKind, type FindingSort, findingsQuery, type Import, type ImportReport } from './queries.ts';
import { useAct } from './use-act.ts';

const KINDS: readonly (readonly [FindingKind, string])[] = [
  ['unreadable', 'Rows that can’t be read'],
  ['held-back', 'Records held back'],
  ['asked', 'Records that may be here already'],
  ['changed', 'Changes'],
  ['absent', 'No longer in the files'],
  ['kept', 'Brought another way, and left alone'],
  ['left-out', 'Rows left out'],
  ['note', 'Notes'],
];

/** What the last check found, one list a kind, with the ways to fix it. */
export function Findings({ it, report }: { readonly it: Import; readonly report: ImportReport }) {
  const kinds = KINDS.filter(([kind]) => isFound(kind, report));
  return kinds.map(([kind, title]) => (
    <details key={kind} open={kind === 'unreadable' || kind === 'asked'}>
      <summary>{title}</summary>
      <Found it={it} kind={kind} title={title} />
    </details>
  ));
}

function isFound(kind: FindingKind, report: ImportReport): boolean {
  const any = (of: (counts: NonNullable<ImportReport['types'][keyof ImportReport['types']]>) => number) =>
    Object.values(report.types).some((counts) => counts !== undefined && of(counts) > 0);
  switch (kind) {
    case 'unreadable':
      return report.unreadable > 0;
    case 'held-back':
      return report.heldBack > 0;
    case 'asked':
      return any(({ asked }) => asked.records);
    case 'changed':
      return any(({ changed, mappingChanged }) => changed.records + mappingChanged.records);
    case 'kept':
      return any(({ kept }) => kept.records);
    case 'absent':
      return (report.absent?.records ?? 0) > 0;
    case 'left-out':
      return Object.keys(report.leftOut).length > 0;
    case 'note':
      return Object.keys(report.notes).length > 0;
    case 'left':
      return false;
    default:
      return kind satisfies never;
  }
}

export function Found({ it, kind, title }: { readonly it: Import; readonly kind: FindingKind; readonly title: string }) {
  const { id: company } = useCompany();
  const [sort, setSort] = useState<FindingSort>('seq');
  const query = useInfiniteQuery({ ...findingsQuery(company, it, kind, sort), placeholderData: (former) => former });
  const rows = useRows(query);
  const isAdmin = useMay();
  const mayFix = useMay('source') && it.state === 'checked';
  const correct = useAct(it, ({ file, row, column, value }: Fix) =>
    answerOf(
      api.PUT('/v1/companies/{company}/imports/{import}/corrections', {
        params: { path: { company, import: it.id } },
        body: {
          corrections: [
            ...it.corrections.filter((one) => one.file !== file || one.row !== row || one.column !== column),
            { file, row, column, value },
          ],
        },
      } as never),
    ),
  );
  const decide = useAct(it, (answers: readonly Answer[]) =>
    answerOf(
      api.POST('/v1/companies/{company}/imports/{import}:decide', {
        params: { path: { company, import: it.id } },
        body: { answers },
      } as never),
    ),
  );
  const files = [...new Set(rows.flatMap(({ file }) => file ?? []))];
  if (query.isPending) return <Loading what="the list" />;
  return (
    <>
      <Trouble error={query.error} />
      {(correct.isError || decide.isError) && <Refused error={(correct.error ?? decide.error)!} />}
      <SmallTable
        caption={title}
        heads={['Place', 'Value', 'Why', 'Fix']}
        paged={{
          columns: { Place: 'place', Value: 'value', Why: 'message' },
          sort,
          onSort: (next) => setSort(next as FindingSort),
        }}
        rows={rows.map((finding) => [
          placeOf(finding),
          finding.value ?? '',
          finding.message,
          kind === 'unreadable' && mayFix && isCell(finding) ? (
            <Correct key="fix" finding={finding} isPending={correct.isPending} onCorrect={(fix) => correct.mutate(fix)} />
          ) : kind === 'asked' && isAdmin && it.state === 'checked' ? (
            <Decide key="decide" finding={finding} onAnswer={(answer) => decide.mutate([answer])} />
          ) : (
            ''
          ),
        ])}
      />
      <ShowMore query={query}>Show more</ShowMore>
      {kind === 'unreadable' &&
        files.map((file) => (
          <p key={file}>
            <a
              href={`/v1/companies/${encodeURIComponent(company)}/imports/${it.id}/files/${encodeURIComponent(file)}/errors`}
              download
            >
              Download the rows of {file} that can’t be read
            </a>
          </p>
        ))}
    </>
  );
}

interface Fix {
  readonly file: string;
  readonly row: number;
  readonly column: string;
  readonly value: string;
}

interface Answer {
  readonly type: string;
  readonly id: string;
  readonly answer: 'same' | 'another';
  readonly candidate: string;
}

type Cell = Finding & { readonly file: string; readonly row: number; readonly column: string };
const isCell = (finding: Finding): finding is Cell => finding.file !== null && finding.row !== null && finding.column !== null;

function placeOf({ file, row, column, record }: Finding): string {
  const place = [file, row === null ? null : `row ${row}`, column].filter((part) => part !== null).join(', ');
  return place === '' ? `${record?.type ?? ''} ${record?.id ?? ''}`.trim() : place;
}

/** Corrects one cell; the file stays as it came. */
function Correct({
  finding,
  isPending,
  onCorrect,
}: {
  readonly finding: Cell;
  readonly isPending: boolean;
  onCorrect(fix: Fix): void;
}) {
  const { file, row, column } = finding;
  const [value, setValue] = useState(finding.value ?? '');
  return (
    <form
      className="inline"
      onSubmit={(event) => {
        event.preventDefault();
        onCorrect({ file, row, column, value });
      }}
    >
      <input aria-label={`${column} in row ${row}`} value={value} onChange={({ target }) => setValue(target.value)} />
      <Button type="submit" isDisabled={isPending}>
        Correct
      </Button>
    </form>
  );
}

/** Whether a record is the one that is here already, or another. */
function Decide({ finding, onAnswer }: { readonly finding: Finding; onAnswer(answer: Answer): void }) {
  const candidate = (finding.details?.candidate as { id?: string } | undefined)?.id;
  const { record } = finding;
  if (candidate === undefined || record === null) return null;
  const give = (answer: Answer['answer']) => onAnswer({ type: record.type, id: record.id, answer, candidate });
  return (
    <div className="buttons">
      <Button onPress={() => give('same')}>The same</Button>
      <Button onPress={() => give('another')}>Another</Button>
    </div>
  );
}
