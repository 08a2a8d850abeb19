import { z } from 'zod';
import { booksSettings } from '../../packages/core/src/records/schemas.ts';
import { TARGETS } from '../../packages/targets/src/index.ts';
import { cell, madeFrom } from './page.ts';

/** docs/reference/settings.md: the forms, from the schemas. */
export function settingsDoc(): string {
  const shared = rowsOf(formOf(booksSettings));
  const known = new Set(shared.map(({ member }) => member));
  const own = TARGETS.map((target) => {
    const rows = rowsOf(formOf(target.settings)).filter(({ member }) => !known.has(member));
    return `## Only at \`${target.id}\`\n\n${target.description}\n\n${table(rows)}`;
  });
  return `${[HEAD, `## At every target\n\n${table(shared)}`, ...own].join('\n\n')}\n`;
}

const HEAD = `# Settings of a company at a target

${madeFrom('the settings schemas of core and of the targets')}

Send all settings as one JSON object with \`PUT /v1/companies/{company}/targets/{target}\`. The first time enables the target. \`{}\` uses every default. Unknown members are refused by name. \`GET /v1/targets/{target}\` has the same form as JSON Schema.

- Write names of accounts, classes, payment methods and tax codes exactly as they are in the books. If you declare a \`chart\`, they are checked against it, and a problem shows the nearest names. Without a chart Ledgerpost can't check them, and the batch has a notice about that.
- A batch uses the settings of the time when it was started. New settings count from the next batch on. They don't cause posted documents to be sent again.
- At a target with a connection, a body without \`accounts\` keeps the default accounts, because connecting filled them in. A body with \`accounts\` replaces all of them. \`classes.mode\` follows the books: leave it out, or send it as the books have it.`;

interface Form {
  readonly type?: string;
  readonly format?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly secret?: boolean;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, Form>>;
  readonly items?: Form;
  readonly additionalProperties?: Form | boolean;
}

interface Row {
  readonly member: string;
  readonly values: string;
  readonly otherwise: string;
  readonly meaning: string;
}

function formOf(schema: z.ZodType): Form {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Form;
}

function rowsOf(form: Form, prefix = ''): Row[] {
  return Object.entries(form.properties ?? {}).flatMap(([name, member]) => {
    const path = `${prefix}${name}`;
    if (member.properties !== undefined) return rowsOf(member, `${path}.`);
    const rows = [rowOf(path, member)];
    return member.items?.properties === undefined ? rows : [...rows, ...rowsOf(member.items, `${path}[].`)];
  });
}

function rowOf(member: string, form: Form): Row {
  return {
    member,
    values: valuesOf(form),
    otherwise: form.default === undefined ? '' : `\`${JSON.stringify(form.default)}\``,
    meaning: `${form.description ?? ''}${form.secret === true ? ' Secret: never shown again.' : ''}`,
  };
}

function valuesOf(form: Form): string {
  if (form.enum !== undefined) return form.enum.map((value) => `\`${String(value)}\``).join(', ');
  if (form.type === 'array') return 'a list';
  if (form.type === 'object') return 'name → name';
  if (form.type === 'integer')
    return form.maximum === Number.MAX_SAFE_INTEGER || form.maximum === undefined
      ? `whole number from ${form.minimum ?? 0}`
      : `${form.minimum} to ${form.maximum}`;
  if (form.type === 'boolean') return 'true, false';
  if (form.format === 'date') return 'YYYY-MM-DD';
  return form.type === 'string' ? 'text' : '';
}

function table(rows: readonly Row[]): string {
  const lines = rows.map((row) => `| \`${row.member}\` | ${cell(row.values)} | ${cell(row.otherwise)} | ${cell(row.meaning)} |`);
  return ['| member | values | default | meaning |', '|---|---|---|---|', ...lines].join('\n');
}
