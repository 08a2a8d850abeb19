import { describe, expect, it } from 'vitest';
import { byWhom } from './explain.ts';

describe('who changed a transaction in QuickBooks', () => {
  it('is named with the minute, by QuickBooks’ own clock', () => {
    const entity = { Id: '1', SyncToken: '2', MetaData: { LastUpdatedTime: '2026-11-24T09:09:05-08:00' } };
    expect(byWhom(entity)).toBe(' (last changed 2026-11-24 09:09)');
  });
});
