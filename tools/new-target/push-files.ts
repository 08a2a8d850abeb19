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
    { id: 'journals', name: 'Refund journals', operations: ['journal.insert', 'journal.update'] },
    { id: 'credit-memos', name: 'Credit memos', operations: ['creditMemo.insert', 'creditMemo.update'] },
    // What it can’t do leaves its stage, and gets a sentence in a member untaken.
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
    ['src/testing/fake-server.ts', fakeServer(title)],
    [
      'src/conformance.test.ts',
      `import { conform } from '@ledgerpost/conformance';
import { afterAll } from 'vitest';
import { ${camel}, moneyIn } from './index.ts';
import { startFake } from './testing/fake-server.ts';

const { stop, ...subject } = await startFake();
afterAll(stop);

conform(${camel}, { settings: { apiKey: 'kit-key-5b20' }, amountOf: moneyIn, ...subject });
`,
    ],
  ];
}

/** A server over HTTP that knows nothing of the vendor yet, except how to fail. */
function fakeServer(title: string): string {
  return `import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HeldDocument, Trouble } from '@ledgerpost/conformance';
import type { Document } from '@ledgerpost/core';
import { unwritten } from '../unwritten.ts';

const todo = (what: string): never => unwritten(\`The fake's \${what}\`, 'Write it in src/testing/fake-server.ts.', 'the-fake');

/** One document in the fake's books, as ${title} keeps it. */
export interface Kept {
  readonly id: string;
  version: number;
  /** The key of the write that made this version: by it you know your own. */
  readonly key?: string;
  body: Readonly<Record<string, unknown>>;
}

/** A stand-in for ${title} over HTTP on loopback. It fails on command; what it answers is for you to write. */
export async function startFake() {
  const books = new Map<string, Kept>();
  const supportIds: string[] = [];
  let fault: { readonly kind: Trouble; readonly from: number; seen: number } | undefined;

  const server = createServer((request, response) => {
    void read(request).then((body) => {
      const id = \`request-\${supportIds.length + 1}\`;
      response.setHeader('x-request-id', id);
      if (fault !== undefined) fault.seen += 1;
      const kind = fault !== undefined && fault.seen >= fault.from ? fault.kind : undefined;
      if (kind !== 'lost-reply') supportIds.push(id);
      if (kind === 'throttled') return end(response, 429, { error: 'Too many requests.' }, { 'retry-after': '1' });
      if (kind === 'access-lost') return end(response, 401, { error: 'The key was revoked.' });
      const { status, answer } = answerTo(books, request.method ?? 'GET', request.url ?? '/', body);
      // The books have it, and nobody hears of it.
      if (kind === 'lost-reply') return request.socket.destroy();
      return end(response, status, answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = \`http://127.0.0.1:\${(server.address() as AddressInfo).port}\`;

  return {
    stop: () => server.close(),
    /** Requests to the vendor's address arrive here. */
    context: {
      fetch: ((input: URL | string, init?: RequestInit) => {
        const { pathname, search } = new URL(input, base);
        return fetch(\`\${base}\${pathname}\${search}\`, init);
      }) as typeof fetch,
    },
    /** A document that it refuses, and words of its reason. */
    refused: (_document: Document): Document => todo('refused'),
    reason: 'is not allowed',
    /** How many documents of ours it holds. */
    count: (): number => todo('count'),
    /** What it holds of one. */
    look: async (_externalId: string): Promise<HeldDocument | undefined> => todo('look'),
    /** A person changes a document. */
    edit: (_externalId: string): void => todo('edit'),
    /** Somebody enters a document with the same number and another amount. */
    stranger: (_document: Document): string => todo('stranger'),
    /** A person takes a payment off its invoices. */
    reallocate: (_externalId: string): void => todo('reallocate'),
    supportIds: (): readonly string[] => supportIds,
    maxPerRequest: 10,
    /** Runs \`during\` in that trouble. */
    trouble: async <T>(kind: Trouble, during: () => Promise<T>, from = 1): Promise<T> => {
      fault = { kind, from, seen: 0 };
      return during().finally(() => {
        fault = undefined;
      });
    },
  };
}

/**
 * What ${title} answers. Replace it by its routes: documents, customers, and the same answer for the same idempotency key. It should do what
 * the vendor’s books do by themselves: an invoice accepts no more than its total, so one that is lowered takes payments off.
 */
function answerTo(_books: Map<string, Kept>, _method: string, _path: string, _body: string): { status: number; answer: unknown } {
  return { status: 404, answer: { error: 'There is no such page.' } };
}

function end(response: ServerResponse, status: number, answer: unknown, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(answer));
}

async function read(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}
`;
}
