import { expect, it } from 'vitest';
import { ERROR_CODES, PROBLEM_CODES } from '../packages/core/src/index.ts';
import { projectFiles } from './project-files.ts';

const TABLES = /^packages\/core\/src\/codes\//;
const NEVER_RAISES = /^apps\/console\/|^packages\/(devstack|drill|e2e|bench)\/|\.d\.ts$/;
const FOR_TESTS = /\.(test|testing)\.tsx?$/;

const code = projectFiles().filter(({ path }) => /^(apps|packages)\/.*\.tsx?$/.test(path));
const source = code.filter(({ path }) => !FOR_TESTS.test(path) && !TABLES.test(path) && !NEVER_RAISES.test(path));
const tests = code.filter(({ path }) => /\.test\.tsx?$/.test(path));
const quoted = (name: string) => new RegExp(`['"\`/ ]${name}['"\`\\\\/ ]|^\\s+'?${name}'?:`, 'm');

/** Nothing raises them any more; batches of earlier releases have them stored. */
const RETIRED = ['allocation-exceeds-invoice'];
const codes = [...Object.keys(PROBLEM_CODES), ...Object.keys(ERROR_CODES)].filter((name) => !RETIRED.includes(name));

it('every code of the tables is raised somewhere', () => {
  const silent = codes.filter((name) => !source.some(({ text }) => quoted(name).test(text)));
  expect(silent).toEqual([]);
});

it('every code of the tables is asserted by a test', () => {
  const untested = codes.filter((name) => !tests.some(({ text }) => quoted(name).test(text)));
  expect(untested).toEqual([]);
});
