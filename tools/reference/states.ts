import {
  BATCH_MOVES,
  BATCH_STATES,
  type BatchState,
  ITEM_STATES,
  type ItemState,
  isOpen,
} from '../../packages/core/src/index.ts';
import { madeFrom } from './page.ts';

const BATCHES: Record<BatchState, string> = {
  selecting: 'Claims the chosen records, and builds and freezes their documents.',
  validating: 'Checks core’s rules, the target’s rules, then the batch as a whole.',
  exporting: 'Stores the exact payloads, or writes a file target’s files.',
  'awaiting-approval':
    'Waits for someone other than the person who started the batch to approve or decline. Only if the settings require approval.',
  pushing: 'Works stage by stage. A file target’s documents now count as posted; a push target’s are sent.',
  held: 'The batch is on hold: access is lost, or a setting is wrong. `reason` shows which. Resolve it, then resume or cancel.',
  recording: 'Seals the totals, and makes what was not posted unbatched again.',
  posted: 'Everything is posted.',
  'posted-in-part':
    'Some of it is posted; the items show what happened to the others. Also used if the books have other totals than ours.',
  'nothing-posted': 'Nothing could be sent, or everything was refused.',
  empty: 'The selection had nothing left to send.',
  stopped: 'There were problems and the settings say to stop, or records changed since the preview.',
  declined: 'The second person declined.',
  lapsed: 'Nobody approved in time.',
  canceled: 'Somebody canceled the batch. Documents that were posted by then stay posted.',
  failed: 'An engineer must investigate; `reason` has the code. Documents that were posted by then stay posted.',
  undoing: 'The batch is being undone, newest document first.',
  undone: 'Everything that the batch posted is undone.',
  'undone-in-part': 'Some documents are still posted; the items show which and why. You can run the undo again.',
};

const ITEMS: Record<ItemState, string> = {
  claimed: 'The record belongs to this batch. Its document is not built yet.',
  frozen: 'The document is built, and nothing changes it any more.',
  ready: 'It can be sent.',
  rejected: 'It has a problem of its own.',
  blocked: 'A document that it needs was rejected or refused: the invoice of a payment.',
  exported: 'Its payload and key are stored. At a file target: it is in the sealed files, which are its payload.',
  sending: 'A call with it is stored and may have been sent. The outcome is not known yet. The item keeps its claim.',
  posted: 'The document is in the books, or in the delivered files.',
  listed: 'It is in the Warnings file, for a person. It changes nothing in the books.',
  refused: 'The target refused it, with a reason and the next step.',
  conflict: 'A person changed the document in the books after it was posted. Nothing was written.',
  differs: 'The document is in the books with another total than ours. The posting stays, and nothing is sent again by itself.',
  released: 'Never sent: the batch ended first.',
  undone: 'Undone.',
  left: 'An undo left the document alone, with a problem that shows why.',
};

/** docs/reference/batch-states.md: states and moves, from core's lists. */
export function statesDoc(): string {
  const moves = BATCH_STATES.flatMap((from) => BATCH_MOVES[from].map((to) => `  ${nodeOf(from)} --> ${nodeOf(to)}`));
  const names = BATCH_STATES.filter((state) => state.includes('-')).map((state) => `  state "${state}" as ${nodeOf(state)}`);
  const batches = BATCH_STATES.map(
    (state) => `| \`${state}\` | ${isOpen(state) ? 'open' : 'end'} | ${BATCHES[state]} | ${movesOf(state)} |`,
  );
  const items = ITEM_STATES.map((state) => `| \`${state}\` | ${ITEMS[state]} |`);
  return `${[
    '# States of batches and of their items',
    '',
    madeFrom('packages/core/src/batch/batch-state.ts'),
    '',
    'One list in the code has the legal moves of a batch. The database has the same list and refuses every other move. The company’s journal records each move, with who and when.',
    '',
    '## Batches',
    '',
    'A company has at most one open batch per target. Every end releases the claims of what was not posted.',
    '',
    '| state | | what it means | may move to |',
    '|---|---|---|---|',
    ...batches,
    '',
    'A person may confirm that the files of a posted batch are loaded. That is not a state: `confirmedBy` and `confirmedAt` show it.',
    '',
    '```mermaid',
    'stateDiagram-v2',
    ...names,
    '  [*] --> selecting',
    ...moves,
    '```',
    '',
    '## Items',
    '',
    '`claimed` → `frozen` → `ready`, `rejected` or `blocked`; `ready` → `exported` → an outcome. A file target’s documents are frozen and judged in one pass, so none of them is seen as `frozen`.',
    '',
    '| state | what it means |',
    '|---|---|',
    ...items,
  ].join('\n')}\n`;
}

function movesOf(state: BatchState): string {
  return BATCH_MOVES[state].map((to) => `\`${to}\``).join(', ') || '–';
}

function nodeOf(state: BatchState): string {
  return state.replaceAll('-', '_');
}
