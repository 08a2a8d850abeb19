/**
 * Finds words of a dialect that this project once wrote in: correct, and hard to read for people who read fast or in a second
 * language. `node tools/plain-english.ts [FOLDER …]` lists them with what to write instead.
 */
import { parseSync } from 'vite';
import { type ProjectFile, projectFiles } from './project-files.ts';

/** One way of speaking that we avoid. */
export interface OddWord {
  /** Matches the odd words. Global and case-insensitive. */
  readonly pattern: RegExp;
  readonly write: string;
  /** For a word that is only odd when it comes often: how often one page may have it. */
  readonly perPage?: number;
}

const SYSTEM =
  '(?:QuickBooks(?: Online)?|SaasAnt|Temporal|Postgres|Ledgerpost|API|console|target|system|books|simulator|workflow|batch|server|worker|sweeper|program|plugin|engine|file|it|they|which)';

/** The main verb of a sentence, after a clause that is its subject. */
const VERB = '(is|are|was|were|has|have|stays?|goes|go|gets?|can|may|must|will|ends?|counts?|decides?|becomes?|comes?)';

export const ODD_WORDS: readonly OddWord[] = [
  { pattern: /\bmend(s|ed|ing|able)?\b/gi, write: 'fix (a record), resolve (a problem), recover (a process)' },
  { pattern: /\b(told(?! apart)|tells|untold)\b/gi, write: 'reports, returns, shows, states' },
  { pattern: /\b(says|said)\b/gi, write: 'shows, states, reports, explains' },
  {
    pattern: /\bst(ands?|ood|anding) (in (the|their|its|your|our|whose|these|those) books|there|posted)\b|\bwhat stands\b/gi,
    write: 'is in the books, is posted',
  },
  {
    pattern: /\b(it|records?|what|that|which) asks? for (at|here|next|nothing|something|there|of)\b|\brecords? asks? for\b/gi,
    write: 'what still has to be sent, the next operation',
  },
  { pattern: /\blent\b/gi, write: 'provided, passed in' },
  {
    pattern: new RegExp(
      String.raw`\b${SYSTEM} takes?\b(?! (place|care|part|effect|about|up to|long|some|less|more|\d|a (second|minute|while|few)))`,
      'gi',
    ),
    write: 'accepts',
  },
  {
    pattern: /\blets? (us|it|them|him|anyone|nobody|people|somebody) in\b|\b(is|are|be|was) let in\b/gi,
    write: 'has access, is connected',
  },
  { pattern: /\b(came|comes) to\b/gi, write: 'ended, totals, results in' },
  { pattern: /\blook(s|ed|ing)? for (drift|changes)\b|\b(the|last|each|first|this|next|every) looks?\b/gi, write: 'check' },
  { pattern: /\bby hand\b/gi, write: 'manually; on screens “you do this in QuickBooks”' },
  { pattern: /\bwho(ever| would)\b/gi, write: 'anyone who, a call that would' },
  { pattern: /\bgone\b/gi, write: 'deleted, no longer there' },
  { pattern: /\banew\b/gi, write: 'again' },
  { pattern: /\breckon(s|ed|ing)?\b/gi, write: 'compute, calculate' },
  { pattern: /\b(at rest|(comes?|came) to rest|lies)\b/gi, write: 'is ahead, finishes, stops, is' },
  {
    pattern: new RegExp(String.raw`\b(${SYSTEM}|who|that) books (a|an|the|it|them|each|its|nothing)\b|\bbooked\b`, 'gi'),
    write: 'posts',
  },
  { pattern: /\b(afterwards|beforehand|meanwhile)\b/gi, write: 'then, first, during that', perPage: 1 },
  {
    // "What was sent stays in the books." A definition such as "What was sold." has one verb, and is fine.
    pattern: new RegExp(
      String.raw`(?<=^|[.!?:] |^\s*[-*] |\| )(Who|What|Where) (?!if\b)[^\s.?!|,]+ [^.?!|,]*?\b${VERB}\b[^.?!|]*[.!|](?=\s|$)`,
      'gm',
    ),
    write: 'subject, verb, object: begin with the thing or the person',
  },
];

/** A text that people read, and where it starts. */
export interface Prose {
  readonly path: string;
  readonly line: number;
  readonly text: string;
}

/** One odd word that was found. */
export interface Finding {
  readonly path: string;
  readonly line: number;
  /** The odd words as they are written. */
  readonly words: string;
  /** The text around them. */
  readonly around: string;
  readonly write: string;
}

