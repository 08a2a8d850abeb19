import { namesOf } from './names.ts';
import { pushFiles } from './push-files.ts';

/** The target that somebody asked for. */
export interface NewTarget {
  /** Kebab-case. It never changes. */
  readonly id: string;
  readonly delivery: 'files' | 'push';
}

/** The files of a new package, by their path in it. */
export function filesOfTarget(order: NewTarget): ReadonlyMap<string, string> {
  const names = namesOf(order.id);
  const own = order.delivery === 'files' ? fileTargetFiles(order.id) : pushFiles(order.id);
  const { camel, pascal, title } = names;
  return new Map([
    ['package.json', packageFile(order.id)],
    ['tsconfig.json', '{ "extends": "../../tsconfig.base.json", "include": ["src", "*.ts"] }\n'],
    [
      'src/index.ts',
      `export { ${camel}, ${camel} as target } from './${order.id}.ts';
export { moneyIn, type ${pascal}Payload } from './payload.ts';
export { type ${pascal}Settings, ${camel}Settings } from './settings.ts';
`,
    ],
    [
      'src/settings.ts',
      `import type { BooksSettings } from '@ledgerpost/core';
import { booksSettings } from '@ledgerpost/core/schemas';
import ${order.delivery === 'push' ? '' : 'type '}{ z } from 'zod';

export interface ${pascal}Settings extends BooksSettings {
${order.delivery === 'push' ? '  readonly apiKey?: string | undefined;\n' : '  // Members of your own go here, and into the schema below.\n'}}

/** The admin's form: the books' settings, and what ${title} needs besides. \`{}\` is complete. */
export const ${camel}Settings = booksSettings.extend({
${order.delivery === 'push' ? `  apiKey: z.string().min(1).optional().meta({ secret: true }).describe('The key that ${title} gave you for its API.'),\n` : ''}})${order.delivery === 'push' ? '' : REFUSED_VOIDS} as unknown as z.ZodType<${pascal}Settings>;
`,
    ],
    ['src/validate.ts', validateFile(pascal, title)],
    ['src/payload.ts', payloadFile(pascal, title)],
    ['src/unwritten.ts', UNWRITTEN],
    ...own,
  ]);
}

const REFUSED_VOIDS = `.refine((settings) => settings.policy.voids !== 'void', {
  path: ['policy', 'voids'],
  message: 'Files can’t void an invoice. Choose "update" (an update to zero) or "credit-memo".',
})`;

