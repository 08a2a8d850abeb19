import { describe, expect, it } from 'vitest';
import { expectNone } from './findings.ts';
import { ODD_WORDS, oddWordsIn, proseOf } from './plain-english.ts';
import { projectFiles } from './project-files.ts';

/** Where an odd word is right, each with its reason. */
const EXCEPTIONS: readonly { readonly path: RegExp; readonly words: RegExp; readonly because: string }[] = [
  { path: /^tools\/plain-english(\.test)?\.ts$/, words: /./, because: 'the list of the words, and examples of them' },
];

describe('what people read', () => {
  it('is plain English (node tools/plain-english.ts FOLDER lists what to write instead)', () => {
    const findings = projectFiles()
      .flatMap((file) => oddWordsIn(proseOf(file)))
      .filter((found) => !EXCEPTIONS.some(({ path, words }) => path.test(found.path) && words.test(found.words)));
    expectNone(
      'is on the word list',
      'Write it in plain English.',
      findings.map(({ path, line, words, write }) => `${path}:${line}: “${words}” (write: ${write})`),
    );
  });
});

const found = (path: string, text: string) => oddWordsIn(proseOf({ path, text })).map(({ line, words }) => `${line}: ${words}`);

describe('the word list', () => {
  it.each([
    'An admin mends the record.',
    'The batch is told of it.',
    'The log says why.',
    'The invoice stands in the books.',
    'Send whatever the record asks for.',
    'Time is lent to it.',
    'QuickBooks takes thirty of them.',
    'The books don’t let us in.',
    'The batch came to an end.',
    'The next look finds it.',
    'Apply it by hand.',
    'Whoever starts it.',
    'The document is gone.',
    'It is sent anew.',
    'One file reckons with money.',
    'The workflow is at rest.',
    'SaasAnt books the payment.',
    'It is kept. What was sent stays.',
    'Who started a batch may not approve it.',
  ])('notices “%s”', (sentence) => {
    expect(found('docs/a.md', sentence)).toHaveLength(1);
    expect(found('apps/api/src/a.ts', `throw new Error(${JSON.stringify(sentence)});`)).toHaveLength(1);
  });

  it('has an example above for every entry', () => {
    expect(ODD_WORDS.filter(({ perPage }) => perPage === undefined)).toHaveLength(18);
  });

  it.each([
    'Reconnect QuickBooks, then resume the batch.',
    'What changed?',
    'Tell us what happened.',
    'The check takes a minute.',
    'The amendment is recommended.',
  ])('leaves “%s” alone', (sentence) => {
    expect(found('docs/a.md', sentence)).toEqual([]);
  });

  it('reads strings, templates and JSX, but no code, SQL, addresses or comments', () => {
    expect(
      found(
        'apps/console/src/a.tsx',
        [
          'const told = sql`SELECT gone FROM told by hand`;',
          '// Mend it by hand.',
          'const state = told.gone ? "gone" : "there";',
          'const a = `Record: mend it`;',
          'const b = <p title="by hand or not">It is',
          '  gone.</p>;',
        ].join('\n'),
      ),
    ).toEqual(['4: mend', '5: gone', '5: by hand'].sort());
    expect(found('docs/a.md', 'See [it](by-hand.md#gone) and `gone`.\n```sh\nmend\n```\nMend it.')).toEqual(['5: Mend']);
  });

  it('reads the titles of tests, not the sentences that they compare', () => {
    expect(found('packages/core/src/a.test.ts', `it('mends a record', () => expect(it).toBe('by hand'));`)).toEqual(['1: mends']);
  });

  it('lets one page have one “meanwhile”, not two', () => {
    expect(found('docs/a.md', 'Meanwhile it runs.')).toEqual([]);
    expect(found('docs/a.md', 'Meanwhile it runs.\n\nAfterwards it stops.')).toEqual(['3: Afterwards']);
  });
});
