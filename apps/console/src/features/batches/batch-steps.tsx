import type { ItemState } from '@ledgerpost/core';
import { Progress } from '../../ui/progress.tsx';
import { BATCH_STATES } from '../../ui/states.ts';
import { number } from '../../ui/words.ts';
import { type OfBatch, wordsOfBatch, wordsOfItem } from './batch-of.ts';
import { countsByState } from './tabs/items.tsx';

const STEPS = [
  ['selecting', 'Select'],
  ['validating', 'Check'],
  ['exporting', 'Prepare'],
  ['awaiting-approval', 'Approve'],
  ['pushing', 'Send'],
  ['recording', 'Record'],
] as const;

const OUTCOMES: readonly ItemState[] = ['posted', 'listed', 'differs', 'refused', 'conflict', 'rejected', 'blocked'];

/** The steps of an open batch: which one it is in, and how far. */
export function BatchSteps(props: OfBatch) {
  const { state, progress, stages } = props.batch;
  if (state === 'undoing') return <Progress label={BATCH_STATES.undoing[0]} done={progress.done} of={progress.of} />;
  const here = STEPS.findIndex(([step]) => step === (state === 'held' ? 'pushing' : state));
  const steps = STEPS.filter(([step]) => step !== 'awaiting-approval' || state === 'awaiting-approval');
  const outcomes = [...countsByState(props.batch)].filter(([one]) => OUTCOMES.includes(one));
  return (
    <section aria-label="Progress" className="progress-box">
      <ol className="steps">
        {steps.map(([step, name]) => {
          const at = STEPS.findIndex(([one]) => one === step);
          const where = at < here ? 'done' : at === here ? 'here' : 'ahead';
          return (
            <li key={step} className={where} {...(where === 'here' ? { 'aria-current': 'step' as const } : {})}>
              {name}
              <span className="hidden">{where === 'done' ? ', done' : ''}</span>
            </li>
          );
        })}
      </ol>
      <Progress label={wordsOfBatch(props)} done={progress.done} of={progress.of} />
      {state === 'pushing' && stages !== null && stages.length > 0 && (
        <p className="aside">Stages: {stages.map(({ name }) => name).join(' → ')}</p>
      )}
      {outcomes.length > 0 && (
        <p className="aside">{outcomes.map(([one, count]) => `${wordsOfItem(props, one)}: ${number(count)}`).join(', ')}</p>
      )}
    </section>
  );
}
