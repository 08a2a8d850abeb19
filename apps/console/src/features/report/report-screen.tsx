import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect } from 'react';
import { Link, useParams } from 'wouter';
import { type Report, reportQuery, verificationQuery } from '../../api/queries.ts';
import { useMay, useSession } from '../../api/session.ts';
import { useCompany } from '../../ui/company.ts';
import { Button, Facts, Loading, Note, SmallTable, Trouble } from '../../ui/parts.tsx';
import { money, sum, when, who } from '../../ui/show.ts';
import { useTitle } from '../../ui/use-title.ts';
import { BATCH_STATES, counted, ITEM_STATES, operationName } from '../../ui/words.ts';
import { useVerify } from '../batches/verify.ts';

/** What a batch came to, ours beside the books': to look at, to print, to take along as a workbook. */
export function ReportScreen() {
  const company = useCompany();
  const { batch: id } = useParams<{ batch: string }>();
  const query = useQuery(reportQuery(company.id, id));
  const title = query.data === undefined ? 'Report' : `Report of ${query.data.batch.name}`;
  useTitle(title);
  return (
    <>
      <p className="crumbs">
        <Link href="/batches">Previous batches</Link> ›{' '}
        <Link href={`/batches/${id}`}>{query.data?.batch.name ?? 'The batch'}</Link>
      </p>
      <h1>{title}</h1>
      {query.isPending && <Loading what="the report" />}
      <Trouble error={query.error} />
      {query.data !== undefined && <Shown report={query.data} />}
    </>
  );
}

function Shown({ report }: { readonly report: Report }) {
  const { id: company, timeZone, name } = useCompany();
  const session = useSession();
  const mayVerify = useMay('poster');
  const { batch, books } = report;
  const verify = useVerify(company, batch.id);
  const running = books.verification?.state === 'running';
  const looked = useLooked(batch.id, running);
  const at = `/v1/companies/${encodeURIComponent(company)}/batches/${batch.id}/report.xlsx`;
  return (
    <article className="report">
      <Facts
        facts={[
          ['Company', name],
          ['Accounting system', batch.targetName],
          ['Started', `${when(batch.startedAt, timeZone)} by ${who(batch.startedBy)}`],
          ['Ended', when(batch.endedAt, timeZone)],
          ['State', BATCH_STATES[batch.state]],
          ['Documents in the books', report.documents.toLocaleString('en-US')],
          ...(books.by === 'hand' ? [['Confirmed as loaded', confirmed(batch, timeZone)] as const] : []),
        ]}
      />
      <p className="on-paper">
        Printed {when(new Date().toISOString(), timeZone)} by {who(session.actor)}
      </p>
      <div className="buttons acts">
        {mayVerify && books.by === 'target' && report.documents > 0 && (
          <Button kind="main" isDisabled={verify.isPending || running} onPress={() => verify.mutate()}>
            {running ? `Verifying … ${looked.toLocaleString('en-US')}` : 'Verify now'}
          </Button>
        )}
        {!running && (
          <a className="button" href={at} download>
            Download xlsx
          </a>
        )}
        <Button onPress={() => window.print()}>Print / PDF</Button>
      </div>
      <Trouble error={verify.error} />
      <Source report={report} />
      <Sums report={report} />
      <Differing report={report} />
    </article>
  );
}

/** How many documents a verification has looked at; once it has ended, the report is asked anew. Summing up takes longer than that. */
function useLooked(batch: string, running: boolean): number {
  const { id: company } = useCompany();
  const queries = useQueryClient();
  const { data, dataUpdatedAt } = useQuery({
    ...verificationQuery(company, batch),
    enabled: running,
    refetchInterval: running ? 1_000 : false,
  });
  const ended = running && data != null && data.state !== 'running';
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again by each answer, for what ended may have been an earlier one
  useEffect(() => {
    if (ended) void queries.invalidateQueries({ queryKey: reportQuery(company, batch).queryKey });
  }, [ended, dataUpdatedAt, queries, company, batch]);
  return data ? sum(Object.values(data.counts)) : 0;
}

