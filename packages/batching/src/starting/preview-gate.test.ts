import { describe, expect, it } from 'vitest';
import { previewGate } from './preview-gate.ts';

/** A preview that runs until it is ended. */
function preview() {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let began = false;
  return {
    run: () => {
      began = true;
      return promise;
    },
    end: () => resolve('done'),
    fail: () => reject(new Error('broken')),
    get began() {
      return began;
    },
  };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('the gate of previews', () => {
  it('refuses a company that has too many, running and waiting, and lets others in', async () => {
    const gate = previewGate({ perCompany: 2, inAll: 3, waitMs: 60_000 });
    const one = preview();
    const running = [gate.enter('acme', undefined, one.run), gate.enter('acme', undefined, one.run)];
    await expect(gate.enter('acme', undefined, one.run)).rejects.toMatchObject({ code: 'too-many-previews' });
    expect(await gate.enter('birds', undefined, async () => 'in')).toBe('in');
    one.end();
    expect(await Promise.all(running)).toEqual(['done', 'done']);
    expect(await gate.enter('acme', undefined, async () => 'again')).toBe('again');
  });

  it('keeps the rest waiting in turn while as many run as may', async () => {
    const gate = previewGate({ perCompany: 1, inAll: 2, waitMs: 60_000 });
    const previews = ['a', 'b', 'c', 'd'].map((company) => {
      const one = preview();
      return { ...one, done: gate.enter(company, undefined, one.run), is: () => one.began };
    });
    await turn();
    expect(previews.map(({ is }) => is())).toEqual([true, true, false, false]);
    previews[1]!.fail();
    await expect(previews[1]!.done).rejects.toThrow('broken');
    expect(previews.map(({ is }) => is())).toEqual([true, true, true, false]);
    previews[0]!.end();
    await previews[0]!.done;
    await turn();
    expect(previews.map(({ is }) => is())).toEqual([true, true, true, true]);
    for (const one of previews.slice(2)) one.end();
    expect(await Promise.all(previews.slice(2).map(({ done }) => done))).toEqual(['done', 'done']);
  });

  it('gives up on who waits too long or hangs up, and loses no place by it', async () => {
    const gate = previewGate({ perCompany: 1, inAll: 1, waitMs: 10 });
    const one = preview();
    const first = gate.enter('a', undefined, one.run);
    const caller = new AbortController();
    const hungUp = gate.enter('b', caller.signal, one.run);
    caller.abort('hung up');
    await expect(hungUp).rejects.toBe('hung up');
    await expect(gate.enter('c', undefined, one.run)).rejects.toMatchObject({ code: 'too-many-previews' });
    one.end();
    await first;
    for (const company of ['b', 'c']) expect(await gate.enter(company, undefined, async () => 'in')).toBe('in');
  });
});
