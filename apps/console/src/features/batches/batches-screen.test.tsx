// @vitest-environment happy-dom
import { cleanup, screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { Route } from 'wouter';
import { type FakeApi, fakeApi } from '../../testing/fake-api.ts';
import { batch, idOf, QUICKBOOKS, SAASANT, undo } from '../../testing/fixtures.ts';
import { renderFor } from '../../testing/render.tsx';
import { BatchesScreen } from './batches-screen.tsx';

const BATCHES = '/v1/companies/{company}/batches';

describe('previous batches', () => {
  let api: FakeApi;
  const files = batch({
    id: idOf(7),
    name: 'Friday',
    target: 'saasant',
    progress: { done: 4, of: 4, items: 4, states: { posted: 3, rejected: 1 } },
  });
  const undone = batch({
    id: idOf(8),
    name: 'Taken back',
    state: 'undone',
    progress: { done: 3, of: 3, items: 3, states: { undone: 3 } },
  });
  beforeEach(() => {
    api = fakeApi();
    api.answer('get', '/v1/targets', { rows: [QUICKBOOKS, SAASANT] });
    api.answer('get', BATCHES, { rows: [files, batch(), undone] } as never);
    api.answer('get', '/v1/companies/{company}/batches/{batch}/undo', undo());
  });
  const show = (role: 'admin' | 'poster') => {
    window.history.replaceState(null, '', '/batches');
    return renderFor(role, api, <Route path="/batches" component={BatchesScreen} />);
  };
  const rowOf = async (name: string) => within((await screen.findByRole('link', { name })).closest('tr')!);

  it('offer download and undo in the list', async () => {
    const user = show('admin');
    const row = await rowOf('Friday');
    const zip = await row.findByRole('link', { name: 'Download Friday' });
    expect(zip.getAttribute('href')).toBe(`/v1/companies/amys-hvac/batches/${idOf(7)}/download`);
    await user.click(row.getByRole('button', { name: 'Undo Friday' }));
    await screen.findByRole('dialog', { name: 'Undo “Friday”' });
    expect(window.location.search).toBe(`?undo=${idOf(7)}`);
  });

  it('are sorted by their heads once all of them are there, and not while older ones are left', async () => {
    const user = show('poster');
    await user.click(await screen.findByRole('button', { name: 'Name' }));
    const names = screen.getAllByRole('rowheader').map(({ textContent }) => textContent!);
    expect(names).toEqual(names.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true })));
    cleanup();
    api.answer('get', BATCHES, { rows: [files, batch()], next: 'older' } as never);
    show('poster');
    await screen.findByRole('button', { name: 'Older batches' });
    expect(screen.queryByRole('button', { name: 'Name' })).toBeNull();
  });

  it('offer no download of a batch that went straight to the books, and no undo to a poster', async () => {
    show('poster');
    const row = await rowOf(batch().name);
    await screen.findByRole('link', { name: 'Download Friday' });
    expect(row.queryByRole('link', { name: /Download/ })).toBeNull();
    expect(screen.queryByRole('button', { name: /Undo/ })).toBeNull();
  });

  it('never add invoices to payments, count only what the amounts are of, and show no amounts of what is undone', async () => {
    show('admin');
    const cells = async (name: string) =>
      (await rowOf(name)).getAllByRole('cell').map((cell) => `${cell.getAttribute('data-head')}: ${cell.textContent}`);
    expect(await cells('Friday')).toEqual(
      expect.arrayContaining(['Documents: 3 of 4', 'Invoices: $439.00', 'Payments: $189.00']),
    );
    expect(await cells('Taken back')).toEqual(expect.arrayContaining(['Documents: 3', 'Invoices: ', 'Payments: ']));
  });
});
