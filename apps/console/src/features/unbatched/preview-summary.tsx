import { PROBLEM_CODES, type ProblemCode } from '@ledgerpost/core';
import type { Preview, Target } from '../../api/queries.ts';
import { useCompany } from '../../ui/company.ts';
import { Note, SmallTable } from '../../ui/parts.tsx';
import { money, sum } from '../../ui/show.ts';
import { capitalized, counted, number, operationName, recordName } from '../../ui/words.ts';
import { CureLink } from './cure-link.tsx';

/** What a batch would send, what it needs, what stays unbatched, and the problems. */
export function PreviewSummary({ preview, target }: { readonly preview: Preview; readonly target: Target }) {
  const { currency } = useCompany();
  const { totals, notSelected, problems, problemCounts } = preview;
  const operations = Object.entries(totals.operations);
  const stopping = problems.filter(({ severity }) => severity === 'problem');
  const others = problems.filter(({ severity }) => severity !== 'problem');
  return (
    <>
      {operations.length === 0 ? (
        <Note tone="warn">Nothing in this selection can be sent.</Note>
      ) : (
        <SmallTable
          caption="Documents to send"
          heads={['Document', 'Count', 'Total']}
          numbers={['Count', 'Total']}
          rows={[
            ...operations.map(([operation, { documents, amount }]) => [
              operationName(operation),
              number(documents),
              money(amount, currency),
            ]),
            ['Includes sales tax', '', money(totals.tax, currency)],
          ]}
        />
      )}
      <Names names={preview.names} target={target} />
      {notSelected.length > 0 && (
        <details>
          <summary>{counted(sum(notSelected.map(({ documents }) => documents)), 'record')} can’t be sent now</summary>
          <SmallTable
            caption="Stays unbatched"
            heads={['Reason', 'Count', 'Total']}
            numbers={['Count', 'Total']}
            rows={notSelected.map(({ reason, documents, amount }) => [
              meaningOf(reason),
              number(documents),
              money(amount, currency),
            ])}
          />
        </details>
      )}
      {stopping.length > 0 && (
        <details open>
          <summary>
            {counted(stopping.length, 'problem')}
            {Object.keys(problemCounts).length > 0 && ': these records stay unbatched'}
          </summary>
          <ProblemList problems={stopping} target={target} />
        </details>
      )}
      {others.length > 0 && (
        <details>
          <summary>{counted(others.length, 'notice')}</summary>
          <ProblemList problems={others} target={target} />
        </details>
      )}
    </>
  );
}

/** What a problem code means, in a sentence. */
function meaningOf(code: string): string {
  return Object.hasOwn(PROBLEM_CODES, code) ? PROBLEM_CODES[code as ProblemCode].meaning : code;
}

/** How many names or problems are listed. */
const LISTED = 50;

function Names({ names, target }: { readonly names: Preview['names']; readonly target: Target }) {
  const used = [
    ...(names.customers > 0 ? [counted(names.customers, 'customer')] : []),
    ...(names.items.length > 0 ? [counted(names.items.length, 'product or service', 'products and services')] : []),
  ];
  if (used.length === 0) return null;
  const creates =
    target.capabilities.delivery === 'files'
      ? 'Any that are missing in the books are created when you load the files.'
      : `Any that are missing in ${target.name} will be created.`;
  return (
    <div>
      <p>
        This batch uses {used.join(' and ')}. {creates}
      </p>
      {names.items.length > 0 && (
        <details>
          <summary>Products and services</summary>
          <p className="aside">
            {names.items.slice(0, LISTED).join(', ')}
            {names.items.length > LISTED && ` and ${number(names.items.length - LISTED)} more`}
          </p>
        </details>
      )}
    </div>
  );
}

function ProblemList({ problems, target }: { readonly problems: Preview['problems']; readonly target: Target }) {
  return (
    <ul className="problems">
      {problems.slice(0, LISTED).map((problem) => {
        const { code, number: name, record, message, severity, field } = problem;
        return (
          <li key={`${code} ${record.type} ${record.id} ${field} ${message}`} className={severity}>
            <strong>
              {capitalized(recordName(record.type))} {name || record.id}
            </strong>{' '}
            {message}
            <CureLink problem={problem} target={target} />
          </li>
        );
      })}
      {problems.length > LISTED && <li>and {number(problems.length - LISTED)} more</li>}
    </ul>
  );
}