function packageFile(id: string): string {
  const file = {
    name: `@ledgerpost/${id}-plugin`,
    version: '0.2.0',
    private: true,
    license: 'Apache-2.0',
    type: 'module',
    exports: { '.': './src/index.ts' },
    scripts: { check: 'tsc --noEmit', test: 'vitest run' },
    dependencies: { '@ledgerpost/core': '0.2.0', zod: '4.6.7' },
    devDependencies: { '@ledgerpost/conformance': '0.2.0' },
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

const UNWRITTEN = `/** What a verb does until it is written: the laws fail with what to write, and where to read. Remove the file with its last use. */
export function unwritten(verb: string, todo: string, section: string): never {
  throw new Error(\`\${verb} is not written yet. \${todo} Read docs/guides/add-a-target.md#\${section}.\`);
}
`;

function validateFile(pascal: string, title: string): string {
  return `import type { Document, Problem } from '@ledgerpost/core';
import type { ${pascal}Settings } from './settings.ts';

/** ${title}'s own rules, after core's. Many targets have none. */
export function validateFor${pascal}(_document: Document, _settings: ${pascal}Settings): readonly Problem[] {
  return [];
}
`;
}

function payloadFile(pascal: string, title: string): string {
  return `import type { Document, Json, Money } from '@ledgerpost/core';
import type { ${pascal}Settings } from './settings.ts';
import { unwritten } from './unwritten.ts';

/** One document as ${title} wants it. Plain JSON: say here which members it has. */
export type ${pascal}Payload = { readonly [member: string]: Json };

/** The exact payload of a document. */
export function payloadOf(_document: Document, _settings: ${pascal}Settings): ${pascal}Payload {
  return unwritten('export', 'Make the payload of a document in src/payload.ts.', 'export');
}

/** The amount by which the books count a payload, in minor units, read from what is written in it. */
export function moneyIn(_payload: ${pascal}Payload, _currency: string): Money {
  return unwritten('moneyIn', 'Read the amount out of a payload in src/payload.ts.', 'money-in-a-payload');
}
`;
}

function fileTargetFiles(id: string): readonly (readonly [string, string])[] {
  const { camel, pascal, title } = namesOf(id);
  return [
    [
      `src/${id}.ts`,
      `import { type AccountingTarget, CONTRACT_VERSION } from '@ledgerpost/core';
import { COMPARING, handInstruction, LOADING, TAKING_BACK } from './instructions.ts';
import { type ${pascal}Payload, payloadOf } from './payload.ts';
import { renderFiles } from './render.ts';
import { type ${pascal}Settings, ${camel}Settings } from './settings.ts';
import { validateFor${pascal} } from './validate.ts';

/** Files for ${title}. Touches no network, so a session is its settings. */
export const ${camel}: AccountingTarget<${pascal}Settings, ${pascal}Settings, ${pascal}Payload> = {
  contract: CONTRACT_VERSION,
  id: '${id}',
  name: '${title}',
  description: 'Files to download, which a person loads into ${title}.',
  stages: [
    { id: 'invoice-inserts', name: 'Invoice inserts', operations: ['invoice.insert'] },
    { id: 'invoice-updates', name: 'Invoice updates', operations: ['invoice.update'] },
    { id: 'payment-inserts', name: 'Payment inserts', operations: ['payment.insert'] },
    { id: 'payment-updates', name: 'Payment updates', operations: ['payment.update'] },
    { id: 'journal-inserts', name: 'Journal inserts', operations: ['journal.insert'] },
    { id: 'credit-memos', name: 'Credit memos', operations: ['creditMemo.insert'] },
    { id: 'warnings', name: 'Warnings', operations: ['warning.list'] },
  ],
  settings: ${camel}Settings,
  access: { by: 'settings' },

  limits: () => ({ number: 21, refNo: 21, customerName: 100 }),
  open: (settings) => settings,
  check: async () => ({ company: 'Files for ${title}' }),
  chart: { by: 'declared' },
  validate: (document, _chart, settings) => validateFor${pascal}(document, settings),
  export: (document, _chart, settings) => payloadOf(document, settings),

  delivery: { by: 'files', instructions: LOADING, render: renderFiles },
  readback: { by: 'hand', instructions: COMPARING },
  undo: { by: 'hand', instructions: TAKING_BACK, instruction: handInstruction },
};
`,
    ],
    [
      'src/instructions.ts',
      `import type { Document } from '@ledgerpost/core';
import { unwritten } from './unwritten.ts';

/** What a person does with the files: a few sentences. */
export const LOADING = '';

/** How a person finds out what became of a document. */
export const COMPARING = '';

/** What a person does, in general, to take a batch back. */
export const TAKING_BACK = '';

/** What a person takes out for one document: one sentence with its number and amount. */
export function handInstruction(_document: Document): string {
  return unwritten('undo.instruction', 'Name the document and its amount in src/instructions.ts.', 'instructions');
}
`,
    ],
    [
      'src/render.ts',
      `import type { ExportedItem, FileSink, RenderOrder } from '@ledgerpost/core';
import type { ${pascal}Payload } from './payload.ts';
import type { ${pascal}Settings } from './settings.ts';
import { unwritten } from './unwritten.ts';

/** Writes the files of a batch: streams, and the same items give the same bytes. */
export async function renderFiles(
  _items: AsyncIterable<ExportedItem<${pascal}Payload>>,
  _out: FileSink,
  _order: RenderOrder<${pascal}Settings>,
): Promise<void> {
  unwritten('render', 'Write the files in src/render.ts.', 'render');
}
`,
    ],
    [
      'src/conformance.test.ts',
      `import { conform } from '@ledgerpost/conformance';
import { ${camel}, moneyIn } from './index.ts';

conform(${camel}, { settings: {}, amountOf: moneyIn });
`,
    ],
  ];
}
