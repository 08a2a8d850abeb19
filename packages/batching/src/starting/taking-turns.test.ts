import { expect, it } from 'vitest';
import { fewAtOnce, takingTurns } from './taking-turns.ts';

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
  const run = fewAtOnce(1);
  const order: string[] = [];
  const chunk = (company: string, name: string, fails = false) =>
    run(company, 0, async () => {
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

/** Works that end when they are told to. */
function works(most: number) {
  const turn = fewAtOnce(most);
  const begun: string[] = [];
  const ends = new Map<string, PromiseWithResolvers<void>>();
  return {
    begun,
    add(name: string, place: number, title: string) {
      const end = Promise.withResolvers<void>();
      ends.set(title, end);
      return turn(name, place, async () => {
        begun.push(title);
        await end.promise;
        return title;
      });
    },
    async end(title: string, error?: Error) {
      if (error) ends.get(title)!.reject(error);
      else ends.get(title)!.resolve();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

it('lets as many works of a name run at once as it may, then the one with the lowest place', async () => {
  const { begun, add, end } = works(2);
  const all = [add('a', 1, 'a1'), add('a', 1, 'a1 again'), add('a', 3, 'a3'), add('a', 2, 'a2'), add('a', 2, 'a2 again')];
  expect(begun).toEqual(['a1', 'a1 again']);
  await end('a1 again');
  expect(begun).toEqual(['a1', 'a1 again', 'a2']);
  for (const title of ['a1', 'a2', 'a2 again', 'a3']) await end(title);
  expect(begun).toEqual(['a1', 'a1 again', 'a2', 'a2 again', 'a3']);
  expect(await Promise.all(all)).toEqual(['a1', 'a1 again', 'a3', 'a2', 'a2 again']);
});

it('lets another name not wait, and gives the place of a work that failed to the next one', async () => {
  const { begun, add, end } = works(1);
  const [failing, other, next] = [add('a', 1, 'a'), add('b', 1, 'b'), add('a', 1, 'next')];
  expect(begun).toEqual(['a', 'b']);
  await Promise.all([expect(failing).rejects.toThrow('broken'), end('a', new Error('broken'))]);
  expect(begun).toEqual(['a', 'b', 'next']);
  await end('b');
  await end('next');
  expect(await Promise.all([other, next])).toEqual(['b', 'next']);
});
