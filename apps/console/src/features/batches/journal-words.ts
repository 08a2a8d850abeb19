import { BATCH_STATES, counted } from '../../ui/words.ts';

type Details = Readonly<Record<string, unknown>>;

const ACTS: Readonly<Record<string, string>> = {
  'batch.started': 'Started the batch',
  'batch.moved': 'Moved it on',
  'batch.workflow-lost': 'Lost its workflow',
  'batch.resumed': 'Let it go on',
  'batch.confirmed': 'Confirmed it as loaded',
  'batch.verification-started': 'Began to verify',
  'batch.verified': 'Verified it',
  'batch.verification-failed': 'Could not verify it',
  'batch.verification-lost': 'Lost a verification',
};

/** What an act of the journal is called among people. */
export function actInWords(act: string): string {
  return ACTS[act] ?? act;
}

/** What else the journal says of an act on a batch, but for the batch's own name. */
export function detailsInWords(act: string, details: Details): string {
  const { name: _, ...rest } = details;
  const { from, to, ...moved } = rest;
  if (act === 'batch.moved' && typeof from === 'string' && typeof to === 'string') {
    return [`${stateName(from)} → ${stateName(to)}`, ...pairs(moved)].join(', ');
  }
  return pairs(rest).join(', ');
}

function stateName(state: string): string {
  return (BATCH_STATES as Readonly<Record<string, string>>)[state] ?? state;
}

function pairs(details: Details): string[] {
  return Object.entries(details)
    .filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0))
    .map(([name, value]) => `${name}: ${name === 'selection' ? selectionInWords(value as Details) : plain(value)}`);
}

/** A selection that leaves a list out means nothing of it; one that leaves both out means everything. */
function selectionInWords(selection: Details): string {
  const lists = Object.entries(selection).map(([list, choice]) => {
    const { choose, ids, filter, except } = choice as { choose: string; ids?: unknown[]; filter?: Details; except?: unknown[] };
    const taken = choose === 'ids' ? (ids?.length ?? 0).toLocaleString('en-US') : choose === 'filter' ? plain(filter) : choose;
    return `${taken} of the ${list}${except === undefined || except.length === 0 ? '' : ` but ${counted(except.length, 'record')}`}`;
  });
  return lists.length === 0 ? 'everything' : lists.join(' and ');
}

function plain(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(plain).join(', ');
  if (typeof value !== 'object' || value === null) return String(value);
  return `(${Object.entries(value)
    .map(([name, inner]) => `${name} ${plain(inner)}`)
    .join(', ')})`;
}
