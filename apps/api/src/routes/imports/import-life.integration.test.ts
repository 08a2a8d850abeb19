import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ImportBench, importBench } from '../../testing/imports.testing.ts';

let bench: ImportBench;
beforeEach(async () => {
  bench = await importBench();
});
afterEach(() => bench?.close());

const HEADER = 'Invoice Number,Customer,Invoice Date,Total,Status\r\n';
const LINES = 'Invoice No,Customer,Invoice Date,Product/Service,Line Amount,Invoice Total\r\n';

describe('rows that can’t be read', () => {
  it('take their whole record out, and come in alone once the error file is corrected', async () => {
    const text = `${LINES}1,Amy,2026-11-03,Work,10.00,30.00\r\n1,Amy,2026-11-03,Parts,2O.00,30.00\r\n2,Bob,2026-11-04,Work,5.00,5.00\r\n`;
    const first = await bench.imported({ 'lines.csv': text });
    expect(first.report).toMatchObject({ unreadable: 1 });
    expect(first.outcome.types.invoice).toMatchObject({ new: 1 });
    const errors = await bench.errors(first.id, 'lines.csv');
    const rows = errors.split('\r\n');
    expect(rows[0]).toBe('\uFEFFReason,Invoice No,Customer,Invoice Date,Product/Service,Line Amount,Invoice Total');
    // Both rows of invoice 1, and nothing of invoice 2.
    expect(rows.slice(1, 3).map((row) => row.split(',').slice(-6).join(','))).toEqual([
      '1,Amy,2026-11-03,Work,10.00,30.00',
      '1,Amy,2026-11-03,Parts,2O.00,30.00',
    ]);
    expect(rows[2]).toContain('isn’t an amount');
    const again = await bench.imported({ 'lines to correct.csv': errors.replaceAll('2O.00', '20.00') });
    expect(again.report).toMatchObject({ unreadable: 0, heldBack: 0 });
    expect(again.outcome.types.invoice).toEqual({ new: 1, changed: 0, unchanged: 0 });
    expect(await bench.records()).toContain('invoice/file:invoice:1 30 finalized row-per-line');
  });

  it('of a file without totals come in too, since our error file has an end', async () => {
    const text =
      'Invoice No,Customer,Invoice Date,Product/Service,Line Amount\r\n1,Amy,2026-11-03,Work,x\r\n1,Amy,2026-11-03,Parts,2.00\r\n2,Bob,2026-11-04,Work,5.00\r\n';
    const id = await bench.begin({ 'lines.csv': text });
    expect((await bench.check(id)).report).toMatchObject({ unreadable: 1, heldBack: 1 });
    const errors = await bench.errors(id, 'lines.csv');
    const again = await bench.imported({ 'corrected.csv': errors.replace(',x', ',1.00') });
    expect(again.outcome.types.invoice).toMatchObject({ new: 1 });
    expect(again.report.heldBack).toBe(0);
  });

  it('are sorted by place, value and reason, page by page: row 10 comes after row 9', async () => {
    const rows = ['x9', ...Array.from({ length: 7 }, (_, at) => `${at}.00`), 'x8', 'x7'];
    const lines = rows.map((total, at) => `${at},Amy,2026-11-03,${total},Paid\r\n`).join('');
    const id = await bench.begin({ 'a.csv': `${HEADER}${lines}` });
    await bench.check(id);
    const sorted = (sort: string) => bench.values(id, 'unreadable', sort);
    expect([await sorted('seq'), await sorted('place'), await sorted('-place')]).toEqual(['x9 x8 x7', 'x9 x8 x7', 'x7 x8 x9']);
    expect([await sorted('value'), await sorted('-value')]).toEqual(['x7 x8 x9', 'x9 x8 x7']);
    expect((await sorted('message')).split(' ').sort()).toEqual(['x7', 'x8', 'x9']);
  });

  it('are corrected in place: the file stays as it came, and the correction counts in the digest', async () => {
    const id = await bench.begin({ 'a.csv': `${HEADER}1,Amy,2026-11-03,12.O0,Paid\r\n` });
    const before = await bench.check(id);
    const [finding] = await bench.findings(id, 'unreadable');
    expect(finding).toMatchObject({ file: 'a.csv', row: 2, column: 'Total', value: '12.O0' });
    const corrections = [{ file: 'a.csv', row: 2, column: 'Total', value: '12.00' }];
    await bench.send(`imports/${id}/corrections`, { corrections });
    const after = await bench.check(id);
    expect(after.report).toMatchObject({ unreadable: 0, types: { invoice: { new: { records: 1, amount: 1_200 } } } });
    expect(after.digest).not.toBe(before.digest);
    expect(await bench.errors(id, 'a.csv')).not.toContain('12.O0');
  });
});

