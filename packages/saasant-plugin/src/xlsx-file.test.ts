import { expect, it } from 'vitest';
import { BOUNDS, openXlsx } from './xlsx-file.ts';

it('a file that is larger than its bound is an error, never handed out', async () => {
  const open = (bytes: number) =>
    openXlsx({ write: async () => {}, close: async () => {} }, 'Invoices', ['Invoice No'], [], { ...BOUNDS, bytes });
  await expect(open(10).close()).rejects.toMatchObject({ kind: 'defect', code: 'file-too-large' });
  await expect(open(BOUNDS.bytes).close()).resolves.toBeInstanceOf(Buffer);
});
