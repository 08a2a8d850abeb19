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
  selecting: 'The chosen records are claimed, and their documents built and frozen.',
  validating: 'Core’s rules, the target’s, then what only the whole batch can show.',
  exporting: 'The exact payloads are stored, and a file target’s files written.',
  'awaiting-approval': 'A second person approves or declines; not who started it. Only where the settings ask for it.',
  pushing: 'Stage by stage. A file target’s documents count as batched now; a push target’s are sent.',
  held: 'The push needs a person: access is lost, or a setting is wrong. `reason` says which; resume or cancel.',
  recording: 'Totals are sealed, and what was not posted goes back to unbatched.',
  posted: 'All of it.',
  'posted-in-part': 'Some of it; the items say what became of the others. Also where the books hold other numbers than ours.',
  'nothing-posted': 'Nothing was fit to go, or all was refused.',
  empty: 'The selection held nothing any more.',
  stopped: 'Problems were found and the policy is to stop, or records changed since the preview.',
  declined: 'The second person declined.',
  lapsed: 'Nobody approved in time.',
  canceled: 'Somebody cancelled. What was posted until then stays posted.',
  failed: 'An engineer must look; `reason` holds the code. What was posted until then stays posted.',
  undoing: 'The batch is being taken back, newest document first.',
  undone: 'All that stood because of it is taken back.',
  'undone-in-part': 'Something still stands; the items say what and why. The undo can be run again.',
};

const ITEMS: Record<ItemState, string> = {
  claimed: 'The record belongs to this batch; its document is not built yet.',
  frozen: 'The document is built, and nothing edits it any more.',
  ready: 'It may go.',
  rejected: 'It has a problem of its own.',
  blocked: 'What it needs was rejected or refused: the invoice that a payment is applied to.',
  exported: 'Its payload and key are stored.',
  sending: 'A call that carries it is stored and may have been sent; the outcome is not known yet. It keeps its claim.',
  posted: 'The books hold it, or the delivered files do.',
  listed: 'It stands in the Warnings file, for a person. The books hold nothing because of it.',
  refused: 'The target’s verdict, with cause and cure.',
  conflict: 'A person changed it in the books since it was posted; nothing was written.',
  differs: 'The books hold it with another total than ours. The posting stands, and nothing is sent again by itself.',
  released: 'Never sent: the batch ended before.',
  undone: 'Taken back by an undo.',
  left: 'An undo left it alone, with a problem that says why.',
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
    'The legal moves of a batch are one list in the code. The database holds the same list and refuses every other move. Each move is written to the company’s journal, with who and when.',
    '',
    '## Batches',
    '',
    'A company has at most one open batch per target. Every end releases the claims of what was not posted.',
    '',
    '| state | | what it means | may move to |',
    '|---|---|---|---|',
    ...batches,
    '',
    'That a person loaded the files of a posted batch is no state: `confirmedBy` and `confirmedAt` say it.',
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
    '`claimed` → `frozen` → `ready`, `rejected` or `blocked`; `ready` → `exported` → an outcome.',
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
