// @vitest-environment happy-dom
import { PROBLEM_CODES } from '@ledgerpost/core';
import { screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type FakeApi, fakeApi } from '../../testing/fake-api.ts';
import { batch, preview, QUICKBOOKS, SAASANT, unbatchedPage, unbatchedRow } from '../../testing/fixtures.ts';
import { renderFor } from '../../testing/render.tsx';
import { forgetDownloads } from '../downloads/waiting.ts';
import { BatchWindow } from './batch-window.tsx';
import { ALL, type Choices, NOTHING, toggle } from './selection.ts';

const PREVIEW = '/v1/companies/{company}/targets/{target}/batches:preview';
const START = '/v1/companies/{company}/targets/{target}/batches';

const EVERYTHING: Choices = {
  filters: { invoices: {}, payments: {} },
  choices: { invoices: ALL, payments: ALL },
};
const WITHOUT_INVOICE = {
  code: 'payments-without-invoices' as const,
  count: 1,
  pairs: [{ payment: { id: 'p-1', number: '2051' }, invoice: { id: 'i-1', number: '1042' } }],
};

describe('the batch window', () => {
  let api: FakeApi;
  const choose = vi.fn();
  const onClose = vi.fn();
  beforeEach(() => {
    vi.clearAllMocks();
    api = fakeApi();
    api.answer('post', PREVIEW, preview());
    api.answer('post', START, { batch: batch() } as never);
  });
  const show = (choices = EVERYTHING, role: 'poster' | 'viewer' = 'poster') =>
    renderFor(role, api, <BatchWindow target={QUICKBOOKS} choices={choices} choose={choose} onClose={onClose} />);
  const started = () => api.callsTo('post', START);

  it('shows what it will send before anything is sent, with amounts as money', async () => {
    show();
    const row = (await screen.findByRole('cell', { name: 'New invoice' })).closest('tr')!;
    expect([...row.children].map(({ textContent }) => textContent)).toEqual(['New invoice', '2', '$439.00']);
    expect(screen.getByText('Includes sales tax')).toBeTruthy();
    expect(screen.getByText(/Any that are missing in QuickBooks Online will be created\./)).toBeTruthy();
    expect(started()).toEqual([]);
  });

  it('sketches where the preview will be until it comes', async () => {
    const release = api.hold('post', PREVIEW);
    show();
    expect((await screen.findByText(/Loading the preview/)).querySelector('.skeleton')).not.toBeNull();
    release();
    await screen.findByRole('cell', { name: 'New invoice' });
    expect(document.querySelector('.skeleton')).toBeNull();
  });

  it('starts what it showed, under the name that was typed, and opens the batch', async () => {
    const user = show();
    const name = await screen.findByRole('textbox', { name: 'Name of the batch' });
    await user.clear(name);
    await user.type(name, 'Week 40');
    await user.click(screen.getByRole('button', { name: 'Batch 3 documents' }));
    await waitFor(() => expect(window.location.pathname).toBe(`/batches/${batch().id}`));
    expect(started()[0]!.body).toEqual({ name: 'Week 40', selection: {}, digest: 'digest-1' });
  });

  it('downloads the files of a batch that it starts, once they are ready', async () => {
    const user = renderFor(
      'poster',
      api,
      <BatchWindow target={SAASANT} choices={EVERYTHING} choose={choose} onClose={onClose} />,
    );
    await user.click(await screen.findByRole('button', { name: 'Batch 3 documents' }));
    await waitFor(() => expect(sessionStorage.getItem('ledgerpost-downloads')).toContain(batch().id));
    forgetDownloads();
  });

  it('sends a lost start again under the same key, and a refused one under a new key', async () => {
    api.refuse('post', START, { status: 503, code: 'database-down', detail: 'The database can’t be reached.' });
    const user = show();
    const button = await screen.findByRole('button', { name: 'Batch 3 documents' });
    await user.click(button);
    await screen.findByText('The database can’t be reached.');
    api.refuse('post', START, { status: 409, code: 'name-taken', detail: 'Another batch has this name.' });
    await user.click(button);
    await screen.findByText('Another batch has this name.');
    await user.click(button);
    await waitFor(() => expect(started()).toHaveLength(3));
    const [first, second, third] = started().map(({ headers }) => headers.get('idempotency-key'));
    expect([second === first, third === second]).toEqual([true, false]);
  });

  it('drops the refusal of a name as soon as the name changes', async () => {
    api.refuse('post', START, { status: 409, code: 'name-taken', detail: 'Another batch has this name.' });
    const user = show();
    await user.click(await screen.findByRole('button', { name: 'Batch 3 documents' }));
    await screen.findByText('Another batch has this name.');
    await user.type(screen.getByRole('textbox', { name: 'Name of the batch' }), '2');
    expect(screen.queryByText('Another batch has this name.')).toBeNull();
  });

  it('shows a new preview where records changed since', async () => {
    api.refuse('post', START, { status: 409, code: 'records-changed', detail: 'Records changed since the preview.' });
    const user = show();
    await user.click(await screen.findByRole('button', { name: 'Batch 3 documents' }));
    await screen.findByText('Records changed since the preview.');
    await waitFor(() => expect(api.callsTo('post', PREVIEW)).toHaveLength(2));
  });

  it('starts what it shows by the Enter key while the preview is asked again', async () => {
    api.refuse('post', START, { status: 409, code: 'records-changed', detail: 'Records changed since the preview.' });
    const user = show();
    const name = await screen.findByRole('textbox', { name: 'Name of the batch' });
    const release = api.hold('post', PREVIEW);
    await user.type(name, '{Enter}');
    const asking = await screen.findByText(/Loading the preview/);
    expect(asking.querySelector('.skeleton')).toBeNull();
    await user.type(name, '{Enter}');
    await waitFor(() => expect(started()).toHaveLength(2));
    release();
  });

  it('leads to the batch that is in progress', async () => {
    const open = { id: batch().id, name: 'The first' };
    api.refuse('post', START, { status: 409, code: 'batch-open', detail: 'A batch is open.', details: { batch: open } });
    const user = show();
    await user.click(await screen.findByRole('button', { name: 'Batch 3 documents' }));
    const link = await screen.findByRole('link', { name: 'Open “The first”' });
    expect(link.getAttribute('href')).toBe(`/batches/${open.id}`);
  });

  describe('with payments whose invoices are not selected', () => {
    const payment = { type: 'payment', id: 'p-1' } as const;
    const only: Choices = { ...EVERYTHING, choices: { invoices: NOTHING, payments: toggle(NOTHING, payment, true) } };
    beforeEach(() => api.answer('post', PREVIEW, preview({ warnings: [WITHOUT_INVOICE] })));

    it('starts only after an answer', async () => {
      const user = show(only);
      await screen.findByText('Payment 2051 for invoice 1042');
      expect(screen.queryByRole('button', { name: /^Batch \d/ })).toBeNull();
      await user.type(screen.getByRole('textbox', { name: 'Name of the batch' }), '{Enter}');
      expect(started()).toEqual([]);
      await user.click(screen.getByRole('button', { name: 'Send payments without invoices' }));
      await waitFor(() => expect(started()[0]?.body).toMatchObject({ acknowledge: ['payments-without-invoices'] }));
    });

    it('adds the invoices to the selection', async () => {
      const user = show(only);
      await user.click(await screen.findByRole('button', { name: 'Add the invoices' }));
      await waitFor(() => expect(choose).toHaveBeenCalled());
      const { invoices, payments } = choose.mock.calls[0]![0] as Choices['choices'];
      expect(invoices).toEqual({ by: 'rows', rows: new Map([['invoice/i-1', { type: 'invoice', id: 'i-1' }]]) });
      expect(payments).toEqual(only.choices.payments);
    });

    it('names the invoices of the filter one by one, since the added ones are outside of it', async () => {
      api.answer(
        'get',
        '/v1/companies/{company}/targets/{target}/unbatched/{list}',
        unbatchedPage([unbatchedRow('i-7'), unbatchedRow('i-8', { readiness: 'stopped' })]),
      );
      const user = show({
        filters: { invoices: { search: 'Cool Cars' }, payments: {} },
        choices: { invoices: ALL, payments: only.choices.payments },
      });
      await user.click(await screen.findByRole('button', { name: 'Add the invoices' }));
      await waitFor(() => expect(choose).toHaveBeenCalled());
      const { invoices } = choose.mock.calls[0]![0] as Choices['choices'];
      expect(invoices.by === 'rows' && [...invoices.rows.keys()]).toEqual(['invoice/i-7', 'invoice/i-1']);
    });
  });

  it('explains each reason why records stay behind, and starts nothing where nothing can be sent', async () => {
    api.answer(
      'post',
      PREVIEW,
      preview({
        totals: { ...preview().totals, operations: {} },
        notSelected: [{ reason: 'total-mismatch', documents: 2, amount: 2_100 }],
      }),
    );
    show();
    await screen.findByText('Nothing in this selection can be sent.');
    expect(screen.getByText(PROBLEM_CODES['total-mismatch'].meaning)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Batch 0 documents' }).hasAttribute('disabled')).toBe(true);
  });

  it('shows a viewer the preview without a start', async () => {
    show(EVERYTHING, 'viewer');
    await screen.findByRole('cell', { name: 'New invoice' });
    expect(screen.queryByRole('button', { name: /Batch/ })).toBeNull();
    expect(screen.queryByRole('textbox')).toBeNull();
  });
});
