import { expect, it } from 'vitest';
import { type InLine, writesInLine } from './writes-in-line.ts';

/** Writes that are made when a test says so. */
function line() {
  const writes = writesInLine();
  const begun: (InLine & { readonly end: () => void; readonly fail: (error: Error) => void })[] = [];
  const add = () =>
    writes.add((inLine) => {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      begun.push({ ...inLine, end: resolve, fail: reject });
      return promise;
    });
  return { ...writes, begun, add };
}

/** Lets everything happen that waits for nothing. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

it('begins a write once the one before it has its lock, and no third before the first is made', async () => {
  const { begun, add, ended } = line();
  const added = [add(), add(), add()];
  await settled();
  expect(begun).toHaveLength(1);
  begun[0]!.locked();
  await added[1];
  await settled();
  expect(begun).toHaveLength(2);
  begun[0]!.end();
  await begun[1]!.before;
  begun[1]!.locked();
  await added[2];
  expect(begun).toHaveLength(3);
  for (const { end } of begun) end();
  await ended();
});

it('begins nothing behind a write that failed, also without its lock, and throws its error', async () => {
  const { begun, add, ended } = line();
  await add();
  const second = add();
  begun[0]!.fail(new Error('lost'));
  await expect(second).rejects.toThrow('lost');
  expect(begun).toHaveLength(1);
  await expect(ended()).rejects.toThrow('lost');
});

it('is not over before every write is, also if one in line failed by itself', async () => {
  const { begun, add, ended } = line();
  await add();
  begun[0]!.locked();
  await add();
  begun[1]!.fail(new Error('revoked'));
  let isOver = false;
  const end = ended().finally(() => {
    isOver = true;
  });
  end.catch(() => {});
  await settled();
  expect(isOver).toBe(false);
  begun[0]!.end();
  await expect(end).rejects.toThrow('revoked');
});

it('lets a write that is in line already see that the one before it failed', async () => {
  const { begun, add } = line();
  await add();
  begun[0]!.locked();
  await add();
  begun[0]!.fail(new Error('lost'));
  await expect(begun[1]!.before).rejects.toThrow('lost');
  begun[1]!.end();
});
