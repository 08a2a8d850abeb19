import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { LAWS } from '../../packages/conformance/src/laws.ts';
import { CONTRACT_VERSION } from '../../packages/core/src/index.ts';
import { type Exported, exportedMembers } from '../exported-members.ts';
import { root } from '../turbo.ts';
import { cell, madeFrom } from './page.ts';

/** docs/reference/target-contract.md: what a target is, from the docstrings that its author sees in the editor. */
export function contractDoc(): string {
  const { contract, documents, codes, problems, settings, operations, money, law, conform } = read();
  const without = (members: readonly Exported[], ...names: readonly string[]) =>
    members.filter(({ name }) => !names.includes(name.split('.')[0]!));
  const only = (members: readonly Exported[], ...names: readonly string[]) =>
    members.filter(({ name }) => names.includes(name.split('.')[0]!));
  const parts = [
    HEAD,
    '## The target',
    section(only(contract, 'AccountingTarget', 'Stage', 'DocumentLimits', 'Identity')),
    '## What is passed in',
    section(only(contract, 'TargetContext', 'Access')),
    '## What comes in',
    section(documents),
    section(only(operations, 'OPERATIONS', 'Operation', 'DocumentKind')),
    section(only(money, 'Money', 'formatMoney', 'parseMoney', 'sum')),
    section(only(settings, 'BooksSettings', 'Chart', 'ChartAccount', 'ChartName')),
    '## What goes out',
    section(
      without(contract, 'AccountingTarget', 'Stage', 'DocumentLimits', 'Identity', 'TargetContext', 'Access', 'CONTRACT_VERSION'),
    ),
    section([...only(codes, 'Severity'), ...only(problems, 'Problem', 'problem', 'stops')]),
    '## The kit',
    `[Add a target](../guides/add-a-target.md#what-you-tell-the-kit) lists what the author of a target passes in.`,
    section([...only(conform, 'conform'), ...law.filter(({ name }) => !/^(expect|demand)$/.test(name))]),
    '## The laws',
    'A target’s own declarations decide which laws apply to it. The kit’s own tests have a target that breaks each law, and no law passes without something to check.',
    ['| law | |', '|---|---|', ...LAWS.map(({ id, sentence }) => `| \`${id}\` | ${cell(sentence)} |`)].join('\n'),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

const HEAD = `# The contract of a target

${madeFrom('the docstrings of core’s contract and of the conformance kit')}

Version ${CONTRACT_VERSION}. A target names in its member \`contract\` the version that it was built for. A process with a target for another version does not start, and names the package to install instead.

\`@ledgerpost/core\` exports everything here except the kit, which is \`@ledgerpost/conformance\`. [Add a target](../guides/add-a-target.md) leads you through it.`;

/** The files of core's contract, in the order in which an author needs them. */
const CONTRACT = [
  'target.ts',
  'context.ts',
  'oauth.ts',
  'chart.ts',
  'items.ts',
  'json.ts',
  'push.ts',
  'names.ts',
  'files.ts',
  'readback.ts',
  'webhook.ts',
  'undo.ts',
  'error.ts',
];

function read() {
  const of = (name: string, file: string) => exportedMembers(sourceOf(name, file));
  return {
    contract: CONTRACT.flatMap((file) => of('core', file)),
    documents: of('core', 'documents.ts'),
    codes: [...of('core', 'problem-code.ts'), ...of('core', 'problem-codes.ts')],
    problems: of('core', 'problems.ts'),
    settings: of('core', 'settings.ts'),
    operations: of('core', 'operations.ts'),
    money: of('core', 'money.ts'),
    law: of('conformance', 'law.ts'),
    conform: of('conformance', 'conform.ts'),
  };
}

/** The one file of that name in a package, in whichever folder it is. */
function sourceOf(name: string, file: string): string {
  const src = join(root, 'packages', name, 'src');
  const found = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((path) => basename(path) === file);
  if (found.length !== 1)
    throw new Error(`packages/${name}/src has ${found.length} files named ${file}. Name one in tools/reference/contract.ts.`);
  return readFileSync(join(src, found[0]!), 'utf8');
}

/** A heading for each exported name, a table for its members. */
function section(members: readonly Exported[]): string {
  const parts: string[] = [];
  let rows: string[] = [];
  const close = () => {
    if (rows.length > 0) parts.push(['| member | |', '|---|---|', ...rows].join('\n'));
    rows = [];
  };
  for (const { name, doc = '', code, source } of members) {
    const [, member] = name.split('.');
    if (member !== undefined) rows.push(`| \`${cell(signature(code))}\` | ${cell(asText(doc))} |`);
    else {
      close();
      parts.push(`### ${name}`, asText(doc));
      if (source !== undefined) parts.push(`\`\`\`ts\n${source.replace(/^export /, '').replace(/\breadonly /g, '')}\n\`\`\``);
    }
  }
  close();
  return parts.join('\n\n');
}

/** A member as an author writes it, without modifiers that don't matter to a reader. */
function signature(code: string): string {
  return code
    .replace(/\breadonly /g, '')
    .replace(/^async /, '')
    .replace(/[;,]$/, '')
    .replace(/\s+/g, ' ')
    .replace(/ \{$/, '');
}

function asText(doc: string): string {
  return doc.replace(/@throws/g, 'Throws').replace(/\n(?!- )/g, ' ');
}
