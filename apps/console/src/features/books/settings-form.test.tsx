// @vitest-environment happy-dom
import { screen } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { type FakeApi, fakeApi } from '../../testing/fake-api.ts';
import { SAASANT } from '../../testing/fixtures.ts';
import { renderFor } from '../../testing/render.tsx';
import { SettingsForm } from './settings-form.tsx';

const SETTINGS = '/v1/companies/{company}/targets/{target}';
const target = {
  ...SAASANT,
  settings: {
    type: 'object',
    properties: {
      accounts: { type: 'object', properties: { income: { type: 'string' }, refund: { type: 'string' } } },
      categories: { type: 'object', additionalProperties: { type: 'string' } },
    },
  },
};
const MISSING = 'The chart of accounts has no account “Sales of Product Incom”. Did you mean “Sales of Product Income”?';

describe('the form of settings', () => {
  let api: FakeApi;
  beforeEach(() => {
    api = fakeApi();
    const settings = { accounts: { income: 'Sales of Product Incom', refund: 'Chekking' }, categories: { 'A.B': 'Servces' } };
    api.answer('get', '/v1/companies/{company}/targets', { rows: [{ target: 'saasant', settings }] } as never);
    const fields = [
      { field: 'body.accounts.income', message: MISSING },
      { field: 'body.accounts.refund', message: 'No account “Chekking”.' },
      { field: 'body.categories.A.B', message: 'No account “Servces”.' },
    ];
    api.refuse('put', SETTINGS, { status: 400, code: 'bad-request', detail: MISSING, details: { fields } });
  });

  it('shows a refused name at its field, until that name is changed', async () => {
    const user = renderFor('admin', api, <SettingsForm target={target} enabled onDone={() => {}} />);
    await user.click(await screen.findByRole('button', { name: 'Save' }));
    const income = await screen.findByLabelText('Income');
    const value = screen.getByLabelText('Categories, value 1');
    expect(income.getAttribute('aria-invalid')).toBe('true');
    expect(value.getAttribute('aria-invalid')).toBe('true');
    expect(document.activeElement).toBe(income);
    await user.type(income, 'e');
    expect(income.hasAttribute('aria-invalid')).toBe(false);
    expect(screen.queryByText(MISSING)).toBeNull();
    expect(screen.getByLabelText('Refund').getAttribute('aria-invalid')).toBe('true');
    await user.clear(value);
    await user.type(value, 'Services');
    expect(value.hasAttribute('aria-invalid')).toBe(false);
    expect(document.activeElement).toBe(value);
  });
});
