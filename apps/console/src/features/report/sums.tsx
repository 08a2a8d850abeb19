import type { ReactNode } from 'react';
import type { Report } from '../../api/queries.ts';
import { ACCOUNT_ROLES, DEFAULT_ACCOUNT } from '../../ui/account-words.ts';
import { useAddress } from '../../ui/address.ts';
import { useCompany } from '../../ui/company.ts';
import { SmallTable } from '../../ui/parts.tsx';
import { money, sum } from '../../ui/show.ts';
import { itemStateWords } from '../../ui/states.ts';
import { counted, number, operationName } from '../../ui/words.ts';

/** The sums of a report: by kind, account, class, department, tax code, agency, deposit account and state. */
export function Sums({ report }: { readonly report: Report }) {
  const { currency } = useCompany();
  const [address, setAddress] = useAddress();
  if (report.documents === 0 && report.operations.length === 0)
    return <p className="empty">Nothing from this batch is in the books.</p>;
  const byFiles = report.books.by === 'hand';
  const loaded = report.batch.confirmedAt !== null;
  const everything = byFiles || address.get('rows') === 'all';
  const shared = { byFiles, everything, system: report.batch.targetName };
  const sides = (amount: number) =>
    amount === 0 ? money(0, currency) : `${money(Math.abs(amount), currency)}\u00a0${amount > 0 ? 'Dr' : 'Cr'}`;
  return (
    <>
      {!byFiles && (
        <label className="check no-print">
          <input
            type="checkbox"
            checked={everything}
            onChange={({ target }) => setAddress({ rows: target.checked ? 'all' : undefined })}
          />{' '}
          Show rows without a difference
        </label>
      )}
      <Beside
        caption="By kind"
        foots={false}
        heads={['Document']}
        rows={report.operations}
        {...shared}
        keys={({ operation }) => [operationName(operation)]}
      />
      <Beside
        caption="By account and class"
        heads={['Account', 'Role', 'Class']}
        rows={report.accounts}
        {...shared}
        keys={({ account, role, class: name }) => [account ?? DEFAULT_ACCOUNT, ACCOUNT_ROLES[role], name ?? '']}
        show={sides}
      />
      <Beside
        caption="By class, without tax"
        heads={['Class']}
        rows={report.classes}
        {...shared}
        keys={(row) => [row.class ?? NONE]}
      />
      <Beside
        caption="By department"
        foots={false}
        heads={['Department', 'Kind']}
        rows={report.departments}
        {...shared}
        keys={({ department, kind }) => [department ?? NONE, KINDS[kind]]}
      />
      <Beside caption="Sales tax" heads={['Tax code']} rows={report.taxes} {...shared} keys={({ code }) => [code ?? NONE]} />
      <Beside
        caption="Sales tax by agency"
        heads={['Agency']}
        rows={report.agencies}
        {...shared}
        keys={({ agency }) => [agency ?? 'Ours, not divided']}
      />
      <Beside
        caption="Deposits"
        heads={['Deposit account']}
        rows={report.deposits}
        {...shared}
        keys={({ account }) => [account ?? DEFAULT_ACCOUNT]}
      />
      <SmallTable
        caption="By state"
        heads={['State', 'Count']}
        numbers={['Count']}
        rows={report.outcomes.map(({ state, documents }) => [
          itemStateWords(state, byFiles ? 'files' : 'push', loaded, report.batch.state),
          number(documents),
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
  /** Only a person can check the books: then there is a column to fill in. */
  readonly byFiles: boolean;
  /** Whether rows without a difference are shown too. They always count in the total. */
  readonly everything: boolean;
  /** The name of the accounting system. */
  readonly system: string;
  /** Whether the rows are of one kind: invoices and payments are never added up. */
  readonly foots?: boolean;
  keys(row: T): readonly string[];
  /** How an amount is written, where it is not plain money. */
  show?(amount: number): string;
}

/** Rows of sums, posted beside those in the books, with their total. */
function Beside<T extends Sides>({
  caption,
  heads,
  rows,
  byFiles,
  everything,
  system,
  foots = true,
  keys,
  show,
}: BesideProps<T>) {
  const { currency } = useCompany();
  if (rows.length === 0) return null;
  const written = show ?? ((amount: number) => money(amount, currency));
  const known = rows.every(({ books }) => books !== null);
  const total = (of: (row: T) => number) => written(sum(rows.map(of)));
  const posted = (row: T): ReactNode[] => [number(row.ours.documents), written(row.ours.amount)];
  const inTheBooks = ({ ours, books }: T): ReactNode[] => {
    if (books === null) return [UNKNOWN, UNKNOWN, UNKNOWN];
    const part = books.of.documents < ours.documents;
    return [
      number(books.documents),
      <span key="books">
        {written(books.amount)}
        {part && <span className="aside"> for {written(books.of.amount)} posted</span>}
      </span>,
      books.difference === 0 ? written(0) : <strong key="difference">{written(books.difference)}</strong>,
    ];
  };
  const numbers = byFiles
    ? ['Count', 'Batch total', 'In the books']
    : ['Count', 'Ours', `Count in ${system}`, system, 'Difference'];
  // Unknown is not zero: only where the books are known, and the same, is there nothing to see.
  const shown = everything ? rows : rows.filter(({ books }) => books === null || books.difference !== 0);
  const hidden = rows.length - shown.length;
  return (
    <div className="sums">
      <SmallTable
        caption={caption}
        heads={[...heads, ...numbers]}
        numbers={numbers}
        rows={[
          ...shown.map((row) => [...keys(row), ...posted(row), ...(byFiles ? [FILL] : inTheBooks(row))]),
          ...(foots
            ? [
                [
                  'Total',
                  ...heads.slice(1).map(() => ''),
                  '',
                  total((row) => row.ours.amount),
                  ...(byFiles
                    ? [FILL]
                    : known
                      ? ['', total(({ books }) => books!.amount), total(({ books }) => books!.difference)]
                      : ['', UNKNOWN, UNKNOWN]),
                ],
              ]
            : []),
        ]}
        named
      />
      {hidden > 0 && <p className="aside">{counted(hidden, 'row has', 'rows have')} no difference.</p>}
    </div>
  );
}

const NONE = 'None';
/** An amount that the books did not report. */
export const UNKNOWN = (
  <span key="unknown" className="aside">
    Not known
  </span>
);
const FILL = <span key="fill" className="fill" />;
const KINDS = { invoice: 'Invoices', payment: 'Payments', journal: 'Refund journals', creditMemo: 'Credit memos' } as const;