/** Where the books' side comes from, and how far it goes. */
function Source({ report: { books, documents } }: { readonly report: Report }) {
  const { timeZone } = useCompany();
  const { verification, looked, linesTold, superseded, how } = books;
  if (documents === 0) return null;
  if (verification === null) {
    return (
      <Note tone="plain" label="The books’ side">
        <p>
          What the books say is unknown. {how}
          {books.by === 'hand' && ' The tables have a column to fill in, on paper and in the workbook.'}
        </p>
      </Note>
    );
  }
  const left = documents - looked - superseded;
  return (
    <Note tone={verification.state === 'failed' ? 'warn' : 'plain'} label="The books’ side">
      <p>
        The books’ side was read by verification {verification.run},{' '}
        {when(verification.endedAt ?? verification.startedAt, timeZone)}, asked for by {who(verification.startedBy)}.
        {verification.state === 'running' && ' It is under way.'} {verification.reason?.message}
      </p>
      {left > 0 && (
        <p>
          {counted(left, 'document was', 'documents were')} not looked at: what the books say of them is unknown. {how}
        </p>
      )}
      {superseded > 0 && (
        <p>
          {counted(superseded, 'document was', 'documents were')} replaced by a newer batch since. Look at that one’s report for
          what the books hold of them.
        </p>
      )}
      {linesTold < looked && (
        <p>
          Of {counted(looked - linesTold, 'document')} the books told a total and no lines: on which accounts, classes and tax
          codes it stands there is unknown.
        </p>
      )}
    </Note>
  );
}

function Sums({ report }: { readonly report: Report }) {
  const { currency } = useCompany();
  if (report.documents === 0 && report.operations.length === 0)
    return <p className="empty">Nothing of the batch stands in the books.</p>;
  const hand = report.books.by === 'hand';
  const sides = (amount: number) =>
    amount === 0 ? money(0, currency) : `${money(Math.abs(amount), currency)}\u00a0${amount > 0 ? 'Dr' : 'Cr'}`;
  return (
    <>
      <Beside
        caption="By kind"
        heads={['Document']}
        rows={report.operations}
        hand={hand}
        keys={({ operation }) => [operationName(operation)]}
      />
      <Beside
        caption="By account and class"
        heads={['Account', 'Role', 'Class']}
        rows={report.accounts}
        hand={hand}
        keys={({ account, role, class: name }) => [account ?? OWN, ROLES[role], name ?? '']}
        show={sides}
      />
      <Beside
        caption="By class, without tax"
        heads={['Class']}
        rows={report.classes}
        hand={hand}
        keys={(row) => [row.class ?? '(none)']}
      />
      <Beside
        caption="By department"
        heads={['Department', 'Kind']}
        rows={report.departments}
        hand={hand}
        keys={({ department, kind }) => [department ?? '(none)', KINDS[kind]]}
      />
      <Beside caption="Tax" heads={['Tax code']} rows={report.taxes} hand={hand} keys={({ code }) => [code ?? '(none)']} />
      <Beside
        caption="Deposits"
        heads={['Deposit account']}
        rows={report.deposits}
        hand={hand}
        keys={({ account }) => [account ?? OWN]}
      />
      <SmallTable
        caption="By outcome"
        heads={['State', 'Count', 'Total']}
        numbers={['Count', 'Total']}
        rows={report.outcomes.map(({ state, documents, amount }) => [
          ITEM_STATES[state],
          documents.toLocaleString('en-US'),
          money(amount, currency),
        ])}
        named
      />
    </>
  );
}

type Row = Report['operations'][number];
type Sides = Pick<Row, 'ours' | 'books'>;

interface BesideProps<T extends Sides> {
  readonly caption: string;
  readonly heads: readonly string[];
  readonly rows: readonly T[];
  /** Only a person can look: a column to fill in. */
  readonly hand: boolean;
  keys(row: T): readonly string[];
  /** How an amount is written, if it is not as it is. */
  show?(amount: number): string;
}

