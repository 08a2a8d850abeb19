// @vitest-environment happy-dom
import { screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FakeApi, fakeApi } from '../../testing/fake-api.ts';
import { batch, idOf } from '../../testing/fixtures.ts';
import { renderFor } from '../../testing/render.tsx';
import { Downloads } from './downloads.tsx';
import { Toasts } from './toasts.tsx';
import { downloadWhenReady, forgetDownloads } from './waiting.ts';

const BATCH = '/v1/companies/{company}/batches/{batch}';
const one = { company: 'amys-hvac', batch: idOf(7) };

describe('Batch & Download', () => {
  let api: FakeApi;
  const saved: string[] = [];
  beforeEach(() => {
    api = fakeApi();
    saved.length = 0;
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      saved.push(this.getAttribute('href')!);
    });
  });
  afterEach(() => forgetDownloads());
  const friday = (changes: object) => batch({ id: one.batch, name: 'Friday', target: 'saasant', ...changes });
  const show = () =>
    renderFor(
      'poster',
      api,
      <>
        <Toasts />
        <Downloads />
      </>,
    );

  it('downloads the zip once, by itself, when the files are ready, on whatever screen one is by then', async () => {
    api.answer('get', BATCH, friday({ state: 'exporting', ended: false }));
    show();
    downloadWhenReady(one);
    await waitFor(() => expect(api.callsTo('get', BATCH).length).toBeGreaterThan(0));
    expect(saved).toEqual([]);
    api.answer('get', BATCH, friday({ state: 'posted', ended: true }));
    await waitFor(() => expect(saved).toEqual([`/v1/companies/amys-hvac/batches/${one.batch}/download`]), { timeout: 5_000 });
    expect(screen.getByRole('log').textContent).toContain('The files of “Friday” are ready');
    expect(sessionStorage.length).toBe(0);
  });

  it('goes on after a reload, and holds nothing but ids until then', () => {
    downloadWhenReady(one);
    expect({ ...sessionStorage }).toEqual({ 'ledgerpost-downloads': JSON.stringify([one]) });
  });

  it.each(['nothing-posted', 'declined', 'canceled', 'stopped'] as const)(
    'downloads nothing of a batch that ended %s',
    async (state) => {
      api.answer('get', BATCH, friday({ state, ended: true }));
      downloadWhenReady(one);
      show();
      await waitFor(() => expect(screen.getByRole('log').textContent).toContain('“Friday” ended without files.'));
      expect(saved).toEqual([]);
    },
  );

  it('forgets a batch that this person can’t see', async () => {
    api.refuse('get', BATCH, { status: 404, code: 'not-found', detail: 'There is no such batch.' });
    downloadWhenReady(one);
    show();
    await waitFor(() => expect(sessionStorage.length).toBe(0));
  });
});
