import { expect, it } from 'vitest';
import { oneAtATime, takingTurns } from './taking-turns.ts';

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

it('of two previews of one company one computes at a time, also after one failed, and another company’s beside them', async () => {
  const run = oneAtATime();
  const order: string[] = [];
  const chunk = (company: string, name: string, fails = false) =>
    run(company, async () => {
      order.push(`${name} begins`);
      await new Promise((resolve) => setImmediate(resolve));
      order.push(`${name} ends`);
      if (fails) throw new Error('broken');
      return name;
    });
  const all = await Promise.allSettled([chunk('a', '1', true), chunk('a', '2'), chunk('b', '3')]);
  expect(all.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
  expect(order).toEqual(['1 begins', '3 begins', '1 ends', '2 begins', '3 ends', '2 ends']);
});
