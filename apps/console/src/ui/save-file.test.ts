import { expect, it } from 'vitest';
import { csvOf } from './save-file.ts';

it('a table becomes a file that spreadsheets open, and none of its cells a formula', () => {
  const text = csvOf([
    ['Number', 'Message'],
    ['1042', 'Say "no", please\nnow'],
    ['=1+1', '-5'],
  ]);
  expect(text).toBe(`\uFEFFNumber,Message\r\n1042,"Say ""no"", please\nnow"\r\n'=1+1,'-5\r\n`);
});
