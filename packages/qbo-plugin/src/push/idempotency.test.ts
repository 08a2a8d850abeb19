import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type Desk,
  invoice,
  journal,
  line,
  memo,
  messageOf,
  openDesk,
  Poster,
  payment,
  receiptIn,
  requestsOf,
  USUAL,
} from '../desk.testing.ts';
import { giveUp } from './give-up.ts';
import { begin } from './work.ts';

let desk: Desk;
const desks: Desk[] = [];
beforeEach(async () => {
  desk = await openDesk();
  desks.push(desk);
});
afterAll(async () => {
  await Promise.all(desks.map(({ simulator }) => simulator.stop()));
});

const fault = (trouble: Parameters<Desk['simulator']['control']['addFault']>[0]['trouble'], skip = 0) =>
  desk.simulator.control.addFault({ trouble, aim: { operation: 'batch' }, skip });

describe('a call whose outcome is unknown', () => {
  it.each([
    ['with the request id honoured', {}],
    ['with the request id forgotten', { requestIdMemory: '15m' }],
    ['with repeated batches refused', { requestIdBatch: 'fault' }],
  ] as const)('case 11: a lost reply never posts twice, %s', async (_, switches) => {
    desk.simulator.control.setSwitches(switches);
    const poster = new Poster(desk);
    const documents = [invoice('1'), invoice('2'), payment('P1', 5000), memo('CM1', 1000), journal('RF1', 700)];
    const call = await poster.call(documents);
    fault({ kind: 'replyLost' });
    await expect(poster.send(call, documents)).rejects.toMatchObject({ kind: 'transient', code: 'target-unreachable' });
    if ('requestIdMemory' in switches) desk.simulator.control.clock.advance(3_600_000);
    const outcomes = await poster.send({ ...call, attempt: 2 }, documents);
    expect(outcomes.map(({ status }) => status)).toEqual(['existed', 'existed', 'existed', 'existed', 'existed']);
    expect(desk.company.records('Invoice')).toHaveLength(2);
    expect(desk.company.records('Payment')).toHaveLength(1);
    expect(desk.company.records('CreditMemo')).toHaveLength(1);
    expect(desk.company.records('JournalEntry')).toHaveLength(1);
  });

  it('case 12: a call that never arrived is sent by the second attempt', async () => {
    const poster = new Poster(desk);
    const documents = [invoice('1'), payment('P1', 5000)];
    const call = await poster.call(documents);
    fault({ kind: 'reset' });
    await expect(poster.send(call, documents)).rejects.toMatchObject({ kind: 'transient' });
    const outcomes = await poster.send({ ...call, attempt: 2 }, documents);
    expect(outcomes.map(({ status }) => status)).toEqual(['created', 'created']);
    expect(desk.company.records('Invoice')).toHaveLength(1);
  });

  it('case 87: a renewed subscription does not count as lapsed because QuickBooks repeats its old answer', async () => {
    const poster = new Poster(desk);
    const documents = [invoice('1'), invoice('2')];
    const call = await poster.call(documents);
    desk.company.setLapsed(true);
    await expect(poster.send(call, documents)).rejects.toMatchObject({ kind: 'config' });
    await expect(poster.send({ ...call, attempt: 2 }, documents)).rejects.toMatchObject({ kind: 'config' });
    desk.company.setLapsed(false);
    const mended = await poster.send({ ...call, attempt: 3, round: 3 }, documents);
    expect(mended.map(({ status }) => status)).toEqual(['created', 'created']);

    const next = [invoice('3')];
    const other = await poster.call(next);
    desk.company.setLapsed(true);
    await expect(poster.send(other, next)).rejects.toMatchObject({ kind: 'config' });
    desk.company.setLapsed(false);
    expect((await poster.send({ ...other, attempt: 2, round: 2 }, next)).map(({ status }) => status)).toEqual(['created']);
    expect(desk.company.records('Invoice')).toHaveLength(3);
  });

  it('an item that the service failed on is sent again, and its neighbours are not', async () => {
    const poster = new Poster(desk);
    const documents = [invoice('1'), invoice('2'), invoice('3')];
    const call = await poster.call(documents);
    fault({ kind: 'batchItemFault', item: 1 });
    await expect(poster.send(call, documents)).rejects.toMatchObject({ kind: 'transient', code: 'target-unreachable' });
    // The simulator keeps the failure as the answer to the request id, as QuickBooks may.
    await expect(poster.send({ ...call, attempt: 2 }, documents)).rejects.toMatchObject({ kind: 'transient' });
    const outcomes = await poster.send({ ...call, attempt: 3, round: 3 }, documents);
    expect(outcomes.map(({ status }) => status)).toEqual(['existed', 'created', 'existed']);
    expect(desk.company.records('Invoice')).toHaveLength(3);
  });

  it('an item that QuickBooks fails on at every attempt is refused at last, and its neighbours are posted', async () => {
    const poster = new Poster(desk);
    const documents = [payment('P1', 5000), invoice('1'), payment('P2', 700)];
    const call = await poster.call(documents);
    desk.simulator.control.addFault({
      trouble: { kind: 'batchItemFault', item: 0 },
      aim: { operation: 'batch' },
      times: 'always',
    });
    for (const attempt of [1, 12])
      await expect(poster.send({ ...call, attempt, round: attempt }, documents)).rejects.toMatchObject({ kind: 'transient' });
    // A request of this round may still be on its way.
    await expect(poster.send({ ...call, attempt: 13, round: 12 }, documents)).rejects.toMatchObject({ kind: 'transient' });
    const outcomes = await poster.send({ ...call, attempt: 14, round: 14 }, documents);
    expect(outcomes.map(({ status }) => status)).toEqual(['refused', 'existed', 'existed']);
    expect(outcomes[0]).toMatchObject({ problem: { code: 'refused-by-target' } });
    expect(messageOf(outcomes[0])).toContain('at every attempt, and did not write it. Retry it later.');
    expect(messageOf(outcomes[0])).toContain('code 10000');
  });

  it('an outage of QuickBooks is waited for, however long it lasts', async () => {
    const poster = new Poster(desk);
    const call = await poster.call([invoice('1')]);
    fault({ kind: 'systemFault' });
    await expect(poster.send({ ...call, attempt: 200, round: 200 }, [invoice('1')])).rejects.toMatchObject({
      code: 'target-unreachable',
    });
  });

  it.each([
    ['a new document', invoice('1'), invoice('1')],
    ['a change', invoice('1', { lines: [line(900)] }), invoice('1', { operation: 'invoice.update' })],
  ])(
    '%s that is in the books after all is taken as posted, though QuickBooks answered that it failed',
    async (_, first, sent) => {
      const poster = new Poster(desk);
      await poster.post(first);
      const call = await poster.call([sent]);
      if (sent !== first) await poster.send(call, [sent]);
      const work = begin(call.items[0]!, call);
      work.fault = { type: 'ValidationFault', errors: [{ code: '10000', message: 'System failure', detail: '' }] };
      await giveUp(poster.session, [work]);
      expect(work.outcome).toMatchObject({ status: 'existed' });
    },
  );

  it('a change that QuickBooks fails on at every attempt is refused, and the document stays as it was', async () => {
    const poster = new Poster(desk);
    await poster.post(invoice('1'));
    const update = invoice('1', { operation: 'invoice.update', lines: [line(9000)] });
    const call = await poster.call([update]);
    fault({ kind: 'batchItemFault', item: 0 });
    expect(await poster.send({ ...call, attempt: 13, round: 13 }, [update])).toMatchObject([{ status: 'refused' }]);
    expect(poster.held('i-1').TotalAmt).toBe(100);
  });

  it.each([
    ['before', false],
    ['after', true],
  ])('attempts of one round that overlap post once, though QuickBooks is slow %s it posts the first', async (_, after) => {
    const rung = Promise.withResolvers<void>();
    const released = Promise.withResolvers<void>();
    const held = await openDesk({
      onAlarm() {
        rung.resolve();
        return released.promise;
      },
    });
    desks.push(held);
    const poster = new Poster(held);
    const documents = [payment('P1', 5000), payment('P2', 5000), journal('RF1', 700)];
    const call = await poster.call(documents);
    held.simulator.control.addFault({ trouble: { kind: 'alarm', after }, aim: { operation: 'batch' } });
    const first = poster.send(call, documents);
    await rung.promise;
    held.simulator.control.addFault({ trouble: { kind: 'reset' }, aim: { operation: 'batch' } });
    // It finds what the first has posted, or its own request is lost.
    await poster.send({ ...call, attempt: 2, round: 1 }, documents).catch(() => {});
    await poster.send({ ...call, attempt: 3, round: 1 }, documents);
    released.resolve();
    await first;
    expect(held.company.records('Payment')).toHaveLength(2);
    expect(held.company.records('JournalEntry')).toHaveLength(1);
  });

  it('an update does not wait for a round: QuickBooks refuses the id with another body, and the version protects it', async () => {
    desk.simulator.control.setSwitches({ requestIdOtherBody: 'fault' });
    const poster = new Poster(desk);
    await poster.post(invoice('1'));
    const update = invoice('1', { operation: 'invoice.update', lines: [line(9000)] });
    const call = await poster.call([update]);
    fault({ kind: 'batchItemFault', item: 0 });
    await expect(poster.send(call, [update])).rejects.toMatchObject({ kind: 'transient' });
    desk.company.act({ act: 'edit', entity: 'Invoice', id: poster.held('i-1').Id, changes: { EmailStatus: 'NeedToSend' } });
    await expect(poster.send({ ...call, attempt: 2, round: 1 }, [update])).rejects.toMatchObject({ kind: 'transient' });
    expect(await poster.send({ ...call, attempt: 3, round: 1 }, [update])).toMatchObject([{ status: 'created' }]);
    expect(poster.held('i-1').TotalAmt).toBe(90);
  });

  it('each write is announced right before it is sent, and is over once QuickBooks itself has answered', async () => {
    const { writes } = desk;
    const poster = new Poster(desk);
    const call = await poster.call([invoice('1')]);
    writes.begun = 0;
    fault({ kind: 'html', status: 504 });
    await expect(poster.send(call, [invoice('1')])).rejects.toMatchObject({ kind: 'transient' });
    expect(writes).toEqual({ begun: 1, open: 1 });
    fault({ kind: 'replyLost' });
    await expect(poster.send({ ...call, attempt: 2 }, [invoice('1')])).rejects.toMatchObject({ kind: 'transient' });
    expect(writes).toEqual({ begun: 2, open: 2 });
    const others = await poster.call([invoice('2'), payment('P1', 5000)]);
    fault({ kind: 'systemFault' });
    await expect(poster.send(others, [])).rejects.toMatchObject({ kind: 'transient' });
    desk.simulator.control.expireAccess(desk.company.realmId);
    await poster.send({ ...others, attempt: 2 }, [invoice('2'), payment('P1', 5000)]);
    expect(writes.open).toBe(2);
  });

  it('an attempt that may not write any more sends nothing', async () => {
    const stopped = new Poster({
      ...desk,
      context: { ...desk.context, beginWrite: () => Promise.reject(new Error('overtaken')) },
    });
    const call = await new Poster(desk).call([payment('P1', 5000)]);
    await expect(stopped.send(call, [payment('P1', 5000)])).rejects.toThrow('overtaken');
    expect(desk.company.records('Payment')).toHaveLength(0);
    expect(desk.permits.out).toBe(0);
  });

  it('an update whose reply was lost is recognized, and is not treated as a person’s change', async () => {
    const poster = new Poster(desk);
    await poster.post(invoice('1'));
    const update = invoice('1', {
      operation: 'invoice.update',
      message: 'Now lower',
      lines: [{ ...invoice('1').lines[0]!, amount: 9000 as never, unitPrice: '90' }],
      total: 9000 as never,
    });
    const call = await poster.call([update]);
    fault({ kind: 'replyLost' });
    await expect(poster.send(call, [update])).rejects.toMatchObject({ kind: 'transient' });
    const [outcome] = await poster.send({ ...call, attempt: 2 }, [update]);
    expect(outcome).toMatchObject({ status: 'existed', receipt: { total: 9000 } });
  });

  it('books that assign their own numbers are searched by customer, day and marker', async () => {
    desk.company.setPreferences({ customTxnNumbers: false });
    const poster = new Poster(desk);
    const call = await poster.call([invoice('10427')]);
    fault({ kind: 'replyLost' });
    await expect(poster.send(call, [invoice('10427')])).rejects.toMatchObject({ kind: 'transient' });
    desk.simulator.control.clock.advance(48 * 3_600_000);
    const [outcome] = await poster.send({ ...call, attempt: 2 }, [invoice('10427')]);
    expect(outcome).toMatchObject({ status: 'existed', receipt: { number: '1001' } });
    expect(desk.company.records('Invoice')).toHaveLength(1);
  });
});

