// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { Route } from 'wouter';
import { type FakeApi, fakeApi } from '../../testing/fake-api.ts';
import { idOf } from '../../testing/fixtures.ts';
import { renderFor } from '../../testing/render.tsx';
import { ImportScreen } from './import-screen.tsx';
import type { Finding, FirstRows, Import, ImportReport } from './queries.ts';

const IMPORTS = '/v1/companies/{company}/imports';
const IMPORT = '/v1/companies/{company}/imports/{import}';
const id = idOf(300);

const seen: NonNullable<Import['looked']> = {
  files: [
    {
      file: 'invoices.csv',
      headers: ['Invoice #', 'Total'],
      headerRow: 1,
      sheet: null,
      delimiter: ',',
      mapping: 'jobber-invoices',
      role: 'invoices',
      use: 'read',
      message: null,
      code: null,
      proposal: null,
    },
  ],
  sets: [
    {
      mapping: { name: 'jobber-invoices', title: 'Jobber: invoices' },
      grade: 'used',
      notes: [],
      files: { invoices: ['invoices.csv'] },
    },
  ],
  stopping: [],
};
const sum = (records: number, amount = 0) => ({ records, amount });
const none = {
  new: sum(0),
  changed: sum(0),
  mappingChanged: sum(0),
  posted: sum(0),
  unchanged: sum(0),
  kept: sum(0),
  asked: sum(0),
};
const report: ImportReport = {
  rows: 12,
  types: {
    customer: { ...none, new: sum(2) },
    invoice: { ...none, new: sum(3, 62_800), changed: sum(1, 900), posted: sum(1, 900) },
  },
  unreadable: 1,
  heldBack: 0,
  leftOut: {},
  notes: {},
  totals: [{ file: 'invoices.csv', column: 'Total', stated: '$637.00', ours: '$637.00', agrees: true }],
  questions: [],
  acknowledge: ['posted-records'],
  seen: null,
  absent: null,
  targets: [
    {
      target: 'saasant',
      name: 'SaasAnt Excel files',
      records: 6,
      of: 6,
      operations: { 'invoice.insert': { documents: 3, amount: 62_800 } },
      notSelected: [],
      problemCounts: {},
      problems: [],
      refused: null,
    },
  ],
};
const made = (changes: Partial<Import> = {}): Import => ({
  id,
  state: 'open',
  version: 1,
  files: [{ ordinal: 1, name: 'invoices.csv', size: 2_048, sha256: 'x' }],
  mappings: [],
  corrections: [],
  cover: null,
  looked: seen,
  report: null,
  digest: null,
  progress: null,
  reason: null,
  outcome: null,
  createdBy: 'Dana Lee (0123456789ab)',
  createdAt: '2026-10-05T16:02:00.000Z',
  checkedAt: null,
  appliedBy: null,
  appliedAt: null,
  undoneBy: null,
  undoneAt: null,
  filesDeletedAt: null,
  ...changes,
});
const first: FirstRows = {
  looked: seen,
  files: [{ file: 'invoices.csv', headers: ['Invoice #', 'Total'], rows: [{ row: 2, cells: ['1042', '$189.00'] }] }],
  records: [
    {
      file: 'invoices.csv',
      rows: [2],
      record: { type: 'invoice', id: 'i', number: '1042', date: '2026-10-03', total: '189.00', lines: [{}] },
    },
  ],
  unreadable: [],
  questions: [],
};
const unreadable: Finding = {
  kind: 'unreadable',
  code: 'not-money',
  file: 'invoices.csv',
  row: 7,
  column: 'Total',
  value: '$1x',
  message: 'This is no amount. Write it like 1,234.50.',
  record: null,
  details: null,
};

