import { expect, it } from 'vitest';
import { ERROR_CODES, PROBLEM_CODES } from '../packages/core/src/index.ts';
import { projectFiles } from './project-files.ts';

/** Codes of limits that are on their way into the API. Remove a line when its code is raised. */
const AS_DATA: readonly string[] = ['headers-too-large', 'too-many-requests'];

const TABLES = /^packages\/core\/src\/codes\//;
const NEVER_RAISES = /^apps\/console\/|^packages\/(devstack|drill|e2e|bench)\/|\.d\.ts$/;
const FOR_TESTS = /\.(test|testing)\.tsx?$/;

const code = projectFiles().filter(({ path }) => /^(apps|packages)\/.*\.tsx?$/.test(path));
const source = code.filter(({ path }) => !FOR_TESTS.test(path) && !TABLES.test(path) && !NEVER_RAISES.test(path));
const tests = code.filter(({ path }) => /\.test\.tsx?$/.test(path));
const quoted = (name: string) => new RegExp(`['"\`/ ]${name}['"\`\\\\/ ]|^\\s+'?${name}'?:`, 'm');

const codes = [...Object.keys(PROBLEM_CODES), ...Object.keys(ERROR_CODES)];

it('every code of the tables is raised somewhere', () => {
  const silent = codes.filter((name) => !source.some(({ text }) => quoted(name).test(text)));
  expect(silent.filter((name) => !AS_DATA.includes(name))).toEqual([]);
});

it('every code of the tables is asserted by a test', () => {
  const untested = codes.filter((name) => !tests.some(({ text }) => quoted(name).test(text)));
  expect(untested.filter((name) => !AS_DATA.includes(name))).toEqual([]);
});
