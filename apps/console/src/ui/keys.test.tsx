// @vitest-environment happy-dom
import { screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { fakeApi } from '../testing/fake-api.ts';
import { renderFor } from '../testing/render.tsx';
import { Keys } from './keys.tsx';

const batch = vi.fn();
const show = () =>
  renderFor(
    'poster',
    fakeApi(),
    <>
      <Keys />
      <input type="search" aria-label="Search" />
      <div className="act">
        <button type="button" className="button main" onClick={batch}>
          Batch
        </button>
      </div>
      <table className="small">
        <tbody>
          {['one', 'two'].map((name) => (
            <tr key={name}>
              <td>
                <input type="checkbox" aria-label={name} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>,
  );

it('j and k move from row to row, x checks the row, b batches, / searches', async () => {
  const user = show();
  await user.keyboard('jj');
  expect(document.activeElement).toBe(screen.getByLabelText('two'));
  await user.keyboard('kx');
  expect(screen.getByLabelText<HTMLInputElement>('one').checked).toBe(true);
  await user.keyboard('b');
  expect(batch).toHaveBeenCalledTimes(1);
  await user.keyboard('/');
  expect(document.activeElement).toBe(screen.getByLabelText('Search'));
});

it('letters that are typed into a field are letters', async () => {
  const user = show();
  batch.mockClear();
  await user.type(screen.getByLabelText('Search'), 'b?j/');
  expect(screen.getByLabelText<HTMLInputElement>('Search').value).toBe('b?j/');
  expect(batch).not.toHaveBeenCalled();
});

it('? shows the keys', async () => {
  const user = show();
  await user.keyboard('?');
  await screen.findByRole('dialog', { name: 'Keys' });
});
