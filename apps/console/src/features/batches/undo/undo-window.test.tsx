// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type FakeApi, fakeApi } from '../../../testing/fake-api.ts';
import { batch, idOf, QUICKBOOKS, SAASANT, undo } from '../../../testing/fixtures.ts';
import { renderFor } from '../../../testing/render.tsx';
import { UndoWindow } from './undo-window.tsx';

const UNDO = '/v1/companies/{company}/batches/{batch}/undo';
const BATCHES = '/v1/companies/{company}/batches';

describe('the undo window', () => {
  let api: FakeApi;
  const onClose = vi.fn();
  beforeEach(() => {
    vi.clearAllMocks();
    api = fakeApi();
    api.answer('get', UNDO, undo());
    api.answer('get', BATCHES, { rows: [batch()] });
    api.answer('post', UNDO, { batch: batch({ state: 'undoing', ended: false }) } as never);
  });
  const show = (shown = batch(), target = QUICKBOOKS) =>
    renderFor('admin', api, <UndoWindow batch={shown} target={target} onClose={onClose} />);
  const theButton = (name: string) => screen.findByRole('button', { name });

  it('lists every document newest first, and starts only when asked', async () => {
    const user = show();
    await screen.findByText('Undo removes 3 documents from QuickBooks Online');
    const list = within(screen.getByRole('region', { name: 'Documents, newest first' }));
    expect(list.getAllByRole('listitem').map(({ textContent }) => textContent?.slice(0, 12).trim())).toEqual([
      'Payment 2051',
      'Invoice 1043',
      'Invoice 1042',
    ]);
    expect(api.callsTo('post', UNDO)).toEqual([]);
    await user.click(await theButton('Undo 3 documents'));
    await waitFor(() => expect(onClose).toHaveBeenCalled());
    expect(api.callsTo('post', UNDO)).toHaveLength(1);
  });

  it('counts what is still in the books after an undo in part, and lists nothing else', async () => {
    const [first, ...others] = undo().documents;
    api.answer(
      'get',
      UNDO,
      undo({ documents: [{ ...first!, state: 'left' }, ...others.map((one) => ({ ...one, state: 'undone' }))] }),
    );
    show(batch({ state: 'undone-in-part', progress: { done: 3, of: 3, items: 3, states: { left: 1, undone: 2 } } }));
    await theButton('Undo 1 document');
    expect(screen.getAllByRole('listitem')).toHaveLength(1);
  });

  it('lists what to delete where Ledgerpost can’t, and warns that the files were loaded', async () => {
    const warning = 'Someone confirmed that the files were loaded.';
    api.answer('get', UNDO, undo({ by: 'hand', warning, instructions: 'Use Bulk Delete in SaasAnt.' }));
    show(batch({ target: 'saasant' }), SAASANT);
    await screen.findByText('Undo returns 3 records to Unbatched.');
    expect(screen.getByRole('alert', { name: 'Files were loaded' }).textContent).toBe(warning);
    expect(screen.getByText('Use Bulk Delete in SaasAnt.')).toBeTruthy();
  });

  it('names the newer batch that has to be undone first, before anyone asks for the undo', async () => {
    const newer = batch({ id: idOf(101), name: 'The newer one', startedAt: '2026-10-05T17:00:00.000Z' });
    const undone = { done: 3, of: 3, items: 3, states: { undone: 3 } };
    const gone = batch({ id: idOf(102), name: 'Undone', startedAt: '2026-10-05T17:10:00.000Z', progress: undone });
    api.answer('get', BATCHES, { rows: [gone, newer, batch()] });
    show();
    const note = await screen.findByRole('alert', { name: 'A newer batch comes first' });
    expect(within(note).getByRole('link', { name: 'The newer one' }).getAttribute('href')).toBe(`/batches/${newer.id}`);
    expect((await theButton('Undo 3 documents')).hasAttribute('disabled')).toBe(true);
  });

  it('shows a refusal with the way to the batch that caused it', async () => {
    const newer = { id: idOf(101), name: 'The newer one' };
    api.refuse('post', UNDO, {
      status: 409,
      code: 'not-undoable',
      detail: 'Undo the newer batch first.',
      details: { batch: newer },
    });
    const user = show();
    await user.click(await theButton('Undo 3 documents'));
    await screen.findByText('Undo the newer batch first.');
    expect(screen.getByRole('link', { name: 'Open “The newer one”' })).toBeTruthy();
    expect(onClose).not.toHaveBeenCalled();
  });
});
