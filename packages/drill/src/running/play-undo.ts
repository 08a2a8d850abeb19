import { isDeepStrictEqual } from 'node:util';
import type { Batch } from '../books/claims.ts';
import type { Fault } from '../story/steps.ts';
import { askForCheck } from './play-drift.ts';
import { inDoubt, type Stage, stands, statesOf } from './stage.ts';

/** An undo that stops for a reason that a person resolves is started again, at most so often. */
const AT_MOST = 6;

/** Undoes a batch; kills a worker, or asks for a check, once it is in that state. */
export async function undo(
  stage: Stage,
  batch: Batch,
  faults: readonly Fault[],
  killIn?: string,
  checkIn?: string,
): Promise<void> {
  const stood = stage.standingItems();
  await stage.underFaults(faults, async () => {
    for (let times = 1; ; times++) {
      const answer = await stage.askConnected<{ code?: string }>('POST', `${stage.path}/batches/${batch.id}/undo`);
      if (answer.status >= 300) {
        stage.expectRefusal(answer, 'not-undoable');
        stage.note(`   ${answer.body.code}`);
        return;
      }
      stage.tally.count('undos', 'started');
      let killed = false;
      let checked = false;
      const end = await stage.until(batch.id, async (view) => {
        if (view.state === killIn && !killed) {
          killed = true;
          await stage.killWorker(view.state);
        }
        if (view.state === checkIn && !checked) {
          checked = true;
          await askForCheck(stage);
        }
        return view.ended;
      });
      // An undo, too, first finds the outcome of what an earlier batch left in doubt.
      for (const each of stage.batches) if (each === batch || each.items.some(inDoubt)) each.items = await stage.items(each.id);
      if (stage.isDrift) stage.findings.push(...stage.drift.wrote(stage.batches, stood));
      stage.tally.undo(end.state, batch.items);
      stage.note(`   ${end.state}${end.reason === null ? '' : ` (${end.reason.code})`}: ${statesOf(batch.items)}`);
      if (end.reason === null) return;
      if (times === AT_MOST) {
        stage.findings.push(`The undo of ${batch.id} did not end: ${end.reason.message}`);
        return;
      }
      if (end.reason.code === 'access-lost') await stage.reconnect();
      stage.books.setLapsed(false);
    }
  });
}

/** Undoes all batches, newest first. Where no person changed the books, they hold then what they held at the start. */
export async function undoAll(stage: Stage, faults: readonly Fault[], between: () => void): Promise<void> {
  for (const [at, batch] of stage.batches.toReversed().entries()) {
    if (batch.items.some(stands)) await undo(stage, batch, at === 0 ? faults : []);
    between();
    if (stage.findings.length > 0) return;
  }
  if (stage.isDrift) stage.findings.push(...stage.drift.unreasonablyLeft(stage.batches));
  const items = stage.batches.flatMap((batch) => batch.items);
  if (!stage.isAlone || items.some(({ operation, state }) => operation === 'invoice.void' || state === 'sending')) return;
  const left = items.filter(stands);
  for (const { record, problems } of left)
    stage.findings.push(
      `${record.type}/${record.id} was not undone, though no person had changed it: ${problems.at(-1)?.message}`,
    );
  const after = stage.books.trialBalance();
  if (left.length === 0 && !isDeepStrictEqual(after, stage.balanceBefore))
    stage.findings.push(
      `After the undo of everything the trial balance is ${JSON.stringify(after)}, and was ${JSON.stringify(stage.balanceBefore)}.`,
    );
  stage.tally.count('undos', 'of everything');
}
