import { useCompany } from '../../../ui/company.ts';
import { SmallTable } from '../../../ui/parts.tsx';
import { money } from '../../../ui/show.ts';
import { ITEM_STATES } from '../../../ui/states.ts';
import { number, operationName } from '../../../ui/words.ts';
import { type OfBatch, wordsOfItem } from '../batch-of.ts';

/** The sums of a batch: by kind, state, account, class and deposit account. */
export function Totals(props: OfBatch) {
  const { currency } = useCompany();
  const { totals } = props.batch;
  if (props.batch.state === 'undone') return <p className="empty">This batch is undone, so it has no totals.</p>;
  if (totals === null) return <p className="empty">Totals appear once the batch has been checked.</p>;
  const counts = (what: Readonly<Record<string, { documents: number; amount: number }>>, name: (key: string) => string) =>
    Object.entries(what).map(([key, { documents, amount }]) => [name(key), number(documents), money(amount, currency)]);
  const amounts = (what: Readonly<Record<string, number>>) =>
    Object.entries(what).map(([key, amount]) => [key || 'None', money(amount, currency)]);
  const stateName = (state: string) => (isItemState(state) ? wordsOfItem(props, state) : state);
  return (
    <div className="columns">
      <SmallTable
        caption="By kind"
        heads={['Document', 'Count', 'Total']}
        numbers={['Count', 'Total']}
        rows={[...counts(totals.operations, operationName), ['Includes sales tax', '', money(totals.tax, currency)]]}
      />
      <SmallTable
        caption="By state"
        heads={['State', 'Count']}
        numbers={['Count']}
        rows={Object.entries(totals.states).map(([state, { documents }]) => [stateName(state), number(documents)])}
      />
      <SmallTable caption="By account" heads={['Account', 'Total']} numbers={['Total']} rows={amounts(totals.accounts)} />
      {Object.keys(totals.classes).length > 0 && (
        <SmallTable caption="By class" heads={['Class', 'Total']} numbers={['Total']} rows={amounts(totals.classes)} />
      )}
      {Object.keys(totals.depositAccounts).length > 0 && (
        <SmallTable
          caption="By deposit account"
          heads={['Account', 'Total']}
          numbers={['Total']}
          rows={amounts(totals.depositAccounts)}
        />
      )}
    </div>
  );
}

const isItemState = (state: string): state is keyof typeof ITEM_STATES => Object.hasOwn(ITEM_STATES, state);