describe('numbers that the books already have', () => {
  it.each([true, false])(
    'case 13, 15: another customer’s invoice with that number is reported and never overwritten (duplicates refused by QuickBooks: %s)',
    async (warnDuplicateNumbers) => {
      desk.company.setPreferences({ warnDuplicateNumbers });
      const other = desk.company.act({ act: 'create', entity: 'Customer', record: { DisplayName: 'Bill' } });
      const line = { Amount: 5, DetailType: 'SalesItemLineDetail', SalesItemLineDetail: { ItemRef: { value: '1' } } };
      desk.company.act({
        act: 'create',
        entity: 'Invoice',
        record: { CustomerRef: { value: other.Id }, DocNumber: '1', Line: [line] },
      });
      const outcomes = await new Poster(desk).post(invoice('1'), invoice('2'));
      expect(outcomes.map(({ status }) => status)).toEqual(['refused', 'created']);
      expect(outcomes[0]).toMatchObject({ problem: { code: 'duplicate-number' } });
      expect(messageOf(outcomes[0])).toContain('“Bill” with a total of $5.00');
      expect(desk.company.records('Invoice')).toHaveLength(2);
    },
  );

  it('case 13: a number that another kind of document has is refused with QuickBooks’ own words', async () => {
    const poster = new Poster(desk);
    await poster.post(memo('7', 1000));
    const [outcome] = await poster.post(invoice('7'));
    expect(outcome).toMatchObject({ status: 'refused', problem: { code: 'duplicate-number' } });
    expect(messageOf(outcome)).toContain('TxnType=CreditMemo');
  });

  it('case 14: the same invoice, entered in QuickBooks by a person, is linked and not created, and an undo leaves it', async () => {
    const poster = new Poster(desk);
    await poster.call([invoice('1')]);
    const amy = desk.company.records('Customer')[0]!;
    const item = desk.company.records('Item').find(({ Name }) => Name === 'Tune-up')!;
    const line = { Amount: 100, DetailType: 'SalesItemLineDetail', SalesItemLineDetail: { ItemRef: { value: item.Id } } };
    desk.company.act({
      act: 'create',
      entity: 'Invoice',
      record: { CustomerRef: { value: amy.Id }, DocNumber: '1', Line: [line] },
    });
    const [outcome] = await poster.post(invoice('1'));
    expect(outcome).toMatchObject({ status: 'existed', receipt: { total: 10000 }, warnings: [{ code: 'books-differ' }] });
    expect(desk.company.records('Invoice')).toHaveLength(1);
    expect(await poster.takeBack('i-1')).toMatchObject([{ status: 'left', problem: { code: 'changed-there' } }]);
    expect(desk.company.records('Invoice')).toHaveLength(1);
  });

  it('our own document with other content is reported, and not posted a second time', async () => {
    const poster = new Poster(desk);
    await poster.post(invoice('1'));
    const [outcome] = await new Poster(desk).post(invoice('1', { lines: [invoice('1').lines[0]!, invoice('1').lines[0]!] }));
    expect(outcome).toMatchObject({ status: 'refused', problem: { code: 'changed-there' } });
    expect(desk.company.records('Invoice')).toHaveLength(1);
  });

  it('an invoice id that begins like another one is not confused with it', async () => {
    const poster = new Poster(desk);
    await poster.post(invoice('10', { number: '1' }));
    const [outcome] = await new Poster(desk).post(invoice('1'));
    expect(outcome).toMatchObject({ status: 'refused', problem: { code: 'duplicate-number' } });
  });
});

