import { readFile } from 'node:fs/promises';
import { type Call, type Command, companyOf, targetPath } from '../command.ts';
import { Trouble } from '../io.ts';
import { count, counted } from './words.ts';

const TARGET = { target: { type: 'string', help: 'for example qbo' } } as const;
const KIND = { kind: { type: 'string', help: 'customer or item (default: both)' } } as const;

/** Which customer, product or service of the books each of ours is. */
export const MATCH_COMMANDS: readonly Command[] = [
  {
    name: 'match list',
    usage: '--target TARGET',
    summary: 'List our customers, products and services with what each is in the books',
    options: {
      ...TARGET,
      ...KIND,
      state: { type: 'string', help: 'linked, same-name, similar, only-here, to-match or broken' },
      search: { type: 'string', help: 'part of the name' },
    },
    async run({ io, api, options }) {
      const path = matchingPath(io, options);
      const counts = await api.get<Counts>(`${path}/counts`);
      if (counts.listedAt === null) io.err('No names were read from the books yet. Run "ledgerpost match refresh" first.');
      for (const kind of kindsIn(options)) {
        io.out(`${NAMES[kind]}: ${inWords(counts[kind])}`);
        const query = { kind, state: options.state, q: options.search };
        for await (const row of allOf<Row>(api, path, query)) for (const line of linesOf(row)) io.out(`  ${line}`);
      }
      return 0;
    },
  },
  {
    name: 'match books',
    usage: '--target TARGET --kind KIND',
    summary: 'Search the names in the books',
    options: {
      ...TARGET,
      kind: { type: 'string', help: 'customer or item' },
      search: { type: 'string', help: 'part of the name' },
      unlinked: { type: 'boolean', help: 'only those that are linked to none of ours' },
    },
    async run({ io, api, options }) {
      const query = {
        kind: kindIn(options.kind),
        q: options.search,
        ...(options.unlinked === true ? { unlinked: 'true' } : {}),
      };
      let shown = 0;
      for await (const name of allOf<BookName>(api, `${matchingPath(io, options)}/books`, query)) {
        const facts = [name.active ? undefined : 'inactive', name.type, name.account, name.email, name.phone];
        const about = facts.filter((fact) => fact !== undefined && fact !== null && fact !== '').join(', ');
        io.out(`${name.externalId}  ${name.name}${about === '' ? '' : `  (${about})`}${name.linked === 0 ? '' : ', linked'}`);
        shown++;
      }
      if (shown === 0) io.out('There is no such name.');
      return 0;
    },
  },
  {
    name: 'match refresh',
    usage: '--target TARGET',
    summary: 'Read all names from the books again',
    options: TARGET,
    async run({ io, api, options }) {
      const counts = await api.send<Counts & { read: number }>('POST', `${matchingPath(io, options)}:refresh`);
      io.out(`${counted(counts.read, 'name')} read`);
      for (const kind of KINDS) io.out(`${NAMES[kind]}: ${inWords(counts[kind])}`);
      return 0;
    },
  },
  {
    name: 'match accept',
    usage: '--target TARGET',
    summary: 'Link all whose name exactly one in the books has',
    options: { ...TARGET, ...KIND },
    async run({ io, api, options }) {
      const body = options.kind === undefined ? {} : { kind: kindIn(options.kind) };
      const { linked } = await api.send<{ linked: number }>('POST', `${matchingPath(io, options)}:accept-same-names`, body);
      io.out(`${count(linked)} linked`);
      return 0;
    },
  },
  decision('set', 'KIND KEY ID', 'Link one of ours to an ID in the books', (id) => ({ externalId: id })),
  decision('create', 'KIND KEY', 'It is not in the books: create it with the next batch', () => ({ create: true })),
  decision('same', 'KIND KEY KEY', 'Two of ours are one: link the first to what the second is', (other) => ({ same: other })),
  decision('another', 'KIND KEY', 'It is another one of the same name: create it under a name of its own', () => ({
    another: true,
  })),
  decision('undo', 'KIND KEY', 'End the link; the next document is matched again', () => undefined),
  {
    name: 'match export',
    usage: '--target TARGET',
    summary: 'Write the matching to a CSV file, to decide in a spreadsheet',
    options: { ...TARGET, ...KIND, out: { type: 'string', help: 'file to write (default: the name that the API gives it)' } },
    async run({ io, api, options }) {
      const query = options.kind === undefined ? '' : `?kind=${kindIn(options.kind)}`;
      const { file, bytes } = await api.download(`${matchingPath(io, options)}.csv${query}`, (name) =>
        typeof options.out === 'string' ? options.out : name,
      );
      io.out(`${file} (${count(bytes)} bytes)`);
      return 0;
    },
  },
  {
    name: 'match import',
    usage: 'FILE --target TARGET',
    summary: 'Decide by the column “choice” of a CSV file: all of its lines, or none',
    options: TARGET,
    async run({ args, io, api, options }) {
      const [file] = args;
      if (file === undefined || args.length > 1) throw new Trouble('Name one file. "ledgerpost match export" writes one.');
      const bytes = await readFile(file).catch((error: Error) => {
        throw new Trouble(`The file can’t be read: ${error.message}`);
      });
      const done = await api.upload<{ changed: number; unchanged: number; withoutChoice: number }>(
        `${matchingPath(io, options)}.csv`,
        bytes,
        'text/csv',
      );
      io.out(`${count(done.changed)} changed, ${count(done.unchanged)} unchanged, ${count(done.withoutChoice)} without a choice`);
      return 0;
    },
  },
];

