import { Refusal } from '@ledgerpost/core';
import type { Store } from '@ledgerpost/store';
import type { App } from './app.ts';
import { answerProblem } from './problem-answers.ts';

export interface DatabasePatience {
  /** After how many milliseconds without an answer a request asks whether the database answers at all. */
  readonly askAfterMs: number;
  /** How long the database may take to answer that, in milliseconds. */
  readonly answerMs: number;
}

export const USUAL_PATIENCE: DatabasePatience = { askAfterMs: 10_000, answerMs: 5_000 };

/**
 * Answers 503 while the database is connected and silent, as when its machine hangs: queries then end neither well nor badly,
 * and their callers would wait for ever. Requests that only take long go on.
 */
export function registerSilentDatabase(app: App, store: Store, { askAfterMs, answerMs }: DatabasePatience): void {
  let asking: Promise<boolean> | undefined;

  /** One question at a time: each waits for a connection too. */
  function answers(): Promise<boolean> {
    asking ??= answersWithin(store, answerMs).finally(() => {
      asking = undefined;
    });
    return asking;
  }

  app.addHook('onRequest', async (request, reply) => {
    const timer = setInterval(async () => {
      if (reply.sent || reply.raw.destroyed) return clearInterval(timer);
      if (await answers()) return;
      clearInterval(timer);
      if (reply.sent) return;
      const detail = 'The database does not answer. The request may still take effect. Try again in a few seconds.';
      answerProblem(new Refusal('database-down', detail), request, reply);
    }, askAfterMs);
    timer.unref();
    reply.raw.once('close', () => clearInterval(timer));
  });
}

async function answersWithin({ sql }: Store, ms: number): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), ms);
  try {
    // A database that refuses is another matter: the request itself fails then.
    const answered = sql`select 1`.then(
      () => true,
      () => true,
    );
    return await Promise.race([answered, late]);
  } finally {
    clearTimeout(timer);
  }
}
