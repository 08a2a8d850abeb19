import { setTimeout as sleep } from 'node:timers/promises';
import type { DriftRow } from '../books/drift-oracle.ts';
import type { Choice, Step } from '../story/steps.ts';
import { playPerson } from './play-person.ts';
import { nameOf, Patience, type Stage } from './stage.ts';

/** Checks the books under faults, if the step has any, and then without: that check has to find everything. */
export async function playCheck(stage: Stage, { faults, during }: Extract<Step, { readonly do: 'check' }>): Promise<void> {
  if (faults.length > 0 || during.length > 0) {
    await stage.underFaults(faults, async () => {
      await askForCheck(stage);
      for (const act of during) {
        stage.note(`   during the check: ${JSON.stringify(act)}`);
        playPerson(stage, act);
      }
      await untilChecked(stage);
    });
  }
  await askForCheck(stage);
  await untilChecked(stage);
  stage.tally.count('drift', 'checks');
  const { rows, open } = await driftsOf(stage, 'state=open&');
  stage.note(`   open: ${rows.map(({ record, status }) => `${record.type}/${record.id} ${status}`).join(', ') || 'nothing'}`);
  stage.findings.push(...stage.drift.compare(rows, open, stage.standingDocuments()));
  stage.findings.push(...stage.drift.compareAll((await driftsOf(stage, '')).rows));
}

/** Orders a check for drift, without waiting for it. */
export async function askForCheck(stage: Stage): Promise<void> {
  const answer = await stage.askConnected<{ code?: string }>('POST', `${stage.path}/targets/qbo/look`);
  if (answer.status >= 300) throw new Error(`The check was refused with ${answer.status}: ${JSON.stringify(answer.body)}`);
}

async function untilChecked(stage: Stage): Promise<void> {
  const patience = new Patience();
  for (let times = 1; ; ) {
    const check = await stage.ask<{
      state: string;
      wantedAt: string | null;
      reason: { code: string; message: string } | null;
    }>('GET', `${stage.path}/targets/qbo/look`);
    if (check.wantedAt === null && check.state === 'done') return;
    if (check.wantedAt === null && check.state === 'failed') {
      stage.tally.count('drift', `check failed: ${check.reason?.code}`);
      stage.note(`   the check failed: ${check.reason?.code}`);
      if (check.reason?.code !== 'access-lost' || times++ === 4) throw new Error(`The check failed: ${JSON.stringify(check)}`);
      await stage.reconnect();
      await askForCheck(stage);
    }
    patience.expect([check, times], () => `The check of ${stage.id} does not end: ${JSON.stringify(check)}`);
    await sleep(400);
  }
}

async function driftsOf(stage: Stage, query: string): Promise<{ rows: DriftRow[]; open: number }> {
  return stage.ask('GET', `${stage.path}/drift?${query}limit=500`);
}

/** Decides each open change, in order of the records, by the choices in turn. */
export async function playDecisions(stage: Stage, choices: readonly Choice[]): Promise<void> {
  const { rows } = await driftsOf(stage, 'state=open&');
  const sorted = rows.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  for (const [at, row] of sorted.entries()) {
    const wanted = choices[at % choices.length]!;
    if (wanted !== 'leave') await decide(stage, row, wanted);
  }
  for (const batch of stage.batches) batch.items = await stage.items(batch.id);
}

async function decide(stage: Stage, row: DriftRow, wanted: Choice): Promise<void> {
  // A change that can't be sent again is kept or closed instead: one of these is always possible.
  for (const choice of new Set<Choice>([wanted, 'keep-theirs', 'resolve'])) {
    if (!row.choices.includes(choice)) continue;
    const answer = await stage.stack.call<{ code?: string; detail?: string }>('POST', `${stage.path}/drift/${row.id}/${choice}`);
    stage.note(`   ${nameOf(row)} ${row.status}: ${choice}${answer.status < 300 ? '' : ` refused (${answer.body.code})`}`);
    stage.tally.count('drift', `${choice}${answer.status < 300 ? '' : ` refused: ${answer.body.code}`}`);
    if (answer.status < 300) {
      stage.drift.decided(row, choice);
      return;
    }
    stage.expectRefusal(answer, 'not-sendable-again');
  }
}
