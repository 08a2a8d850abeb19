import { Link } from 'wouter';
import type { Preview, Selection, Target } from '../../api/queries.ts';
import { useCompany } from '../../ui/company.ts';
import { Button, Note, SmallTable, Trouble } from '../../ui/parts.tsx';
import { money, sum } from '../../ui/show.ts';
import { counted, listed, number, operationName } from '../../ui/words.ts';
import { CauseList } from '../causes/cause-list.tsx';
import { meaningOf } from '../causes/cause-words.ts';
import { useSaveProblems } from '../causes/use-save-problems.ts';
import { stayingIn } from './totals.ts';

interface PreviewSummaryProps {
  readonly preview: Preview;
  readonly selection: Selection;
  readonly target: Target;
}

/** What a batch would send, what it needs, what stays unbatched, and the problems. */
export function PreviewSummary({ preview, selection, target }: PreviewSummaryProps) {
  const { currency } = useCompany();
  const { totals, notSelected, causes } = preview;
  const operations = Object.entries(totals.operations);
  const stopping = causes.filter(({ severity }) => severity === 'problem');
  const others = causes.filter(({ severity }) => severity !== 'problem');
  const save = useSaveProblems(target.id, selection);
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
            rows={notSelected.map(({ reason, documents, amount, sentence }) => [
              sentence ?? meaningOf(reason),
              number(documents),
              money(amount, currency),
            ])}
          />
        </details>
      )}
      {stopping.length > 0 && (
        <details open>
          <summary>{counted(stayingIn(preview), 'record')} can’t be sent, by cause</summary>
          <CauseList causes={stopping} target={target} />
          <Button isDisabled={save.isPending} onPress={() => save.mutate()}>
            {save.isPending ? 'Exporting …' : 'Export problems as CSV'}
          </Button>
          <Trouble error={save.error} />
        </details>
      )}
      {others.length > 0 && (
        <details>
          <summary>{counted(others.length, 'notice')}</summary>
          <CauseList causes={others} target={target} />
        </details>
      )}
    </>
  );
}

/** How many names are listed. */
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
      : names.matching === undefined
        ? `Any that are missing in ${target.name} will be created.`
        : matchingWords(names.matching, target.name);
  return (
    <div>
      <p>
        This batch uses {used.join(' and ')}. {creates}
        {names.matching !== undefined && (
          <>
            {' '}
            <Link href={`/matching/${target.id}`}>Open Matching</Link>
          </>
        )}
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

type Matching = NonNullable<Preview['names']['matching']>;

/** "2 will be created in QuickBooks, 5 will be linked by their names and 1 needs matching first." */
function matchingWords({ customer, item }: Matching, system: string): string {
  const both = (...states: readonly (keyof Matching['customer'])[]) =>
    sum(states.flatMap((state) => [customer[state] ?? 0, item[state] ?? 0]));
  const [created, byName, waiting] = [both('only-here', 'similar'), both('same-name'), both('to-match', 'broken')];
  const words = [
    ...(created > 0 ? [`${number(created)} will be created in ${system}`] : []),
    ...(byName > 0 ? [`${number(byName)} will be linked by ${byName === 1 ? 'its name' : 'their names'}`] : []),
    ...(waiting > 0 ? [`${number(waiting)} ${waiting === 1 ? 'needs' : 'need'} matching first`] : []),
  ];
  return words.length === 0 ? `All are linked to ${system}.` : `${listed(words)}.`;
}