describe('a question', () => {
  it('applies nothing until the mapping answers it, and the saved answer is used from then on', async () => {
    const text = `${HEADER}1,Amy,11/03/2026,12.00,Paid\r\n`;
    const id = await bench.begin({ 'a.csv': text });
    const asked = await bench.check(id);
    expect(asked).toMatchObject({ state: 'open', digest: null, reason: { code: 'questions' } });
    expect(asked.report.questions[0]).toMatchObject({ key: 'invoices.date', choices: ['mdy', 'dmy'] });
    expect((await bench.post(id, 'apply', { digest: 'x' })).body.code).toBe('import-not-ready');
    const mapping = { extends: 'row-per-invoice', dates: { 'invoices.date': 'dmy' } };
    expect((await bench.send('mappings/row-per-invoice', { mapping })).status).toBe(200);
    await bench.check(id);
    await bench.apply(id);
    const { body } = await bench.api.ask(bench.api.admin, 'GET', `${bench.base}/records/invoice/file:invoice:1`);
    expect(body.record.date).toBe('2026-03-11');
  });
});

describe('an apply', () => {
  it('writes large records fewer at a time', async () => {
    const rows = Array.from({ length: 100 }, (_, at) => `${at},Amy,2026-11-03,${'x'.repeat(60_000)},1.00,1.00\r\n`);
    const { id, outcome } = await bench.imported({ 'lines.csv': `${LINES}${rows.join('')}` });
    expect(outcome.types.invoice).toMatchObject({ new: 100 });
    const written = await bench.api.store.sql<{ n: number }[]>`
      select cardinality(ids) as n from import_additions where import_id = ${id} and type = 'invoice' order by first_revision`;
    // The first 75 records are 74 invoices and their customer.
    expect(written.map(({ n }) => n)).toEqual([74, 26]);
  });
});

describe('an undo', () => {
  it('returns what was there before, removes what was new, and leaves what somebody changed since', async () => {
    await bench.imported({ 'a.csv': `${HEADER}1,Amy,2026-11-03,12.00,Paid\r\n2,Amy,2026-11-03,20.00,Paid\r\n` });
    const before = await bench.records();
    const second = await bench.imported({
      'b.csv': `${HEADER}1,Amy,2026-11-03,13.00,Paid\r\n2,Amy,2026-11-03,21.00,Paid\r\n3,Cy,2026-11-05,7.00,Paid\r\n`,
    });
    expect(second.outcome.types.invoice).toEqual({ new: 1, changed: 2, unchanged: 0 });
    await bench.send('records/invoice/file:invoice:2', { status: 'finalized', date: '2026-11-03', lines: [], total: '99.00' });
    const bySource = await bench.key('source');
    expect((await bench.api.ask(bySource, 'POST', `${bench.base}/imports/${second.id}:undo`)).status).toBe(403);
    const undone = await bench.undo(second.id);
    expect(undone).toMatchObject({ state: 'undone', outcome: { restored: 1, removed: 2, left: 1 } });
    expect(await bench.findings(second.id, 'left')).toMatchObject([{ record: { type: 'invoice', id: 'file:invoice:2' } }]);
    expect(await bench.records()).toEqual(
      before.map((line) => line.replace('file:invoice:2 20 finalized row-per-invoice', 'file:invoice:2 99.00 finalized api')),
    );
    // What was undone comes in again.
    const third = await bench.imported({ 'b.csv': `${HEADER}3,Cy,2026-11-05,7.00,Paid\r\n` });
    expect(third.outcome.types.invoice).toMatchObject({ new: 1 });
  });
});

