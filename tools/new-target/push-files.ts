import { namesOf } from './names.ts';

/** What a package for a push target has of its own: the verbs that go outside, and a fake to try them with. */
export function pushFiles(id: string): readonly (readonly [string, string])[] {
  const { camel, pascal, title } = namesOf(id);
  return [
    [
      `src/${id}.ts`,
      `import { type AccountingTarget, CONTRACT_VERSION } from '@ledgerpost/core';
import { createNames, findNames, needsOf } from './names.ts';
import { type ${pascal}Payload, payloadOf } from './payload.ts';
import { pushCall } from './push-call.ts';
import { readBack } from './read-back.ts';
import { check, openSession, type ${pascal}Session } from './session.ts';
import { type ${pascal}Settings, ${camel}Settings } from './settings.ts';
import { takeBack } from './take-back.ts';
import { validateFor${pascal} } from './validate.ts';

/** ${title}, directly through its API. */
export const ${camel}: AccountingTarget<${pascal}Settings, ${pascal}Session, ${pascal}Payload> = {
  contract: CONTRACT_VERSION,
  id: '${id}',
  name: '${title}',
  description: 'Posts straight into ${title}.',
  stages: [
    { id: 'invoice-inserts', name: 'Invoice inserts', operations: ['invoice.insert'] },
    { id: 'invoice-updates', name: 'Invoice updates', operations: ['invoice.update'] },
    { id: 'invoice-voids', name: 'Invoice voids', operations: ['invoice.void'] },
    { id: 'payment-inserts', name: 'Payment inserts', operations: ['payment.insert'] },
    { id: 'payment-updates', name: 'Payment updates', operations: ['payment.update'] },
    { id: 'journals', name: 'Refund journals', operations: ['journal.insert'] },
    { id: 'credit-memos', name: 'Credit memos', operations: ['creditMemo.insert'] },
  ],
  settings: ${camel}Settings,
  // Or { by: 'oauth', … }: see OAuthAccess in core's contract, and packages/qbo-plugin/src/access/oauth.ts.
  access: { by: 'settings' },

  limits: () => ({ number: 21, refNo: 21, customerName: 100 }),
  open: openSession,
  check,
  chart: { by: 'declared' },
  validate: (document, _chart, settings) => validateFor${pascal}(document, settings),
  export: (document, _chart, settings) => payloadOf(document, settings),

  delivery: {
    by: 'push',
    itemsPerPush: 10,
    // What ${title} allows one connection; permit('requests') waits for it.
    limits: { requests: { perMinute: 60 } },
    needs: needsOf,
    find: findNames,
    create: createNames,
    push: pushCall,
  },
  readback: { by: 'target', read: readBack },
  undo: { by: 'target', takeBack },
};
`,
    ],
    [
      'src/session.ts',
      `import type { Identity, TargetContext } from '@ledgerpost/core';
import type { ${pascal}Settings } from './settings.ts';
import { unwritten } from './unwritten.ts';

/** One company's books, open. */
export interface ${pascal}Session {
  readonly settings: ${pascal}Settings;
  /** The only way outside. */
  readonly context: TargetContext;
}

export function openSession(settings: ${pascal}Settings, context: TargetContext): ${pascal}Session {
  return { settings, context };
}

/** Whose books these are. */
export async function check(_session: ${pascal}Session): Promise<Identity> {
  return unwritten('check', 'Ask ${title} whose books these are, in src/session.ts.', 'check');
}
`,
    ],
    [
      'src/names.ts',
      `import type { Document, ReferenceNeed, ReferenceOutcome } from '@ledgerpost/core';
import type { ${pascal}Session } from './session.ts';
import { unwritten } from './unwritten.ts';

/** The names that a document needs there: its customer, its items. */
export function needsOf(_document: Document): readonly ReferenceNeed[] {
  return unwritten('needs', 'List what a document calls by name, in src/names.ts.', 'names');
}

/** Looks names up, and creates none. */
export async function findNames(_session: ${pascal}Session, _needs: readonly ReferenceNeed[]): Promise<readonly ReferenceOutcome[]> {
  return unwritten('find', 'Look names up in src/names.ts.', 'names');
}

/** Creates what was not found; what is there by now is found. */
export async function createNames(_session: ${pascal}Session, _needs: readonly ReferenceNeed[]): Promise<readonly ReferenceOutcome[]> {
  return unwritten('create', 'Create names in src/names.ts.', 'names');
}
`,
    ],
    [
      'src/push-call.ts',
      `import type { Call, PushOutcome } from '@ledgerpost/core';
import type { ${pascal}Payload } from './payload.ts';
import type { ${pascal}Session } from './session.ts';
import { unwritten } from './unwritten.ts';

/** Sends one stored call: one outcome per item, in order; sent again, it posts nothing twice. */
export async function pushCall(_session: ${pascal}Session, _call: Call<${pascal}Payload>): Promise<readonly PushOutcome[]> {
  return unwritten('push', 'Send a call in src/push-call.ts.', 'push');
}
`,
    ],
    [
      'src/read-back.ts',
      `import type { PostedItem, ReadOutcome } from '@ledgerpost/core';
import type { ${pascal}Session } from './session.ts';
import { unwritten } from './unwritten.ts';

/** What became of posted items: one outcome per item, in order. */
export async function readBack(_session: ${pascal}Session, _items: readonly PostedItem[]): Promise<readonly ReadOutcome[]> {
  return unwritten('readback', 'Read posted items back in src/read-back.ts.', 'read-back');
}
`,
    ],
    [
      'src/take-back.ts',
      `import type { PostedItem, UndoOutcome } from '@ledgerpost/core';
import type { ${pascal}Session } from './session.ts';
import { unwritten } from './unwritten.ts';

/** Takes posted items back, newest first; leaves what a person touched. */
export async function takeBack(_session: ${pascal}Session, _items: readonly PostedItem[]): Promise<readonly UndoOutcome[]> {
  return unwritten('undo', 'Take posted items back in src/take-back.ts.', 'undo');
}
`,
    ],
    [
      'src/fake-books.testing.ts',
      `import type { Trouble } from '@ledgerpost/conformance';
import type { Document, Money } from '@ledgerpost/core';
import { unwritten } from './unwritten.ts';

const todo = (what: string): never => unwritten(\`The fake's \${what}\`, 'Write it in src/fake-books.testing.ts.', 'the-fake');

/** A stand-in for ${title}, in memory: answers requests, and can be looked at from behind. */
export const fake = {
  fetch: (async () => todo('fetch')) as typeof fetch,
  /** A document that it refuses. */
  refused: (_document: Document): Document => todo('refused'),
  /** How many documents of ours it holds. */
  count: (): number => todo('count'),
  look: async (_externalId: string): Promise<{ readonly number: string; readonly total: Money } | undefined> => todo('look'),
  /** A person changes a document. */
  edit: (_externalId: string): void => todo('edit'),
  /** Runs \`during\` in that trouble. */
  trouble: async <T>(_kind: Trouble, _during: () => Promise<T>): Promise<T> => todo('trouble'),
};
`,
    ],
    [
      'src/conformance.test.ts',
      `import { conform } from '@ledgerpost/conformance';
import { fake } from './fake-books.testing.ts';
import { ${camel}, moneyIn } from './index.ts';

const { fetch, ...subject } = fake;
conform(${camel}, { settings: { apiKey: 'kit-key-5b20' }, amountOf: moneyIn, context: { fetch }, ...subject });
`,
    ],
  ];
}
