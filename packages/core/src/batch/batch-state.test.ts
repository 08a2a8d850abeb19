import { expect, it } from 'vitest';
import { BATCH_STATES, ITEM_STATES, outcomeOf } from './batch-state.ts';

it('only an item that a person chose to resend is “to be resent”: undone, in a batch that nobody undid', () => {
  const undone = ['undoing', 'undone', 'undone-in-part'];
  for (const batch of BATCH_STATES)
    for (const state of ITEM_STATES)
      expect(outcomeOf(state, batch)).toBe(state === 'undone' && !undone.includes(batch) ? 'to be resent' : state);
});
