import { TargetError } from '@ledgerpost/core';
import { demand, expect, type Subject, type Trouble } from './law.ts';
import type { Watch } from './watch.ts';

/** The error of a run whose nth request is disturbed: by the kit, where the target uses `fetch`, and else by its author. */
export async function failureAt(
  { given }: Subject,
  watched: Watch,
  disturbance: NonNullable<Parameters<Watch['disturb']>[0]>,
  nth: number,
  run: () => Promise<unknown>,
  kind: Trouble = 'lost-reply',
): Promise<TargetError | undefined> {
  const caught = () =>
    run().then(
      () => undefined,
      (thrown: unknown) => ({ thrown }),
    );
  let error: { readonly thrown: unknown } | undefined;
  if (given.context?.fetch !== undefined) {
    watched.disturb(disturbance);
    error = await caught();
    watched.disturb();
  } else {
    demand(given.trouble !== undefined, 'Give the kit a way to make calls fail: the member `trouble`.');
    error = await given.trouble(kind, caught, nth);
  }
  if (error === undefined) return undefined;
  expect(
    error.thrown instanceof TargetError,
    `The answer to a request was lost, and it threw ${String(error.thrown)}. Throw a TargetError, whose kind decides who fixes it.`,
  );
  return error.thrown;
}