const KINDS = ['customer', 'item'] as const;
type Kind = (typeof KINDS)[number];
const NAMES = { customer: 'Customers', item: 'Products and services' } as const;

const STATES = ['linked', 'same-name', 'similar', 'only-here', 'to-match', 'broken', 'only-there'] as const;
const IN_WORDS: Record<(typeof STATES)[number], string> = {
  linked: 'linked',
  'same-name': 'of the same name',
  similar: 'similar',
  'only-here': 'will be created',
  'to-match': 'to match',
  broken: 'with a broken link',
  'only-there': 'only in the books',
};

interface Counts extends Record<Kind, Record<(typeof STATES)[number], number>> {
  readonly listedAt: string | null;
}

interface Row {
  readonly key: string;
  readonly name: string;
  readonly documents: number;
  readonly state: (typeof STATES)[number];
  readonly link: { readonly externalId: string; readonly name: string; readonly nameNow: string | null } | null;
  readonly wanted: 'create' | 'another' | null;
  readonly suggestions: readonly { readonly externalId: string; readonly name: string; readonly reason: string }[];
}

interface BookName {
  readonly externalId: string;
  readonly name: string;
  readonly active: boolean;
  readonly type: string | null;
  readonly account: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly linked: number;
}

function decision(
  name: 'set' | 'create' | 'same' | 'another' | 'undo',
  usage: string,
  summary: string,
  bodyOf: (last: string) => object | undefined,
): Command {
  const wanted = usage.split(' ').length;
  return {
    name: `match ${name}`,
    usage: `${usage} --target TARGET`,
    summary,
    options: TARGET,
    async run({ args, io, api, options }) {
      if (args.length !== wanted) {
        throw new Trouble(`Send ${usage}, for example: ledgerpost match ${name} ${EXAMPLES[name]} --target qbo`);
      }
      const [kind, key, last] = args as [string, string, string];
      const path = `${matchingPath(io, options)}/${kindIn(kind)}/${encodeURIComponent(key)}`;
      const body = bodyOf(last);
      const row = body === undefined ? await api.send<Row>('DELETE', path) : await api.send<Row>('PUT', path, body);
      for (const line of linesOf(row)) io.out(line);
      return 0;
    },
  };
}

const EXAMPLES = {
  set: 'customer c-17 58',
  create: 'customer c-17',
  same: 'customer c-17 c-12',
  another: 'customer c-17',
  undo: 'item service:s-3',
} as const;

function matchingPath(io: Call['io'], options: Call['options']): string {
  return `${targetPath(companyOf(io, options), options)}/matching`;
}

function kindIn(kind: unknown): Kind {
  const known = KINDS.find((one) => one === kind);
  if (known === undefined) throw new Trouble('Name the kind: customer, or item for a product or service.');
  return known;
}

function kindsIn(options: Call['options']): readonly Kind[] {
  return options.kind === undefined ? KINDS : [kindIn(options.kind)];
}

/** All rows of a list, page after page. */
async function* allOf<T>(api: Call['api'], path: string, query: Readonly<Record<string, unknown>>): AsyncIterable<T> {
  const given = Object.entries(query).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as [string, string]] : [],
  );
  for (let after: string | undefined; ; ) {
    const search = new URLSearchParams([
      ...given,
      ['limit', '500'],
      ...(after === undefined ? [] : [['after', after] as [string, string]]),
    ]);
    const page = await api.get<{ rows: readonly T[]; next?: string }>(`${path}?${search}`);
    yield* page.rows;
    after = page.next;
    if (after === undefined) return;
  }
}

function inWords(counts: Counts[Kind]): string {
  const some = STATES.filter((state) => counts[state] > 0).map((state) => `${count(counts[state])} ${IN_WORDS[state]}`);
  return some.length === 0 ? 'none' : some.join(', ');
}

function linesOf({ key, name, documents, state, link, wanted, suggestions }: Row): readonly string[] {
  const there = link === null ? '' : ` -> ${link.externalId} ${link.nameNow ?? link.name}`;
  const decided = wanted === null ? '' : wanted === 'create' ? ', to be created' : ', to be created as another one';
  return [
    `${key}  ${name}${there}: ${IN_WORDS[state]}${decided}, ${counted(documents, 'document')}`,
    ...(link !== null && state !== 'broken' ? [] : suggestions.map((one) => `    ${one.externalId} ${one.name} (${one.reason})`)),
  ];
}
