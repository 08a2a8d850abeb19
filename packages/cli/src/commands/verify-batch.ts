import type { ApiClient } from '../api-client.ts';
import type { Io } from '../io.ts';
import type { Batch } from './follow-batch.ts';
import { count } from './words.ts';

interface Verification {
  readonly batch: { readonly name: string };
  readonly state: 'running' | 'done' | 'failed';
  readonly waiting?: string;
  readonly reason: { readonly message: string } | null;
  readonly counts: { readonly same: number; readonly changed: number; readonly gone: number };
}
interface Findings {
  readonly findings: {
    readonly rows: readonly { readonly number: string; readonly status: string; readonly problem: { message: string } | null }[];
    readonly next?: string;
  };
}

/** Verifies a batch, follows the verification and lists each document that differs. True if none does. */
export async function verifyBatch(api: ApiClient, path: string, io: Io): Promise<boolean> {
  let verification = await api.send<Verification>('POST', `${path}/verify`);
  // The batch's version rises with the verification. Read it first, so that no change is missed.
  let { version } = await api.get<Batch>(path);
  for (;;) {
    verification = await api.get<Verification>(`${path}/verification?limit=1`);
    io.progress(inWords(verification), verification.state);
    if (verification.state !== 'running') break;
    ({ version } = await api.get<Batch>(`${path}?after=${version}&wait=30`));
  }
  io.progress('');
  for (const status of ['changed', 'gone']) {
    for (let after = ''; ; ) {
      const { findings } = await api.get<Findings>(`${path}/verification?status=${status}&limit=1000${after}`);
      for (const { number, problem } of findings.rows) io.out(`${statusWord(status)} ${number}: ${problem?.message ?? ''}`);
      if (findings.next === undefined) break;
      after = `&after=${encodeURIComponent(findings.next)}`;
    }
  }
  io.out(inWords(verification));
  if (verification.reason !== null) io.err(verification.reason.message);
  return verification.state === 'done' && verification.counts.changed + verification.counts.gone === 0;
}

/** `gone` is the API's word. */
function statusWord(status: string): string {
  return status === 'gone' ? 'deleted' : status;
}

function inWords({ batch, state, waiting, counts: { same, changed, gone } }: Verification): string {
  if (waiting !== undefined) return `${batch.name}: waiting. ${waiting}`;
  const end = state === 'failed' ? ', and the rest could not be checked' : '';
  return `${batch.name}: ${count(same)} same, ${count(changed)} changed, ${count(gone)} deleted${end}`;
}