describe('absence', () => {
  const NOVEMBER = `${HEADER}1,Amy,2026-11-03,12.00,Paid\r\n2,Bob,2026-11-04,13.00,Paid\r\n3,Cy,2026-10-30,14.00,Paid\r\n`;
  const cover = { type: 'invoice', from: '2026-11-01', to: '2026-11-30', choice: 'void' };

  it('means nothing unless a person declares what the files cover', async () => {
    await bench.imported({ 'a.csv': NOVEMBER });
    const second = await bench.imported({ 'b.csv': `${HEADER}1,Amy,2026-11-03,12.00,Paid\r\n` });
    expect(second.report.absent).toBeNull();
    expect((await bench.records()).filter((line) => line.includes('void'))).toEqual([]);
  });

  it('voids what a declared cover no longer has, with a tick of its own, and an undo returns it', async () => {
    await bench.imported({ 'a.csv': NOVEMBER });
    const id = await bench.begin({ 'b.csv': `${HEADER}1,Amy,2026-11-03,12.00,Paid\r\n` });
    expect((await bench.send(`imports/${id}/cover`, { cover: { ...cover, choice: 'removed' } })).status).toBe(400);
    await bench.send(`imports/${id}/cover`, { cover });
    const { report } = await bench.check(id);
    expect(report).toMatchObject({ absent: { records: 1, amount: 1_300, unsure: null }, acknowledge: ['absent-records'] });
    expect((await bench.apply(id, ['absent-records'])).outcome.absent).toBe(1);
    const voided = (await bench.records()).filter((line) => line.includes('void'));
    expect(voided).toEqual(['invoice/file:invoice:2 13 void row-per-invoice']);
    await bench.undo(id);
    expect(await bench.records()).toContain('invoice/file:invoice:2 13 finalized row-per-invoice');
  });

  it('proves nothing while a row can’t be read: it may be the one that is missing', async () => {
    await bench.imported({ 'a.csv': NOVEMBER });
    const id = await bench.begin({ 'b.csv': `${HEADER}1,Amy,2026-11-03,12.00,Paid\r\n2,Bob,2026-11-04,13.OO,Paid\r\n` });
    await bench.send(`imports/${id}/cover`, { cover });
    expect((await bench.check(id)).report.absent).toMatchObject({
      records: 1,
      unsure: expect.stringContaining('Correct them first'),
    });
    expect((await bench.apply(id)).outcome.absent).toBe(0);
  });
});

