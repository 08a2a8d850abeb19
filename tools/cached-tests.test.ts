import { posix } from 'node:path';
import { expect, it } from 'vitest';
import { projectFiles } from './project-files.ts';

/* Turbo takes the result of a package's tests from its cache unless one of its inputs has changed: a page that a test reads is one. */

const files = projectFiles();
const tests = files.filter(({ path }) => /^(apps|packages)\/.*\.(test|testing)\.tsx?$/.test(path));
const reads = tests.flatMap(({ path, text }) =>
  [...text.matchAll(/'((?:\.\.\/)+docs(?:\/[\w./-]*)?)'/g)].map(([, page]) => ({
    path,
    page: posix.normalize(posix.join(posix.dirname(path), page!)).replace(/\/$/, ''),
  })),
);

/** Pages that the tests of a package are cached by: files, and folders with `/**`. */
function inputsOf(path: string): readonly string[] {
  const folder = path.split('/').slice(0, 2).join('/');
  const config = files.find((file) => file.path === `${folder}/turbo.json`);
  const inputs: readonly string[] = config === undefined ? [] : (JSON.parse(config.text).tasks.test?.inputs ?? []);
  return inputs.filter((input) => input.startsWith('../')).map((input) => posix.join(folder, input));
}

const covers = (input: string, page: string) =>
  input === page || (input.endsWith('/**') && `${page}/`.startsWith(input.slice(0, -2)));

it('a page that tests read is among the inputs of their package in its turbo.json, so that a change of it runs them again', () => {
  expect(reads.length).toBeGreaterThan(3);
  expect(reads.filter(({ path, page }) => !inputsOf(path).some((input) => covers(input, page)))).toEqual([]);
});