describe('the import of files', () => {
  let api: FakeApi;
  beforeEach(() => {
    api = fakeApi();
    api.answer('get', IMPORTS, { rows: [made({ state: 'applied' })] } as never);
    api.answer('get', `${IMPORT}/first-rows`, first as never);
    api.answer('get', `${IMPORT}/findings`, { rows: [unreadable] } as never);
    api.answer('get', '/v1/companies/{company}/mappings', { rows: [] } as never);
  });
  const show = (address: string, it?: Import, role: 'admin' | 'source' | 'viewer' = 'admin') => {
    if (it !== undefined) api.answer('get', IMPORT, it);
    window.history.replaceState(null, '', address);
    return renderFor(role, api, <Route path="/import/:import?/:step?" component={ImportScreen} />);
  };

  it('sorts what a check found in the server, and its other tables as people read them', async () => {
    api.answer('get', `${IMPORT}/findings`, { rows: [unreadable, { ...unreadable, row: 9 }] } as never);
    const user = show(`/import/${id}/check`, made({ state: 'checked', report: { ...report, unreadable: 2 } }));
    const table = async () => within(await screen.findByRole('table', { name: 'Rows that can’t be read' }));
    await user.click(await (await table()).findByRole('button', { name: 'Place' }));
    await waitFor(() => expect(api.callsTo('get', `${IMPORT}/findings`).at(-1)!.query).toMatchObject({ sort: 'place' }));
    expect((await table()).queryByRole('button', { name: 'Fix' })).toBeNull();
  }, 20_000);

  it('begins with files, several at once, and goes on to what they are', async () => {
    api.answer('post', IMPORTS, made({ files: [] }) as never);
    api.answer('put', `${IMPORT}/files/{file}`, made() as never);
    api.answer('get', IMPORT, made());
    const user = show('/import');
    const files = ['invoices.csv', 'payments.csv'].map((name) => new File(['a,b\n1,2\n'], name, { type: 'text/csv' }));
    await user.upload(await screen.findByLabelText('Choose files, or drop them here'), files);
    await waitFor(() => expect(window.location.pathname).toBe(`/import/${id}/files`));
    const puts = api.callsTo('put', `${IMPORT}/files/{file}`);
    expect(puts.map(({ params }) => params.file)).toEqual(['invoices.csv', 'payments.csv']);
    expect(puts[0]!.headers.get('content-type')).toBe('application/octet-stream');
    await screen.findByText('Recognized');
    expect(screen.getByText(/Jobber: invoices\. Its columns were seen in real files\./)).toBeTruthy();
  });

  it('shows the first rows beside the records that they make, and checks', async () => {
    api.answer('post', `${IMPORT}:check` as never, made({ state: 'checking' }) as never);
    const user = show(`/import/${id}/mapping`, made());
    const records = within(await screen.findByRole('table', { name: 'Records that they make' }));
    expect(records.getByText('1042 · 2026-10-03 · 189.00 · 1 line')).toBeTruthy();
    expect(within(screen.getByRole('table', { name: 'First rows of invoices.csv' })).getByText('$189.00')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Check what would come in' }));
    await waitFor(() => expect(window.location.pathname).toBe(`/import/${id}/check`));
  });

  it('asks a person how dates are written where two readings fit, and keeps the answer in the mapping', async () => {
    const question = {
      key: 'invoices.date',
      file: 'invoices.csv',
      column: 'Issued',
      example: '03/04/2026',
      choices: ['mdy', 'dmy'],
    };
    const amounts = { ...question, key: 'invoices.total', column: 'Total', example: '1.204', choices: ['point', 'comma'] };
    api.answer('get', `${IMPORT}/first-rows`, { ...first, questions: [question, amounts] } as never);
    api.answer('put', `${IMPORT}/mapping`, made() as never);
    const user = show(`/import/${id}/mapping`, made());
    await user.click(await screen.findByRole('button', { name: 'Day first: 11/03 is March 11' }));
    await user.click(screen.getByRole('button', { name: 'A comma before the cents: 1.204,50' }));
    await waitFor(() =>
      expect(api.callsTo('put', `${IMPORT}/mapping`).map(({ body }) => body)).toEqual([
        { mappings: [{ extends: 'jobber-invoices', dates: { 'invoices.date': 'dmy' } }] },
        { mappings: [{ extends: 'jobber-invoices', numbers: { 'invoices.total': 'comma' } }] },
      ]),
    );
  });

  it('proposes how a file of an unknown form may be read, lets a person choose the columns that are missing, and reads it so', async () => {
    const template = {
      title: 'Invoices',
      total: 'total',
      columns: { number: 'A', customer: 'B', date: 'C', due: 'D', total: 'E' },
    };
    const presets = [
      { name: 'row-per-invoice', mapping: { files: { invoices: template } } },
      { name: 'row-per-payment', mapping: { files: { payments: { title: 'Payments', columns: { paid: 'A' } } } } },
    ];
    api.answer('get', '/v1/import-presets', { rows: presets } as never);
    const proposal = {
      template: 'row-per-invoice',
      columns: { number: 'No.', customer: 'Who' },
      unclear: [{ column: 'date', headers: ['Made', 'Sent'] }],
      missing: ['total'],
      unused: [],
    };
    const headers = ['No.', 'Who', 'Made', 'Sent', 'Sum'];
    const unknown = { ...seen.files[0]!, headers, use: 'unknown' as const, mapping: null, role: null, proposal };
    api.answer('put', `${IMPORT}/mapping`, made() as never);
    const user = show(`/import/${id}/mapping`, made({ looked: { ...seen, files: [unknown], sets: [] } }));
    const read = await screen.findByRole('button', { name: 'Read it like this' });
    expect(read.hasAttribute('disabled')).toBe(true);
    expect(screen.getByText('Still to choose: invoice date and total of the invoice.')).toBeTruthy();
    await user.selectOptions(screen.getByLabelText('Invoice date'), 'Made');
    await user.selectOptions(screen.getByLabelText('Total of the invoice'), 'Sum');
    const example = screen.getByRole('link', { name: 'Download an example' });
    expect(decodeURIComponent(example.getAttribute('href')!)).toContain(
      'A,B,C,D,E\r\n1042,Acme Dental,2026-11-03,2026-11-17,138.35',
    );
    await user.click(read);
    const columns = { number: 'No.', customer: 'Who', date: 'Made', total: 'Sum' };
    await waitFor(() =>
      expect(api.callsTo('put', `${IMPORT}/mapping`)[0]?.body).toEqual({
        mappings: [
          {
            extends: 'row-per-invoice',
            files: { invoices: { ...template, known: ['No.', 'Who', 'Made', 'Sum'], columns } },
          },
        ],
      }),
    );
  });

  it('keeps a mapping with the company, so that the next import asks nothing again', async () => {
    const mapping = { extends: 'jobber-invoices', dates: { 'invoices.date': 'dmy' } };
    api.answer('get', '/v1/companies/{company}/mappings', { rows: [] } as never);
    api.answer('put', '/v1/companies/{company}/mappings/{name}', { name: 'jobber-invoices' } as never);
    const user = show(`/import/${id}/mapping`, made({ mappings: [mapping] }));
    const keep = await screen.findByRole('button', { name: 'Keep this mapping for later imports' });
    const kept = {
      name: 'jobber-invoices',
      mapping: { dates: mapping.dates, extends: 'jobber-invoices' },
      savedBy: 'x',
      savedAt: 'y',
    };
    api.answer('get', '/v1/companies/{company}/mappings', { rows: [kept] } as never);
    await user.click(keep);
    await screen.findByText(/This mapping is kept/);
    expect(api.callsTo('put', '/v1/companies/{company}/mappings/{name}')).toMatchObject([
      { params: { name: 'jobber-invoices' }, body: { mapping } },
    ]);
  });

  const checked = made({ state: 'checked', report, digest: 'digest-1' });

  it('shows what would come in, and applies just that, once what touches the books is acknowledged', async () => {
    api.answer('post', `${IMPORT}:apply` as never, made({ state: 'applying', report }) as never);
    const user = show(`/import/${id}/check`, checked);
    const table = within(await screen.findByRole('table', { name: '12 rows in the files' }));
    expect(table.getByText('3 ($628.00)')).toBeTruthy();
    const apply = screen.getByRole('button', { name: 'Import 2 customers and 4 invoices' });
    expect(apply.hasAttribute('disabled')).toBe(true);
    await user.click(screen.getByRole('checkbox', { name: /Change records that are in the books/ }));
    await user.click(apply);
    await waitFor(() =>
      expect(api.callsTo('post', `${IMPORT}:apply` as never)[0]?.body).toEqual({
        digest: 'digest-1',
        acknowledge: ['posted-records'],
      }),
    );
    expect(window.location.pathname).toBe(`/import/${id}/done`);
  });

  it('lists the rows that can’t be read, corrects a cell in place, and offers them as a file', async () => {
    api.answer('put', `${IMPORT}/corrections`, made() as never);
    const user = show(`/import/${id}/check`, checked);
    const cell = await screen.findByRole('textbox', { name: 'Total in row 7' });
    await user.clear(cell);
    await user.type(cell, '1.00');
    await user.click(screen.getByRole('button', { name: 'Correct' }));
    await waitFor(() =>
      expect(api.callsTo('put', `${IMPORT}/corrections`)[0]?.body).toEqual({
        corrections: [{ file: 'invoices.csv', row: 7, column: 'Total', value: '1.00' }],
      }),
    );
  });

  it('concludes nothing from what files lack, until a person states what they cover and what to do', async () => {
    const cover = { type: 'invoice' as const, from: '2026-11-01', to: '2026-11-30', choice: 'void' as const };
    const absent = { records: 2, amount: 5_000, unsure: null };
    const none = { ...report, types: {}, acknowledge: ['absent-records' as const], absent };
    api.answer('put', `${IMPORT}/cover`, made({ cover }) as never);
    api.answer('post', `${IMPORT}:check` as never, made({ state: 'checked', cover, report: none, digest: 'digest-2' }) as never);
    api.answer('post', `${IMPORT}:apply` as never, made({ state: 'applying' }) as never);
    const user = show(`/import/${id}/check`, checked);
    await user.click(await screen.findByText('Records that the files no longer have'));
    await user.type(screen.getByLabelText('From'), '2026-11-01');
    await user.type(screen.getByLabelText('To'), '2026-11-30');
    await user.click(screen.getByRole('radio', { name: 'Void them' }));
    await user.click(screen.getByRole('button', { name: 'Check with this' }));
    await screen.findByText(/Your answer: These files have all invoices from 2026-11-01 to 2026-11-30, whatever their status\./);
    expect(api.callsTo('put', `${IMPORT}/cover`)[0]?.body).toEqual({ cover });
    expect(
      screen.getByText(/2 records \(\$50\.00\) are no longer in the files\. The import voids or removes them\./),
    ).toBeTruthy();
    await user.click(screen.getByRole('checkbox', { name: /Void or remove/ }));
    await user.click(screen.getByRole('button', { name: 'Void 2 records' }));
    await waitFor(() => expect(api.callsTo('post', `${IMPORT}:apply` as never)).toHaveLength(1));
  });

  it('takes a payment that is absent for removed, never for void', async () => {
    const user = show(`/import/${id}/check`, checked);
    await user.click(await screen.findByText('Records that the files no longer have'));
    await user.click(screen.getByRole('radio', { name: 'Void them' }));
    await user.selectOptions(screen.getByLabelText('Records'), 'payment');
    expect(screen.queryByRole('radio', { name: 'Void them' })).toBeNull();
    expect((screen.getByRole('radio', { name: 'Remove them' }) as HTMLInputElement).checked).toBe(true);
  });

  it('shows the progress with rate and time left, and leads on to Unbatched once it is done', async () => {
    const progress = {
      phase: 'write' as const,
      done: 500,
      of: 1_000,
      perSecond: 250,
      secondsLeft: 2,
      began: '2026-10-05T16:02:00.000Z',
    };
    show(`/import/${id}`, made({ state: 'applying', report, progress }));
    await screen.findByText('500 so far, 250 a second, about 2 seconds left. You may leave this page.');
    api.answer(
      'get',
      IMPORT,
      made({ state: 'applied', report, appliedBy: 'Dana Lee (0123456789ab)', appliedAt: '2026-10-05T16:03:00.000Z' }),
    );
    const on = await screen.findByRole('link', { name: 'Open Unbatched' }, { timeout: 5_000 });
    expect(on.getAttribute('href')).toBe('/unbatched');
    expect(screen.getByText(/Imported 2 customers and 4 invoices/)).toBeTruthy();
  });

  it('asks an admin before it undoes, and offers others no undo', async () => {
    api.answer('post', `${IMPORT}:undo` as never, made({ state: 'undoing' }) as never);
    const user = show(`/import/${id}`, made({ state: 'applied', report }));
    await user.click(await screen.findByRole('button', { name: 'Undo this import …' }));
    expect(api.callsTo('post', `${IMPORT}:undo` as never)).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Yes, undo it' }));
    await waitFor(() => expect(api.callsTo('post', `${IMPORT}:undo` as never)).toHaveLength(1));
  });

  it('lets a viewer read, and change nothing', async () => {
    show(`/import/${id}/check`, checked, 'viewer');
    await screen.findByRole('table', { name: '12 rows in the files' });
    expect(screen.queryByRole('button', { name: /Import|Check|Correct/ })).toBeNull();
  });
});
