import { expect, it } from 'vitest';
import { qboSettings } from '../payload/settings.ts';

it('nine tenths of what QuickBooks allows are used, unless an admin sets another share', () => {
  expect(qboSettings.parse({}).useOfLimits).toBe(0.9);
  expect(qboSettings.parse({ useOfLimits: 1 }).useOfLimits).toBe(1);
  expect(qboSettings.safeParse({ useOfLimits: 1.1 }).success).toBe(false);
});
