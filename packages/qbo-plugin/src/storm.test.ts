import { type Document, type Money, type PushOutcome, TargetError, type UndoOutcome } from '@ledgerpost/core';
import { describe, expect, it } from 'vitest';
import { customer, invoice, journal, line, memo, openDesk, Poster, payment } from './desk.testing.ts';

/** Small and repeatable: a seed that fails here fails again. */
function chance(seed: number) {
  let state = seed * 2654435761;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  return { next, below: (most: number) => Math.floor(next() * most) };
}

const TROUBLES = [
  { kind: 'replyLost' },
  { kind: 'reset' },
  { kind: 'html', status: 502 },
  { kind: 'html', status: 504, after: true, empty: true },
  { kind: 'systemFault' },
  { kind: 'systemFault', after: true },
  { kind: 'throttle', status: 403, form: 'xml' },
  { kind: 'tokenExpiry' },
  { kind: 'batchItemFault', item: 0 },
  { kind: 'batchItemFault', item: 3 },
] as const;

describe('a storm of failures', () => {
  it.each(Array.from({ length: 12 }, (_, at) => at + 1))(
    'seed %i: each document is in the books once, the ledger agrees to the cent, and an undo leaves nothing',
    async (seed) => {
      const { next, below } = chance(seed);
      const preferences = {
        autoApplyCredit: seed % 2 === 0,
        warnDuplicateNumbers: seed % 3 !== 0,
        customTxnNumbers: seed % 4 !== 0,
      };
      const desk = await openDesk({ seed }, { preferences });
      const before = desk.company.trialBalance();
      const poster = new Poster(desk);
      const stormy = () => {
        for (const trouble of TROUBLES) desk.simulator.control.addFault({ trouble, times: 'always', probability: 0.03 });
      };
      const who = (n: number) => customer(`Customer ${n}`);
      const clear = () => desk.simulator.control.removeFaults();

      /** As the engine does: the same stored call, until it has its outcomes. */
      async function push(documents: readonly Document[]): Promise<void> {
        clear();
        const call = await poster.call(documents);
        stormy();
        for (let attempt = 1; ; attempt++) {
          try {
            // One attempt after the other: all earlier ones are over.
            const round = attempt > 2 ? attempt : 1;
            const outcomes: readonly PushOutcome[] = await poster.send({ ...call, attempt, round }, documents);
            expect(outcomes.filter(({ status }) => status !== 'created' && status !== 'existed')).toEqual([]);
            return;
          } catch (error) {
            if (!passes(error) || attempt > 200) throw error;
            // Days go by before some retries, and QuickBooks forgets.
            if (below(4) === 0) desk.simulator.control.clock.advance(25 * 3_600_000);
          }
        }
      }

      const amounts = Array.from({ length: 20 }, () => 100 + below(20_000));
      const invoices = amounts.map((amount, n) => invoice(`${1000 + n}`, { customer: who(n % 4), lines: [line(amount)] }));
      const deposits = Array.from({ length: 4 }, (_, n) => payment(`D${n}`, 1 + below(3000), {}, { customer: who(n) }));
      const payments = invoices
        .filter(() => next() < 0.5)
        .map(({ number, total, customer: own }, n) => payment(`P${n % 7}-${n}`, total, { [number]: total }, { customer: own! }));
      const others = [memo('CM1', 500), journal('RF1', 700), memo('CM2', 5), journal('RF2', 1)];
      await push(deposits);
      await push(invoices);
      await push(payments);
      await push(others);
      const updates = invoices.slice(0, 6).map((one, n) => {
        const lines = [line(amounts[n]!), line(1 + below(500))];
        return invoice(one.number, { operation: 'invoice.update', customer: one.customer!, lines });
      });
      await push(updates);
      clear();

      const documents = [...deposits, ...payments, ...others, ...updates, ...invoices.slice(6)];
      const notes = ['Invoice', 'Payment', 'CreditMemo', 'JournalEntry'].flatMap((kind) =>
        desk.company
          .records(kind)
          .flatMap(({ PrivateNote }) => (String(PrivateNote).startsWith('Ledgerpost') ? [PrivateNote] : [])),
      );
      expect(notes.sort()).toEqual(documents.map(({ marker }) => marker).sort());
      const sum = (list: readonly { total?: Money; amount?: Money }[]) =>
        list.reduce((cents, one) => cents + (one.total ?? one.amount ?? 0), 0);
      const owed = sum([...updates, ...invoices.slice(6)]) - sum(deposits) - sum(payments) - 505 + 701;
      expect(Math.round(desk.company.balanceOf('Accounts Receivable (A/R)') * 1e2)).toBe(owed);
      const read = await poster.read(...poster.postings.keys());
      expect(read.filter(({ status }) => status !== 'same')).toEqual([]);

      async function takeBack(ids: readonly string[]): Promise<readonly UndoOutcome[]> {
        for (let attempt = 1; ; attempt++) {
          try {
            return await poster.takeBack(...ids);
          } catch (error) {
            if (!passes(error) || attempt > 200) throw error;
          }
        }
      }
      stormy();
      const updated = updates.map(({ record }) => record.id).reverse();
      const restored = await takeBack(updated);
      expect(restored.filter(({ status }) => status === 'left')).toEqual([]);
      for (const [at, id] of updated.entries()) {
        const { former, ...posting } = poster.posted(id);
        const { externalVersion } = restored[at] as { externalVersion?: string };
        if (former === undefined || externalVersion === undefined) throw new Error(`${id} has no former version.`);
        poster.postings.set(id, {
          ...posting,
          ...former,
          operation: 'invoice.insert',
          receipt: { ...former.receipt, externalVersion },
        });
      }
      const all = [...poster.postings.keys()].sort((a, b) => rank(a) - rank(b));
      expect((await takeBack(all)).filter(({ status }) => status === 'left')).toEqual([]);
      clear();
      expect(desk.company.trialBalance()).toEqual(before);
      expect(desk.permits.out).toBe(0);
      await desk.simulator.stop();
    },
    60_000,
  );
});

/** A failure that time or a reconnect resolves. */
function passes(error: unknown): boolean {
  return error instanceof TargetError && (error.kind === 'transient' || error.kind === 'access');
}

/** Newest first: memos, journals, payments, invoices. */
function rank(id: string): number {
  return ['m-', 'r-', 'p-', 'i-'].findIndex((prefix) => id.startsWith(prefix));
}
