// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Route } from 'wouter';
import { type FakeApi, fakeApi } from '../../testing/fake-api.ts';
import { batch, connection, idOf, item, QUICKBOOKS, SAASANT } from '../../testing/fixtures.ts';
import { renderFor } from '../../testing/render.tsx';
import { BatchScreen } from './batch-screen.tsx';

const BATCH = '/v1/companies/{company}/batches/{batch}';
const ITEMS = '/v1/companies/{company}/batches/{batch}/items';
const CONNECTION = '/v1/companies/{company}/targets/{target}/connection';

describe('the screen of a batch', () => {
  let api: FakeApi;
  beforeEach(() => {
    // No stream of events in these tests: the page has what it first loaded.
    vi.stubGlobal(
      'EventSource',
      class extends EventTarget {
        close() {}
      },
    );
    api = fakeApi();
    api.answer('get', '/v1/targets', { rows: [QUICKBOOKS, SAASANT] });
    api.answer('get', ITEMS, { rows: [item(1)] });
    api.answer('get', '/v1/companies/{company}/drift', { rows: [], open: 0 } as never);
    api.answer('get', '/v1/companies/{company}/batches/{batch}/files', { rows: [] } as never);
    api.answer('get', CONNECTION, connection({ state: 'lost' }));
  });
  const show = (shown: ReturnType<typeof batch>) => {
    api.answer('get', BATCH, shown);
    window.history.replaceState(null, '', `/batches/${shown.id}`);
    return renderFor('poster', api, <Route path="/batches/:batch" component={BatchScreen} />);
  };
  const held = batch({
    state: 'held',
    ended: false,
    endedAt: null,
    reason: { code: 'access-lost', message: 'Reconnect QuickBooks, then resume the batch.' },
    progress: { done: 0, of: 2, items: 2, states: { ready: 2 } },
  });

  it('asks to resume a batch on hold once the books are connected again, and no longer to reconnect', async () => {
    show(held);
    await screen.findByText(/Reconnect QuickBooks, then resume the batch/);
    api.answer('get', CONNECTION, connection());
    await screen.findByText('QuickBooks Online is connected again. Resume the batch to continue.', {}, { timeout: 8_000 });
    expect(screen.queryByText(/Reconnect QuickBooks, then resume/)).toBeNull();
  }, 15_000);

  it('shows that a batch is still on hold if it was resumed too early', async () => {
    api.answer('post', '/v1/companies/{company}/batches/{batch}/resume', { batch: held } as never);
    const user = show(held);
    await user.click(await screen.findByRole('button', { name: 'Resume' }));
    await screen.findByText(/The batch is still on hold/, {}, { timeout: 8_000 });
  }, 15_000);

  it('retries all documents of one cause, and opens the new batch', async () => {
    const cause = { code: 'unknown-account', severity: 'problem', subject: 'Incom', documents: 2 };
    const example = {
      ...cause,
      record: { type: 'invoice', id: 'i-1' },
      number: '1042',
      field: '',
      message: 'No account “Incom”.',
    };
    api.answer('get', '/v1/companies/{company}/batches/{batch}/causes', {
      rows: [{ ...cause, operations: { 'invoice.insert': 2 }, example }],
    } as never);
    api.answer('post', '/v1/companies/{company}/batches/{batch}/retry', { batch: batch({ id: idOf(77) }) } as never);
    const user = show(
      batch({ state: 'posted-in-part', progress: { done: 3, of: 3, items: 3, states: { posted: 1, rejected: 2 } } }),
    );
    await user.click(await screen.findByRole('tab', { name: 'Problems' }));
    await user.click(await screen.findByRole('button', { name: 'Retry 2 invoices' }));
    await waitFor(() => expect(window.location.pathname).toBe(`/batches/${idOf(77)}`));
    const [call] = api.callsTo('post', '/v1/companies/{company}/batches/{batch}/retry');
    expect(call!.body).toEqual({ cause: { code: 'unknown-account', subject: 'Incom' } });
  });

  it('sorts its documents by every column, and shows date and customer of each', async () => {
    const user = show(batch());
    const table = await screen.findByRole('table', { name: 'Documents of the batch' });
    const heads = within(table).getAllByRole('columnheader');
    expect(heads.map(({ textContent }) => textContent)).toEqual([
      ...['Document', 'Date', 'Number', 'Customer', 'Department', 'State', 'Posted as', 'Amount'],
    ]);
    await user.click(within(table).getByRole('button', { name: 'Customer' }));
    await waitFor(() => expect(api.callsTo('get', ITEMS).at(-1)!.query).toMatchObject({ sort: 'customer' }));
    await user.click(screen.getByRole('checkbox', { name: 'Posted as', hidden: true }));
    await waitFor(() =>
      expect(screen.getByRole('table', { name: 'Documents of the batch' }).className).toContain('without-posted-as'),
    );
    localStorage.clear();
  });

  it('searches its documents, and keeps a filter under a name for all batches of the company', async () => {
    localStorage.clear();
    const user = show(
      batch({ state: 'posted-in-part', progress: { done: 2, of: 2, items: 2, states: { posted: 1, refused: 1 } } }),
    );
    await user.type(await screen.findByRole('searchbox', { name: 'Search' }), 'amy');
    await user.click(screen.getByRole('button', { name: /^Refused/ }));
    await waitFor(() => expect(api.callsTo('get', ITEMS).at(-1)!.query).toMatchObject({ search: 'amy', state: 'refused' }));
    await user.click(screen.getByRole('button', { name: 'Save this filter …' }));
    await user.type(screen.getByLabelText('Name of the filter'), 'Amy’s refused');
    await user.click(screen.getByRole('button', { name: 'Save the filter' }));
    await user.selectOptions(screen.getByLabelText('Saved filter'), 'Not saved');
    await waitFor(() => expect(window.location.search).not.toContain('amy'));
    await user.selectOptions(screen.getByLabelText('Saved filter'), 'Amy’s refused');
    await waitFor(() => expect(window.location.search).toContain('search=amy'));
    expect(Object.keys({ ...localStorage })).toEqual(['ledgerpost.filters.documents.amys-hvac']);
    localStorage.clear();
  }, 20_000);

  it('sorts what a verification found in the server, and loads more of it', async () => {
    const finding = (seq: number) => ({
      ...{ seq, record: { type: 'invoice', id: `i-${seq}` }, operation: 'invoice.insert', number: `${seq}`, customerId: null },
      ...{ amount: 100, externalId: '1', status: 'changed', problem: null, total: 90, checkedAt: '2026-10-05T16:30:00.000Z' },
    });
    const state = {
      run: 1,
      state: 'done',
      startedBy: 'Vera',
      startedAt: '2026-10-05T16:30:00.000Z',
      endedAt: '2026-10-05T16:31:00.000Z',
    };
    const counts = { same: 900, changed: 3, gone: 0 };
    api.answer('get', '/v1/companies/{company}/batches/{batch}/verification', (({
      query,
    }: {
      query: Record<string, string>;
    }) => ({
      ...{ batch: { id: idOf(1), name: 'first' }, ...state, reason: null, counts, links: {} },
      findings: query.after === undefined ? { rows: [finding(1), finding(2)], next: 'more' } : { rows: [finding(950)] },
    })) as never);
    const user = show(batch());
    await user.click(await screen.findByRole('tab', { name: 'Verification' }));
    await screen.findByRole('table', { name: 'Documents that changed since they were posted' });
    await user.click(screen.getByRole('button', { name: 'Show more' }));
    await screen.findByText('New invoice 950');
    const table = () => within(screen.getByRole('table', { name: 'Documents that changed since they were posted' }));
    await user.click(table().getByRole('button', { name: 'Posted' }));
    const asked = () => api.callsTo('get', '/v1/companies/{company}/batches/{batch}/verification').map(({ query }) => query);
    await waitFor(() => expect(asked().at(-1)).toMatchObject({ sort: 'amount', differing: 'only' }));
    expect(table().getByRole('columnheader', { name: 'Posted' }).getAttribute('aria-sort')).toBe('ascending');
    await user.keyboard('{Enter}');
    await waitFor(() => expect(asked().at(-1)).toMatchObject({ sort: '-amount' }));
  }, 20_000);

  it('shows "Ready to send" as one state, whichever of its two names the lists have by now', async () => {
    const user = show(held);
    await user.click(await screen.findByRole('button', { name: 'Ready to send 2' }));
    await waitFor(() => expect(api.callsTo('get', ITEMS).at(-1)!.query.state).toBe('exported'));
  });

  it.each([
    [null, 'Files ready'],
    ['2026-10-05T16:30:00.000Z', 'Loaded'],
  ])('calls a batch of files confirmed at %s "%s"', async (confirmedAt, words) => {
    show(batch({ target: 'saasant', confirmedAt, confirmedBy: confirmedAt && 'Dana Lee (0123456789ab)' }));
    const title = (await screen.findByRole('heading', { level: 1 })).parentElement!;
    expect(title.querySelector('.badge')!.textContent).toBe(words);
  });
});