describe('calls', () => {
  it('case 19: thirty items fit in one call, and are one request to the batch endpoint', async () => {
    const poster = new Poster(desk);
    const documents = Array.from({ length: 30 }, (_, at) => invoice(`${at}`));
    const call = await poster.call(documents);
    desk.simulator.control.forgetRequests();
    const outcomes = await poster.send(call, documents);
    expect(outcomes.every(({ status }) => status === 'created')).toBe(true);
    expect(requestsOf(desk, 'batch')).toBe(1);
    expect(requestsOf(desk, 'query')).toBe(1);
  });

  it.each([
    ['429 in JSON', { status: 429, form: 'json' }],
    ['429 in XML', { status: 429, form: 'xml' }],
    ['403 in XML', { status: 403, form: 'xml' }],
  ] as const)('case 20: a throttle (%s) pauses the connection for a minute, and nothing is lost', async (_, how) => {
    const poster = new Poster(desk);
    const call = await poster.call([invoice('1')]);
    fault({ kind: 'throttle', ...how });
    await expect(poster.send(call, [invoice('1')])).rejects.toMatchObject({
      kind: 'transient',
      code: 'target-throttled',
      retryAfterMs: 60_000,
    });
    expect(desk.pauses).toEqual([60_000]);
    expect((await poster.send({ ...call, attempt: 2 }, [invoice('1')]))[0]).toMatchObject({ status: 'created' });
  });

  it('case 20: a Retry-After is respected', async () => {
    const throttling = await openDesk({ limits: { perMinute: 4 }, switches: { retryAfter: 'sixty-seconds' } }, USUAL);
    desks.push(throttling);
    throttling.simulator.control.setLimits({ perMinute: 0 });
    await expect(throttling.open().api.rows('Customer')).rejects.toMatchObject({
      code: 'target-throttled',
      retryAfterMs: 60_000,
    });
  });

  it('case 87: a token that expires during a push is renewed once, and the same request is sent again', async () => {
    const poster = new Poster(desk);
    const call = await poster.call([invoice('1')]);
    desk.simulator.control.expireAccess(desk.company.realmId);
    const [outcome] = await poster.send(call, [invoice('1')]);
    expect(outcome).toMatchObject({ status: 'created' });
    expect(desk.renewals).toHaveLength(1);
    expect(desk.company.records('Invoice')).toHaveLength(1);
  });

  it('every permit is given back, no matter how the request ends', async () => {
    const poster = new Poster(desk);
    const call = await poster.call([invoice('1')]);
    fault({ kind: 'reset' });
    await expect(poster.send(call, [invoice('1')])).rejects.toThrow();
    await poster.send({ ...call, attempt: 2 }, [invoice('1')]);
    expect(desk.permits.out).toBe(0);
    expect(desk.permits.taken.filter((bucket) => bucket === 'batch').length).toBe(requestsOf(desk, 'batch'));
    expect(desk.permits.taken.filter((bucket) => bucket === 'requests').length).toBe(desk.simulator.control.requests().length);
  });

  it('Intuit’s support id of each answer is logged, and a token never', async () => {
    const poster = new Poster(desk);
    const [outcome] = await poster.post(invoice('1'));
    const tids = desk.simulator.control.requests().map(({ tid }) => tid);
    const log = JSON.stringify(desk.logged);
    for (const tid of tids) expect(log).toContain(tid);
    expect(tids).toContain(receiptIn(outcome).details.tid);
    expect(log).not.toContain((await desk.context.access()).token);
  });
});
