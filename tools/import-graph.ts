/**
 * `npm run graph`: which source files import each other in a circle, which folders are too full, which files too long.
 * A type-only import counts like any other: a reader has to follow it too.
 */
import { posix } from 'node:path';
import { importsOf, isTest, type ProjectFile, projectFiles } from './project-files.ts';

/** Each source file of the project with the source files that it imports, ours by package name included. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

const SOURCE = /^(apps|packages|tools)\/.*\.(ts|tsx|mjs)$/;

/** The source files of apps, packages and tools. */
export function sourceFiles(files: readonly ProjectFile[]): readonly ProjectFile[] {
  return files.filter(({ path }) => SOURCE.test(path));
}

/** Reads the imports of all source files. An import of something outside the project is left out. */
export function importGraph(files: readonly ProjectFile[]): ImportGraph {
  const entries = packageEntries(files);
  const sources = sourceFiles(files);
  const known = new Set(sources.map(({ path }) => path));
  return new Map(
    sources.map((file) => {
      const targets = importsOf(file)
        .map(({ from }) => (from.startsWith('.') ? posix.join(posix.dirname(file.path), from) : entries.get(from)))
        .filter((path) => path !== undefined && known.has(path));
      return [file.path, [...new Set(targets as string[])]] as const;
    }),
  );
}

/** `@ledgerpost/core/schemas` → packages/core/src/schemas.ts, for every export of every package. */
function packageEntries(files: readonly ProjectFile[]): ReadonlyMap<string, string> {
  return new Map(
    files.flatMap(({ path, text }) => {
      const folder = /^((?:apps|packages)\/[^/]+)\/package\.json$/.exec(path)?.[1];
      if (folder === undefined) return [];
      const { name, exports = {} } = JSON.parse(text) as { name: string; exports?: Record<string, unknown> };
      return Object.entries(exports)
        .filter((entry): entry is [string, string] => typeof entry[1] === 'string')
        .map(([key, file]) => [posix.join(name, key), posix.join(folder, file)] as const);
    }),
  );
}

/**
 * The groups of files that reach each other through imports, largest first. A file that imports itself is a group of one.
 * Tarjan's algorithm: each file is visited once.
 */
export function circlesIn(graph: ImportGraph): readonly (readonly string[])[] {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];
  const onStack = new Set<string>();
  const circles: string[][] = [];

  function visit(file: string): void {
    order.set(file, order.size);
    lowest.set(file, order.get(file)!);
    stack.push(file);
    onStack.add(file);
    for (const next of graph.get(file) ?? []) {
      if (!order.has(next)) {
        visit(next);
        lowest.set(file, Math.min(lowest.get(file)!, lowest.get(next)!));
      } else if (onStack.has(next)) lowest.set(file, Math.min(lowest.get(file)!, order.get(next)!));
    }
    if (lowest.get(file) !== order.get(file)) return;
    const group = stack.splice(stack.indexOf(file));
    for (const member of group) onStack.delete(member);
    if (group.length > 1 || graph.get(file)?.includes(file)) circles.push(group.sort());
  }

  for (const file of graph.keys()) if (!order.has(file)) visit(file);
  return circles.sort((a, b) => b.length - a.length);
}

/** How many source files lie beside each other in each folder, tests and what tests share not counted; fullest first. */
export function folderSizes(files: readonly ProjectFile[]): readonly (readonly [folder: string, count: number])[] {
  const sizes = new Map<string, number>();
  for (const { path } of sourceFiles(files)) {
    if (isTest(path) || path.endsWith('.d.ts')) continue;
    sizes.set(posix.dirname(path), (sizes.get(posix.dirname(path)) ?? 0) + 1);
  }
  return [...sizes].sort(([, a], [, b]) => b - a);
}

/** How many lines each source file has, tests not counted; longest first. */
export function fileLengths(files: readonly ProjectFile[]): readonly (readonly [path: string, lines: number])[] {
  return sourceFiles(files)
    .filter(({ path }) => !isTest(path))
    .map(({ path, text }) => [path, text.replace(/\n$/, '').split('\n').length] as const)
    .sort(([, a], [, b]) => b - a);
}

if (import.meta.main) {
  const files = projectFiles();
  const graph = importGraph(files);
  const circles = circlesIn(graph);
  const imports = [...graph.values()].reduce((sum, { length }) => sum + length, 0);
  console.log(`${graph.size} source files, ${imports} imports between them.\n`);
  console.log(circles.length === 0 ? 'No circles.' : `${circles.length} circles:`);
  for (const circle of circles) console.log(`  ${circle.length} files: ${circle.join(', ')}`);
  console.log('\nThe fullest folders (tests not counted):');
  for (const [folder, count] of folderSizes(files).slice(0, 12)) console.log(`  ${String(count).padStart(4)}  ${folder}`);
  console.log('\nThe longest files (tests not counted):');
  for (const [path, lines] of fileLengths(files).slice(0, 12)) console.log(`  ${String(lines).padStart(4)}  ${path}`);
}
