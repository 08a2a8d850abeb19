// @vitest-environment happy-dom
import { screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Route } from 'wouter';
import { type FakeApi, fakeApi } from '../../testing/fake-api.ts';
import { batch, connection, item, QUICKBOOKS, SAASANT } from '../../testing/fixtures.ts';
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
