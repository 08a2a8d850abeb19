import type { ItemState } from '@ledgerpost/core';
import { useAddress } from '../../../ui/address.ts';
import { countOf } from '../../../ui/states.ts';
import { Tabs } from '../../../ui/tabs.tsx';
import { BatchProblems } from '../../causes/batch-problems.tsx';
import type { OfBatch } from '../batch-of.ts';
import { UndoOutcome } from '../undo/undo-outcome.tsx';
import { Files } from './files.tsx';
import { Items } from './items.tsx';
import { Journal } from './journal.tsx';
import { Ledger } from './ledger.tsx';
import { Totals } from './totals.tsx';
import { Verification } from './verification.tsx';

/** The states of documents that have a reason which a person wants to know. */
const WITH_PROBLEMS: readonly ItemState[] = ['rejected', 'blocked', 'refused', 'conflict', 'differs', 'left'];

/** Everything known about a batch, one tab for each subject. */
export function BatchTabs(props: OfBatch) {
  const [address, setAddress] = useAddress();
  const byFiles = props.target?.capabilities.delivery === 'files';
  const waits = props.batch.state === 'awaiting-approval';
  const documents = [['documents', 'Documents', <Items key="documents" {...props} />]] as const;
  const totals = [['totals', 'Totals', <Totals key="totals" {...props} />]] as const;
  const ledger = [['ledger', 'Ledger', <Ledger key="ledger" {...props} />]] as const;
  const tabs = [
    // Who approves wants to see totals, problems and accounts first.
    ...(waits ? totals : documents),
    ...(countOf(props.batch, WITH_PROBLEMS) > 0
      ? [['problems', 'Problems', <BatchProblems key="problems" {...props} />] as const]
      : []),
    ...(waits ? [...ledger, ...documents] : totals),
    ...(byFiles ? [['files', 'Files', <Files key="files" {...props} />] as const] : []),
    ...(waits ? [] : ledger),
    ...(byFiles ? [] : [['verification', 'Verification', <Verification key="verification" {...props} />] as const]),
    ...(props.batch.undoCount > 0 ? [['undo', 'Undo', <UndoOutcome key="undo" {...props} />] as const] : []),
    ['journal', 'Journal', <Journal key="journal" {...props} />],
  ] as const;
  const [selected, , content] = tabs.find(([id]) => id === address.get('tab')) ?? tabs[0]!;
  return (
    <Tabs<string>
      label="About the batch"
      tabs={tabs.map(([id, name]) => [id, name])}
      selected={selected}
      // A filter of one tab means nothing to the next.
      onSelect={(tab) => setAddress({ tab, state: undefined, document: undefined }, 'step')}
    >
      {content}
    </Tabs>
  );
}
