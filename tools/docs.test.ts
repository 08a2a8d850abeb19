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

describe('what continuous integration runs', () => {
  const packages = (text: string) =>
    /apt-get install [^\n]*?--no-install-recommends ([a-z0-9 -]+)/.exec(text)?.[1]?.trim().split(' ');

  it('is .ci/run, with the same programs from Debian as on a machine of ours', () => {
    const workflow = read('.github/workflows/ci.yml');
    expect(workflow).toContain('run: .ci/run\n');
    expect(packages(workflow)).toEqual(packages(read('.ci/run')));
    expect(packages(workflow)?.length).toBeGreaterThan(2);
  });

  it('and every npm command that a page names exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const ours = pages.filter(({ path }) => !path.startsWith('packages/'));
    const unknown = ours.flatMap(({ path, text }) =>
      [...text.matchAll(/\bnpm run ([a-z-]+)(?![a-z-])(?![^\n`]*(?:--workspace|-w ))/g)]
        .map(([, name]) => name!)
        .filter((name) => !(name in scripts))
        .map((name) => `${path}: npm run ${name}`),
    );
    expectNone('is no command of package.json', 'Correct the page, or add the command.', unknown);
  });
});

it('the threat model names tests that there are', () => {
  const named = [...read('docs/security.md').matchAll(/`((?:apps|packages)\/[^`]+)`/g)].map(([, path]) => path!);
  expect(named.length).toBeGreaterThan(10);
  expectNone(
    'is named in docs/security.md and does not exist',
    'Name the test that holds it now.',
    named.filter((path) => !existsSync(join(root, path))),
  );
});

function leads(from: string, link: string): boolean {
  const [file = '', anchor] = link.split('#');
  const path = file === '' ? from : join(dirname(from), file);
  if (!existsSync(join(root, path))) return false;
  return anchor === undefined || headingsOf(read(path)).includes(anchor);
}
