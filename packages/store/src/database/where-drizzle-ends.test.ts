import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const src = join(import.meta.dirname, '..');
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !/\.test(ing)?\.ts$|(^|\/)test-/.test(path))
  .map((path) => ({ path: relative(src, join(src, path)), text: readFileSync(join(src, path), 'utf8') }));

/** Signs that a statement is more than simple: another table, a set, JSON, an aggregate, a choice, or a part made elsewhere. Drizzle does not know `analyze`. */
const MORE = new RegExp(
  [
    /\b(join|using|lateral|union|with|group by|distinct|exists|case|coalesce|greatest|count|max|array|analyze)\b/,
    /\b(jsonb_|pg_)\w+|->|#>|#-|in \(select|\bfrom \w+\(|\bselect from\b.*\bfrom\b/,
    /\$\{[\w.#]+\(\s*(sql\b|\))|where \$\{/,
  ]
    .map(({ source }) => source)
    .join('|'),
);

describe('where Drizzle ends', () => {
  it('a simple statement on one table goes through Drizzle', () => {
    const simple = files.flatMap(({ path, text }) =>
      statementsIn(text)
        .filter((statement) => !MORE.test(statement))
        .map((statement) => `${path}: ${statement.replace(/\s+/g, ' ').trim()}`),
    );
    expect(simple).toEqual([]);
  });

  it('arrays become rows in rowsOf, and rows are probed in probe', () => {
    const own = /database\/(rows-of|probe)\.ts$/;
    const strays = files
      .filter(({ path, text }) => !own.test(path) && /from unnest\(|lateral \(\s*select[^)]*offset 0/.test(text))
      .map(({ path }) => path);
    expect(strays).toEqual([]);
  });

  it('a list of varying length is one parameter, so that one statement is prepared for all lengths', () => {
    const listed = files.flatMap(({ path, text }) =>
      [...text.matchAll(/\binArray\([^,]+, (?!\[)([^)]*)\)/g)].map(([call]) => `${path}: ${call}`),
    );
    expect(listed).toEqual([]);
  });
});

/** The SQL that begins a statement, of tagged templates. */
function statementsIn(text: string): string[] {
  return [...text.matchAll(/\bawait (?:sql|tx)(?:<[^`]*>)?`([^`]*)`|\breturn sql<[^`]*>`([^`]*)`/g)].map(
    ([, awaited, returned]) => (awaited ?? returned)!,
  );
}
