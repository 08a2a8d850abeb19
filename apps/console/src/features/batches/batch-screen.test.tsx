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
      ...['Document', 'Date', 'Number', 'Customer', 'State', 'Posted as', 'Amount'],
    ]);
    await user.click(within(table).getByRole('button', { name: 'Customer' }));
    await waitFor(() => expect(api.callsTo('get', ITEMS).at(-1)!.query).toMatchObject({ sort: 'customer' }));
    await user.click(screen.getByRole('checkbox', { name: 'Posted as', hidden: true }));
    await waitFor(() =>
      expect(screen.getByRole('table', { name: 'Documents of the batch' }).className).toContain('without-posted-as'),
    );
    localStorage.clear();
  });

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