/** Everything in a file that people read: a page without its code, or the sentences in a source file’s strings and JSX. */
export function proseOf(file: ProjectFile): readonly Prose[] {
  if (file.path.endsWith('.md')) return pageProse(file);
  if (/\.tsx?$/.test(file.path) && !file.path.endsWith('.d.ts')) return sourceProse(file);
  return [];
}

/** The odd words of some texts of one file. */
export function oddWordsIn(prose: readonly Prose[]): readonly Finding[] {
  return ODD_WORDS.flatMap(({ pattern, write, perPage = 0 }) =>
    prose
      .flatMap(({ path, line, text }) =>
        [...text.matchAll(pattern)].map(({ 0: words, index }) => ({
          path,
          line: line + text.slice(0, index).split('\n').length - 1,
          words,
          around: text.slice(Math.max(0, index - 60), index + words.length + 60).replace(/\s+/g, ' '),
          write,
        })),
      )
      .slice(perPage),
  );
}

/** A page as people see it: code, addresses and headings are left out, lines stay where they are. */
function pageProse({ path, text }: ProjectFile): readonly Prose[] {
  const blank = (part: string) => part.replace(/[^\n]/g, ' ');
  const prose = text
    .replace(/^ *```[\s\S]*?^ *```/gm, blank)
    .replace(/<!--[\s\S]*?-->/g, blank)
    .replace(/`[^`\n]*`/g, (code) => 'x'.repeat(code.length))
    .replace(/\]\([^)\s]+\)/g, blank);
  return [{ path, line: 1, text: prose }];
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [member: string]: unknown;
}

/** What a file has to say in code: string literals and templates with a space in them, and JSX text. Tests: their titles alone. */
function sourceProse({ path, text }: ProjectFile): readonly Prose[] {
  const found: Prose[] = [];
  // Faults that are planted quote code, which is no prose.
  const isTest = /\.(test|testing|bench)\.tsx?$|-mutants\.ts$/.test(path);
  const add = (at: Node, value: string) => {
    // Codes and stored states, in backticks, never change.
    const prose = value.replace(/`[^`\n]*`/g, (code) => 'x'.repeat(code.length));
    if (/\s/.test(value.trim())) found.push({ path, line: text.slice(0, at.start).split('\n').length, text: prose });
  };
  const visit = (node: Node): void => {
    if (/^(Import|ExportAll)Declaration$|^TSLiteralType$/.test(node.type)) return;
    // SQL speaks in the names of columns.
    if (node.type === 'TaggedTemplateExpression' && /sql|tx|db/i.test(text.slice(node.start, (node.quasi as Node).start))) return;
    if (node.type === 'Literal' && typeof node.value === 'string') {
      add(node, node.value);
      return;
    }
    if (node.type === 'JSXText') {
      add(node, (node.value as string).replace(/\s+/g, ' '));
      return;
    }
    if (node.type === 'TemplateLiteral') {
      const parts = node.quasis as readonly (Node & { value: { cooked: string } })[];
      add(node, parts.map(({ value }) => value.cooked).join('…'));
    }
    for (const child of Object.values(node)) {
      for (const one of Array.isArray(child) ? child : [child]) if (isNode(one)) visit(one);
    }
  };
  const visitTitles = (node: Node): void => {
    if (node.type === 'CallExpression' && /^(it|test|describe)\b/.test(text.slice(node.start, node.start + 10))) {
      const [title] = node.arguments as readonly Node[];
      if (title !== undefined && /^(Literal|TemplateLiteral)$/.test(title.type)) visit(title);
    }
    for (const child of Object.values(node)) {
      for (const one of Array.isArray(child) ? child : [child]) if (isNode(one)) visitTitles(one);
    }
  };
  (isTest ? visitTitles : visit)(parseSync(path, text).program as unknown as Node);
  return found;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
}

if (import.meta.main) {
  const folders = process.argv.slice(2);
  const files = projectFiles().filter(({ path }) => folders.length === 0 || folders.some((folder) => path.startsWith(folder)));
  const findings = files.flatMap((file) => oddWordsIn(proseOf(file)));
  for (const { path, line, words, around, write } of findings) {
    console.log(`${path}:${line}: “${words}” → ${write}\n    … ${around} …`);
  }
  console.log(`${findings.length} odd words in ${files.length} files.`);
}
