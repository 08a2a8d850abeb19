import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './turbo.ts';

/** One file of the project, by its path from the root, with `/`. */
export interface ProjectFile {
  readonly path: string;
  readonly text: string;
}

export interface Workspace {
  /** apps/api, packages/core */
  readonly folder: string;
  readonly name: string;
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** All text files that belong to the project: those in git, and new ones that git would take. */
export function projectFiles(): readonly ProjectFile[] {
  return execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
    .split('\0')
    .filter((path) => path !== '' && existsSync(join(root, path)))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
    .filter(({ text }) => !text.includes('\0'));
}

/** The packages and apps, read from their package.json files. */
export function workspacesIn(files: readonly ProjectFile[]): readonly Workspace[] {
  return files.flatMap(({ path, text }) => {
    const folder = /^((?:apps|packages)\/[^/]+)\/package\.json$/.exec(path)?.[1];
    if (folder === undefined) return [];
    const { name, version = '', dependencies = {}, devDependencies = {} } = JSON.parse(text);
    return [{ folder, name, version, dependencies, devDependencies }];
  });
}

/** What a source file imports, exports from, or loads by a literal name. */
export function importsOf({ text }: ProjectFile): readonly { readonly from: string; readonly typesOnly: boolean }[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  const found = [];
  for (const [, types, from] of code.matchAll(/^\s*(?:import|export)\s(?:(type\s)?[^'"`;=()]*?\sfrom\s*)?['"]([^'"]+)['"]/gm)) {
    found.push({ from: from!, typesOnly: types !== undefined });
  }
  for (const [, from] of code.matchAll(/\bimport\(\s*(?:\/\*.*?\*\/\s*)?['"]([^'"]+)['"]/g))
    found.push({ from: from!, typesOnly: false });
  return found;
}

/** Tests, and what tests share. */
export function isTest(path: string): boolean {
  return /\.(test|testing|bench)\.tsx?$|\/testing\//.test(path);
}

/** Files that never ship: tests, what tests share, settings of tools. */
export function isForTests(path: string): boolean {
  return /\.(test|testing|bench)\.tsx?$|^apps\/console\/scripts\/|\/test-[^/]+\.ts$|\/testing\/|\.config\.ts$|^packages\/(e2e|drill|bench|devstack|conformance)\//.test(
    path,
  );
}
