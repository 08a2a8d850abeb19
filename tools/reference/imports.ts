import { recordSchemas } from '../../packages/core/src/records/schemas.ts';
import { type Mapping, PRESETS, type RecordMapping } from '../../packages/intake/src/index.ts';
import { cell, madeFrom } from './page.ts';

const GRADES = {
  documented: 'documented by the vendor',
  used: 'seen in public code that reads real files',
  guess: 'a guess',
} as const;

/** The exports that can be imported, and which member of which record each one gives. */
export function importsDoc(): string {
  const types = Object.entries(recordSchemas) as [string, { readonly shape: Readonly<Record<string, unknown>> }][];
  return `# Exports that can be imported

${madeFrom('`packages/intake/src/presets`')}

A preset is a mapping that comes with Ledgerpost. [Import files](../guides/import-files.md) explains how to use one, and [Records](records.md) what the members mean. **No preset has been tried with a real account yet.** The grade shows how sure the column names are.

## Presets

| preset | export | column names | needs these columns | records |
|---|---|---|---|---|
${PRESETS.flatMap(({ mapping, grade }) =>
  Object.values(mapping.files).map(
    ({ title, known, optional }) =>
      `| \`${mapping.name}\` | ${cell(nameOf(mapping, title))}${optional ? ' (may be left out)' : ''} | ${mapping.source === 'file' ? 'ours' : GRADES[grade]} | ${known.map((header) => `\`${cell(header)}\``).join(', ')} | ${[...new Set(mapping.records.map(({ type }) => type))].join(', ')} |`,
  ),
).join('\n')}

The order of the columns does not matter, and a file may have more of them.

## What to know about each

${PRESETS.map(({ mapping, notes }) => `### ${mapping.title}\n\n${notes.map((note) => `- ${note}`).join('\n')}`).join('\n\n')}

## Which member each export can give

A member that no export gives stays empty, unless your own mapping has a constant for it.
${types.map(([type, { shape }]) => membersOf(type, Object.keys(shape))).join('')}`;
}

/** Only an export of several files names each of them. */
function nameOf({ title, files }: Mapping, file: string): string {
  return Object.keys(files).length === 1 ? title : `${title.split(':')[0]}: ${file}`;
}

function membersOf(type: string, members: readonly string[]): string {
  const rows = members
    .filter((member) => member !== 'type' && member !== 'id')
    .map((member) => {
      const giving = PRESETS.filter(({ mapping }) =>
        mapping.records.some((record) => record.type === type && gives(mapping, record, member)),
      );
      return `| \`${member}\` | ${giving.map(({ mapping }) => `\`${mapping.name}\``).join(', ') || 'no export'} |`;
    });
  return `\n### ${type}\n\n| member | given by |\n|---|---|\n${rows.join('\n')}\n`;
}

function gives(mapping: Mapping, record: RecordMapping, member: string): boolean {
  if (member === 'lines') return record.lines !== undefined;
  if (member === 'tax') return record.tax !== undefined;
  if (member === 'allocations') return record.allocations !== undefined;
  // Without a total in the file, it is the sum of the lines and the tax.
  if (member === 'total') return record.lines !== undefined;
  const value = record.members[member];
  if (value === undefined || !('field' in value)) return value !== undefined;
  // A refund of Jobber would name its payment if the file had a column for it.
  return [value.field].flat().some((field) => mapping.files[record.from]!.columns[field] !== undefined);
}