/** Rows of sums, ours beside the books', with their total. */
function Beside<T extends Sides>({ caption, heads, rows, hand, keys, show }: BesideProps<T>) {
  const { currency } = useCompany();
  if (rows.length === 0) return null;
  const written = show ?? ((amount: number) => money(amount, currency));
  const known = rows.every(({ books }) => books !== null);
  const total = (of: (row: T) => number) => written(sum(rows.map(of)));
  const ours = (row: T): ReactNode[] => [row.ours.documents.toLocaleString('en-US'), written(row.ours.amount)];
  const theirs = ({ ours: own, books }: T): ReactNode[] => {
    if (books === null) return [UNKNOWN, UNKNOWN, UNKNOWN];
    const part = books.of.documents < own.documents;
    return [
      books.documents.toLocaleString('en-US'),
      <span key="books">
        {written(books.amount)}
        {part && <span className="aside"> beside {written(books.of.amount)} of ours</span>}
      </span>,
      books.difference === 0 ? written(0) : <strong key="difference">{written(books.difference)}</strong>,
    ];
  };
  return (
    <div className="sums">
      <SmallTable
        caption={caption}
        heads={[...heads, ...NUMBERS[hand ? 'hand' : 'read']]}
        numbers={NUMBERS[hand ? 'hand' : 'read']}
        rows={[
          ...rows.map((row) => [...keys(row), ...ours(row), ...(hand ? [FILL] : theirs(row))]),
          [
            'Total',
            ...heads.slice(1).map(() => ''),
            '',
            total((row) => row.ours.amount),
            ...(hand
              ? [FILL]
              : known
                ? ['', total(({ books }) => books!.amount), total(({ books }) => books!.difference)]
                : ['', UNKNOWN, UNKNOWN]),
          ],
        ]}
        named
      />
    </div>
  );
}

const NUMBERS = {
  hand: ['Count', 'Ours', 'In the books'],
  read: ['Count', 'Ours', 'Count there', 'The books’', 'Difference'],
} as const;
const UNKNOWN = (
  <span key="unknown" className="aside">
    unknown
  </span>
);
const FILL = <span key="fill" className="fill" />;
const OWN = '(the books’ own)';
const ROLES = { income: 'Income', tax: 'Tax', receivable: 'Accounts receivable', deposit: 'Deposit', refund: 'Refund' } as const;
const KINDS = { invoice: 'Invoices', payment: 'Payments', journal: 'Refund journals', creditMemo: 'Credit memos' } as const;

/** The documents of which the books hold something else. */
function Differing({ report: { batch, differing, books } }: { readonly report: Report }) {
  const { currency } = useCompany();
  if (books.verification === null) return null;
  if (differing.count === 0) {
    return books.looked === 0 ? null : <p className="empty">No document that was looked at differs.</p>;
  }
  return (
    <>
      <SmallTable
        caption={`What differs: ${counted(differing.count, 'document')}`}
        heads={['Document', 'Customer', 'Department', 'Ours', 'The books’', 'What is said of it']}
        numbers={['Ours', 'The books’']}
        rows={differing.rows.map(({ seq, operation, number, customer, department, amount, booksTotal, finding, messages }) => [
          <Link key="document" href={`/batches/${batch.id}?document=${seq}`}>
            {operationName(operation)} {number}
          </Link>,
          customer ?? '',
          department ?? '',
          money(amount, currency),
          finding === 'gone' ? 'gone' : booksTotal === null ? UNKNOWN : money(booksTotal, currency),
          messages.join(' '),
        ])}
        named
      />
      {differing.rows.length < differing.count && (
        <p className="aside">The first {differing.rows.length}. All of them are in the workbook.</p>
      )}
    </>
  );
}

function confirmed({ confirmedAt, confirmedBy }: Report['batch'], timeZone: string): string {
  if (confirmedAt === null || confirmedBy === null) return 'Not yet';
  return `${when(confirmedAt, timeZone)} by ${who(confirmedBy)}`;
}
