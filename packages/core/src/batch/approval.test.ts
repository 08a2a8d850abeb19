import { describe, expect, it } from 'vitest';
import { approvalTotals, asksForApproval, needsApproval } from './approval.ts';

const policy = { required: false, lapsesAfterHours: 72 };
const totals = approvalTotals({
  'invoice.insert': { documents: 3, amount: 90_000 },
  'creditMemo.insert': { documents: 1, amount: 10_000 },
  'payment.insert': { documents: 2, amount: 60_000 },
  'journal.insert': { documents: 1, amount: 5_000 },
});

describe('approval', () => {
  it('counts invoices, payments and documents each for itself', () => {
    expect(totals).toEqual({ invoices: 100_000, payments: 65_000, documents: 7 });
  });

  it.each([
    [{}, false, false],
    [{ required: true }, true, true],
    [{ above: {} }, false, false],
    [{ above: { invoices: 100_000 } }, true, false],
    [{ above: { invoices: 99_999 } }, true, true],
    [{ above: { payments: 64_999 } }, true, true],
    [{ above: { payments: 165_000, documents: 7 } }, true, false],
    [{ above: { documents: 6 } }, true, true],
    [{ above: { documents: 0 } }, true, true],
    // Required always means always.
    [{ required: true, above: { documents: 100 } }, true, true],
  ] as const)('by %j: asks %s, needs someone %s', (more, asks, needs) => {
    expect([asksForApproval({ ...policy, ...more }), needsApproval({ ...policy, ...more }, totals)]).toEqual([asks, needs]);
  });
});
