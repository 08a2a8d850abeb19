// @vitest-environment happy-dom
import { cleanup, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { type FakeApi, fakeApi } from '../../testing/fake-api.ts';
import { batch, preview, SAASANT, unbatchedPage, unbatchedRow } from '../../testing/fixtures.ts';
import { renderFor } from '../../testing/render.tsx';
import { FirstSteps } from './first-steps.tsx';

const PREVIEW = '/v1/companies/{company}/targets/{target}/batches:preview';
const notSelected = [{ reason: 'no-number', documents: 12, amount: 1 }];

describe('the way to the first batch', () => {
  let api: FakeApi;
  beforeEach(() => {
    api = fakeApi();
    api.answer('get', '/v1/targets', { rows: [SAASANT] });
    api.answer('get', '/v1/companies/{company}/batches', { rows: [] } as never);
    api.answer('get', '/v1/companies/{company}/targets', { rows: [] } as never);
    api.answer('get', '/v1/companies/{company}/keys', { rows: [] });
    api.answer('post', PREVIEW, preview({ notSelected }));
    api.answer('get', '/v1/companies/{company}/people', { rows: [] });
    api.answer('get', '/v1/companies/{company}/targets/{target}/unbatched/{list}', unbatchedPage([unbatchedRow('i-1')]));
  });
  const renderSteps = () => {
    renderFor('admin', api, <FirstSteps />);
    return { unmount: cleanup };
  };
  const done = () => screen.getAllByRole('listitem').map(({ textContent }) => textContent!.startsWith('✓'));

  it('is ticked by the data itself, step by step', async () => {
    renderFor('admin', api, <FirstSteps />);
    await screen.findByRole('heading', { name: 'From here to the first batch' });
    expect(done()).toEqual([true, false, false, false, false, false, false]);
  });

  it('knows the accounting system and the records that are there', async () => {
    api.answer('get', '/v1/companies/{company}/targets', {
      rows: [{ target: 'saasant', settings: {}, previewedAt: null }],
    } as never);
    renderFor('admin', api, <FirstSteps />);
    await screen.findByText('SaasAnt Excel files');
    await waitFor(() => expect(done()).toEqual([true, false, true, true, true, false, false]));
    screen.getByText('3 of 15 documents could be sent.');
  });

  it('leads to the settings while nothing could be sent with them', async () => {
    api.answer('get', '/v1/companies/{company}/targets', {
      rows: [{ target: 'saasant', settings: {}, previewedAt: null }],
    } as never);
    api.answer('post', PREVIEW, preview({ totals: { ...preview().totals, operations: {} }, notSelected }));
    renderFor('admin', api, <FirstSteps />);
    await screen.findByText('0 of 12 documents could be sent.');
    expect(done()).toEqual([true, false, true, true, false, false, false]);
    expect(screen.getByRole('link', { name: 'Matching and mapping' }).getAttribute('href')).toBe('/books/saasant/settings');
  });

  it('ticks the preview once somebody saw one, and the batch once it posted', async () => {
    const at = (previewedAt: string | null) =>
      api.answer('get', '/v1/companies/{company}/targets', { rows: [{ target: 'saasant', settings: {}, previewedAt }] } as never);
    at('2026-10-05T16:30:00.000Z');
    const { unmount } = renderSteps();
    await waitFor(() => expect(done()).toEqual([true, false, true, true, true, true, false]));
    // Nobody looked at a batch here: the list only counts.
    expect(api.callsTo('post', PREVIEW).map(({ body }) => body)).toEqual([{ unasked: true, problems: 0 }]);
    unmount();
    at(null);
    api.answer('get', '/v1/companies/{company}/targets/{target}/unbatched/{list}', unbatchedPage([]));
    for (const [state, ticks, words] of [
      ['held', false, 'On hold'],
      ['posted', true, 'Posted'],
    ] as const) {
      api.answer('get', '/v1/companies/{company}/batches', { rows: [batch({ state, name: 'Monday' })] } as never);
      const { unmount: leave } = renderSteps();
      await waitFor(() => expect(done()).toEqual([true, false, true, true, true, true, ticks]));
      screen.getByText(`Monday: ${words}`);
      expect(screen.getByRole('link', { name: 'First batch' }).getAttribute('href')).toContain('/batches/');
      leave();
    }
  });

  it('ends with the batch after the first one, and is an admin’s', async () => {
    api.answer('get', '/v1/companies/{company}/batches', { rows: [batch({ state: 'held' }), batch()] } as never);
    renderFor('admin', api, <FirstSteps />);
    await waitFor(() => expect(api.callsTo('get', '/v1/companies/{company}/targets')).toHaveLength(1));
    expect(screen.queryByRole('heading')).toBeNull();
  });
});