describe('one way in per record', () => {
  it('an invoice that was renumbered is held back until a person decides, and then is the same record', async () => {
    await bench.imported({ 'a.csv': `${HEADER}1042,Amy,2026-11-03,12.00,Paid\r\n` });
    const id = await bench.begin({ 'b.csv': `${HEADER}1042-A,Amy,2026-11-03,12.00,Paid\r\n` });
    expect((await bench.check(id)).report.types.invoice).toMatchObject({ new: { records: 0 }, asked: { records: 1 } });
    const [asked] = await bench.findings(id, 'asked');
    expect(asked).toMatchObject({ code: 'renumbered', details: { candidate: { id: 'file:invoice:1042' } } });
    await bench.post(id, 'decide', {
      answers: [{ type: 'invoice', id: asked.record.id, answer: 'same', candidate: 'file:invoice:1042' }],
    });
    expect((await bench.check(id)).report.types.invoice).toMatchObject({ changed: { records: 1 }, asked: { records: 0 } });
    await bench.apply(id);
    const { body } = await bench.api.ask(bench.api.admin, 'GET', `${bench.base}/records/invoice/file:invoice:1042`);
    expect(body.record.number).toBe('1042-A');
    expect((await bench.records()).filter((line) => line.startsWith('invoice/'))).toHaveLength(1);
  });

  it('of rows that a person led to one record the last one counts, however far apart they are', async () => {
    const led = [1, 150].map((n) => ({ company_id: bench.id, type: 'invoice', key: `file:invoice:${n}` }));
    const answer = { answer: 'same', record_id: 'file:invoice:7', decided_by: 'a test' };
    await bench.api.store.sql`insert into record_keys ${bench.api.store.sql(led.map((one) => ({ ...one, ...answer })))}`;
    const rows = Array.from({ length: 150 }, (_, at) => `${at + 1},Amy,2026-11-03,${at + 1}.00,Paid\r\n`);
    const { outcome } = await bench.imported({ 'a.csv': `${HEADER}${rows.join('')}` });
    expect(outcome.types.invoice).toEqual({ new: 148, changed: 0, unchanged: 0 });
    expect((await bench.records()).filter((line) => line.includes('file:invoice:7 '))).toEqual([
      'invoice/file:invoice:7 150 finalized row-per-invoice',
    ]);
  });

  it('an invoice whose number the API brought is held back; another one comes in beside it', async () => {
    await bench.send('records/invoice/i-1', {
      number: '1042',
      status: 'finalized',
      date: '2026-11-03',
      lines: [],
      total: '12.00',
    });
    const id = await bench.begin({ 'b.csv': `${HEADER}1042,Amy,2026-11-03,12.00,Paid\r\n` });
    expect((await bench.check(id)).report.types.invoice).toMatchObject({ asked: { records: 1 } });
    await bench.post(id, 'decide', {
      answers: [{ type: 'invoice', id: 'file:invoice:1042', answer: 'another', candidate: 'i-1' }],
    });
    await bench.check(id);
    expect((await bench.apply(id)).outcome.types.invoice).toMatchObject({ new: 1 });
  });

  it('the API replaces what a file brought, the journal names it, and the file leaves it from then on', async () => {
    await bench.imported({ 'a.csv': `${HEADER}1,Amy,2026-11-03,12.00,Paid\r\n` });
    const { body: stored } = await bench.api.ask(bench.api.admin, 'GET', `${bench.base}/records/invoice/file:invoice:1`);
    const same = await bench.send('records/invoice/file:invoice:1', stored.record);
    expect(same.body.outcome).toBe('unchanged');
    const { body: journal } = await bench.api.ask(bench.api.admin, 'GET', `${bench.base}/journal`);
    expect(JSON.stringify(journal)).toContain('"takenOverFromFiles":["invoice/file:invoice:1"]');
    const id = await bench.begin({ 'b.csv': `${HEADER}1,Amy,2026-11-03,15.00,Paid\r\n` });
    expect((await bench.check(id)).report.types.invoice).toMatchObject({ kept: { records: 1 }, changed: { records: 0 } });
    await bench.apply(id);
    expect(await bench.records()).toContain('invoice/file:invoice:1 12 finalized api');
  });
});

describe('a file that is no table', () => {
  it.each<[string, string | Uint8Array, string]>([
    ['an empty file', '', 'empty'],
    ['an image', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13), 'a.csv'],
    [
      'a quote that is never closed',
      'Invoice Number,Customer,Invoice Date,Total\n"1,Amy,2026-11-03,12\n2,Bob,2026-11-03,13\n',
      'quote',
    ],
    ['a column twice', 'Invoice Number,Customer,Invoice Date,Total,Total\n1,Amy,2026-11-03,12,12\n', 'twice'],
  ])('%s: a sentence with its name, and nothing is half done', async (_, content, words) => {
    const id = await bench.begin({ 'a.csv': content });
    const checked = await bench.check(id);
    expect(checked).toMatchObject({ state: 'open', report: null, digest: null });
    expect(checked.reason.message.toLowerCase()).toContain(words);
    expect(await bench.records()).toEqual([]);
  });
});
