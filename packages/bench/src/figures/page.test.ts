import { expect, it } from 'vitest';
import { pageWith, rowOf, tableOf } from './page.ts';

const row = (what: string, ratio: number) =>
  rowOf({ what, against: 'a script', ratio, atMost: 1.5, figures: ['one', 'two'] }, '2026-10-03');

it('a row shows whether its goal was met, and by how much it was missed', () => {
  expect(row('a', 1.5)).toBe('| a | a script | 1.50× | 1.5× | met | 2026-10-03 | one; two |');
  expect(row('a', 3)).toContain('| missed by 2.00× |');
});

it('a benchmark that runs alone keeps the rows of the others, and what is written around them', () => {
  const page = (machine: string, rows: string[]) =>
    `# Benchmarks\n\nEach row is a ratio within one run, on ${machine}. Postgres with fsync on.\n\n${tableOf(rows)}\n\n- a note\n\n| another | table |\n`;
  expect(pageWith(page('2 cores', [row('a', 1), row('b', 1)]), [row('b', 2), row('c', 1)], '4 cores')).toBe(
    page('4 cores', [row('a', 1), row('b', 2), row('c', 1)]),
  );
});
