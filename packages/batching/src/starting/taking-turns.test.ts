import { expect, it } from 'vitest';
import { takingTurns } from './taking-turns.ts';

it('between any two pieces, of one computation or of two, the event loop serves what came in', async () => {
  const turns = takingTurns();
  const seen: string[] = [];
  let others = true;
  const serve = () => {
    seen.push('served');
    if (others) setImmediate(serve);
  };
  setImmediate(serve);
  const compute = async (name: string) => {
    for (let piece = 0; piece < 5; piece++) {
      await turns.next();
      seen.push(name);
    }
  };
  await Promise.all([compute('a'), compute('b')]);
  others = false;
  const pieces = seen.filter((one) => one !== 'served');
  expect(pieces.join('')).toBe('ab'.repeat(5));
  const beside = seen.filter((one, at) => one !== 'served' && seen[at + 1] !== undefined && seen[at + 1] !== 'served');
  expect(beside).toEqual([]);
});
