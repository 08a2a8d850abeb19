import { describe, expect, it } from 'vitest';
import { driftEveryMinutes } from './drift-pace.ts';

describe('books are checked for changes', () => {
  it('every hour, and once a day where the target announces changes', () => {
    const usual = { lookEveryMinutes: 'usual', webhookSecrets: { qbo: 'secret' } } as const;
    expect([driftEveryMinutes(usual, 'qbo'), driftEveryMinutes(usual, 'other')]).toEqual([1_440, 60]);
    expect(driftEveryMinutes({ lookEveryMinutes: 'usual' }, 'qbo')).toBe(60);
  });

  it('as often as an operator sets, whatever is announced', () => {
    for (const minutes of [0, 30]) {
      expect(driftEveryMinutes({ lookEveryMinutes: minutes, webhookSecrets: { qbo: 'secret' } }, 'qbo')).toBe(minutes);
    }
  });
});
