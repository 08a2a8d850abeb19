import { type AnyTarget, TargetError } from '@ledgerpost/core';
import { contextOf, count, openBooks, pushOf } from '../books.ts';
import { demand, expect, type Law, type Subject, type Trouble } from '../law.ts';
import { watch } from '../watch.ts';
import { inserts, oneOfEach } from './documents.ts';

const byPush = (target: AnyTarget) => target.delivery.by === 'push';
const TROUBLES: readonly Trouble[] = ['lost-reply', 'throttled', 'access-lost'];

export const permitsAreKept: Law = {
  id: 'permits-are-kept',
  sentence:
    'each request has a permit of one of its limits while it is on its way, and none is kept after that, whatever happens',
  applies: byPush,
  async check(subject) {
    const watched = watch(subject);
    const clean = (when: string) => {
      expect(watched.complaints.length === 0, watched.complaints.join(' '));
      expect(watched.out() === 0, `After ${when} it still holds ${watched.out()} permits. In time no request gets one any more.`);
    };
    for (const [verb, run] of await verbs(subject, watched.context)) {
      const before = watched.taken.length;
      await run();
      clean(verb);
      if (verb === 'push') expect(watched.taken.length > before, 'It pushed without a permit, so nobody keeps its limits.');
    }
    const { trouble } = subject.given;
    demand(trouble !== undefined, 'Give the kit a way to make calls fail: the member `trouble`.');
    for (const kind of TROUBLES) {
      const books = await openBooks(subject, watched.context);
      const [call] = await books.callsFor(inserts(subject));
      await trouble(kind, () => books.push(call!)).catch(() => {});
      clean(`the fault “${kind}”`);
    }
  },
};

export const aPermitsRefusalGoesThrough: Law = {
  id: 'a-permits-refusal-goes-through',
  sentence: 'the refusal of a permit ends the push as it is, and nothing is sent',
  applies: byPush,
  async check(subject) {
    const refusal = new TargetError('transient', 'target-throttled', 'The turn of this request is later.', 12_345);
    let refuses = false;
    const context = contextOf(subject);
    const permit: typeof context.permit = async (bucket) => {
      if (refuses) throw refusal;
      return context.permit(bucket);
    };
    const books = await openBooks(subject, { ...context, permit });
    const [call] = await books.callsFor(inserts(subject));
    demand(call !== undefined, 'There is no document to push.');
    const before = await count(subject);
    refuses = true;
    const thrown = await books.push(call).then(
      () => undefined,
      (error: unknown) => error,
    );
    refuses = false;
    expect(
      thrown instanceof TargetError && thrown.kind === 'transient' && thrown.retryAfterMs === 12_345,
      `A permit was refused for 12 seconds, and push ${thrown === undefined ? 'answered' : `threw ${String(thrown)}`}. Let the error through, or the engine doesn’t know when to try again.`,
    );
    expect((await count(subject)) === before, 'It sent the documents without the permit.');
  },
};

export const aCancelEndsTheRequest: Law = {
  id: 'a-cancel-ends-the-request',
  sentence: 'a request that is on its way ends when the work is cancelled',
  applies: byPush,
  async check(subject) {
    const { stall, context } = subject.given;
    demand(
      stall !== undefined || context?.fetch !== undefined,
      'Without a `fetch` the kit can’t keep an answer back. Give it the member `stall`.',
    );
    const names = (await verbs(subject, contextOf(subject))).map(([verb]) => verb);
    for (const verb of names) {
      const controller = new AbortController();
      const watched = watch(subject, { ...contextOf(subject), signal: controller.signal });
      const [, run] = (await verbs(subject, watched.context)).find(([name]) => name === verb)!;
      const arrived = Promise.withResolvers<void>();
      watched.disturb((_, signal) => {
        arrived.resolve();
        return new Promise((_resolve, reject) => {
          const end = () => reject(new DOMException('This operation was aborted', 'AbortError'));
          if (signal?.aborted) end();
          signal?.addEventListener('abort', end, { once: true });
        });
      });
      const ended = async () => {
        const work = run().then(
          () => 'answered',
          () => 'ended',
        );
        await Promise.race([arrived.promise, work, patience(50)]);
        controller.abort();
        return Promise.race([work, patience(1000)]);
      };
      const end = stall === undefined ? await ended() : await stall(ended);
      watched.disturb();
      expect(
        end !== 'late',
        `${verb} was cancelled, and its request went on. Pass \`context.signal\` to each request, or a cancel waits for the vendor.`,
      );
    }
  },
};

const patience = (ms: number) => new Promise<'late'>((resolve) => setTimeout(() => resolve('late'), ms));

export const supportIdsAreTraced: Law = {
  id: 'support-ids-are-traced',
  sentence: 'the vendor’s id of each answer is traced, also of an answer with an error',
  applies: byPush,
  async check(subject) {
    const { supportIds, trouble } = subject.given;
    demand(
      supportIds !== undefined,
      'Tell the kit the ids that the vendor gave its answers, or that it gives none: the member `supportIds`.',
    );
    const watched = watch(subject);
    const books = await openBooks(subject, watched.context);
    const traced = async (what: string, run: () => Promise<unknown>) => {
      const [from, before] = [supportIds?.().length ?? 0, watched.traced.length];
      await run();
      const given = (supportIds?.() ?? []).slice(from);
      const missing = given.filter((id) => !watched.traced.slice(before).includes(id));
      expect(
        missing.length === 0,
        `The vendor answered ${what} as ${given.join(', ')}, and ${missing.join(', ')} was not traced. Its support will ask for it.`,
      );
      return given.length;
    };
    for (const call of await books.callsFor(inserts(subject))) {
      const ids = await traced('a push', () => books.push(call));
      expect(supportIds === null || ids > 0, 'The vendor gave no id in a push. If it never does, set `supportIds` to null.');
    }
    demand(trouble !== undefined, 'Give the kit a way to make calls fail: the member `trouble`.');
    const [call] = await books.callsFor(inserts(subject));
    demand(call !== undefined, 'There is no document to push.');
    await traced('with an error', () => trouble('throttled', () => books.push(call)).catch(() => {}));
  },
};

/** Each verb that asks the books something, ready to run once. */
export async function verbs(
  subject: Subject,
  context: ReturnType<typeof contextOf>,
): Promise<readonly (readonly [string, () => Promise<unknown>])[]> {
  const { target, settings, chart } = subject;
  const books = await openBooks(subject, context);
  const posted = await books.post(oneOfEach(subject));
  const calls = await books.callsFor(oneOfEach(subject));
  const needs = posted.flatMap(({ document }) => pushOf(target).needs(document, chart, settings));
  const { readback, undo, chart: source } = target;
  const fresh = () => target.open(settings, context);
  const list: (readonly [string, () => Promise<unknown>])[] = [
    ['check', async () => target.check(fresh())],
    ['find', async () => pushOf(target).find(fresh(), needs)],
    [
      'push',
      async () => {
        for (const call of calls) await books.push(call);
      },
    ],
  ];
  if (source.by === 'discovered') list.push(['discover', async () => source.discover(fresh())]);
  if (readback.by === 'target') {
    list.push(['read', async () => readback.read(fresh(), posted)]);
    if (readback.changes !== undefined) list.push(['changes', async () => readback.changes!(fresh(), context.now() - 60_000)]);
  }
  if (undo.by === 'target') list.push(['takeBack', async () => undo.takeBack(fresh(), posted, chart)]);
  return list;
}
