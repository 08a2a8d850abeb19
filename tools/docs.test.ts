import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { madeDocs } from './docs.ts';
import { expectNone } from './findings.ts';
import { headingsOf } from './headings.ts';
import { projectFiles } from './project-files.ts';
import { root } from './turbo.ts';

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const pages = projectFiles().filter(({ path }) => path.endsWith('.md'));

describe('the reference agrees with the code (npm run docs writes it)', async () => {
  it.each([...(await madeDocs())])('%s', (path, text) => {
    const stale = !existsSync(join(root, path)) || read(path) !== text;
    expectNone('differs from the code that it is made from', 'Run npm run docs.', stale ? [path] : []);
  });

  it.each([
    ['apps/api/src/main.ts', /^ {2}([A-Z][A-Z_]+): z/gm],
    ['apps/worker/src/main.ts', /\benv(?:\['|\.)([A-Z][A-Z_]+)/g],
  ])('docs/guides/run-it.md names every variable of %s', (path, pattern) => {
    const guide = read('docs/guides/run-it.md');
    const names = [...new Set([...read(path).matchAll(pattern)].map(([, name]) => name!))];
    expect(names.length).toBeGreaterThan(4);
    expect(names.filter((name) => !guide.includes(`\`${name}\``))).toEqual([]);
  });
});

describe('a page', () => {
  it('links to nothing that is not there', () => {
    const broken = pages.flatMap(({ path, text }) =>
      [...text.matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g)]
        .map(([, link]) => link!)
        .filter((link) => !leads(path, link))
        .map((link) => `${path}: ${link}`),
    );
    expectNone('leads to nothing', 'Correct the link.', broken);
  });
});

describe('a decision', () => {
  const decisions = pages.filter(({ path }) => path.startsWith('docs/decisions/'));
  const tests = projectFiles()
    .filter(({ path }) => /\.test\.tsx?$|^tools\/house-rules|^packages\/conformance\/src\/laws/.test(path))
    .map(({ text }) => text)
    .join('\n');

  it.each(decisions.map(({ path, text }) => [path, text] as const))('%s names checks that there are', (_, text) => {
    const [, held] = text.split('**Held by**');
    expect(held).toBeDefined();
    const quoted = [...held!.matchAll(/“([^”]+)”/g)].map(([, title]) => title!);
    expect(quoted.filter((title) => !tests.includes(title))).toEqual([]);
    const files = [...held!.matchAll(/`((?:apps|packages|tools)\/[^`*]+)`/g)].map(([, path]) => path!);
    expect(files.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

function leads(from: string, link: string): boolean {
  const [file = '', anchor] = link.split('#');
  const path = file === '' ? from : join(dirname(from), file);
  if (!existsSync(join(root, path))) return false;
  return anchor === undefined || headingsOf(read(path)).includes(anchor);
}
