// @vitest-environment happy-dom
import { cleanup, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { type FakeApi, fakeApi } from '../../testing/fake-api.ts';
import { preview, SAASANT } from '../../testing/fixtures.ts';
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
      tax: { type: 'object', properties: { code: { type: 'string' }, account: { type: 'string' } } },
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
    api.answer('get', `${SETTINGS}/found`, { rows: [] });
    api.answer('post', `${SETTINGS}/batches:preview`, preview());
    const fields = [
      { field: 'body.accounts.income', message: MISSING },
      { field: 'body.accounts.refund', message: 'No account “Chekking”.' },
      { field: 'body.categories.A.B', message: 'No account “Servces”.' },
    ];
    api.refuse('put', SETTINGS, { status: 400, code: 'bad-request', detail: MISSING, details: { fields } });
  });

  it('shows what is found in records, with counts, an example and where it goes, and what the books don’t have', async () => {
    const found = (kind: 'categories' | 'taxCodes', name: string, mappedTo: string | null) => ({
      kind,
      name,
      mappedTo,
      records: 12,
      example: '1042',
    });
    api.answer('get', `${SETTINGS}/found`, {
      rows: [found('categories', 'HVAC work', 'Services'), found('taxCodes', 'San Mateo', null)],
    });
    const accounts = [{ name: 'Services', type: 'Income', active: true }];
    api.answer('get', `${SETTINGS}/chart`, {
      known: true,
      accounts,
      classes: [],
      paymentMethods: [],
      terms: [],
      taxCodes: [{ name: 'SAN-MATEO', active: true }],
      departments: [],
    });
    renderFor('admin', api, <SettingsForm target={target as never} enabled onDone={() => {}} />);
    await screen.findByText('Found in records: 2 names, 2 not in the books yet');
    const row = (name: string) => screen.getByRole('rowheader', { name }).closest('tr')!.textContent;
    expect(row('HVAC work')).toBe('HVAC workCategory121042Not there');
    expect(row('San Mateo')).toBe('San MateoTax121042Not thereUse “SAN-MATEO”');
  });

  it('maps each found name by a pick list, suggests equal names, and counts what could be sent before anything is saved', async () => {
    const found = { kind: 'categories' as const, name: 'Sales & Service', mappedTo: null, records: 12, example: '1042' };
    const north = { ...found, kind: 'departments' as const, name: 'HVAC North' };
    api.answer('get', `${SETTINGS}/found`, { rows: [found, north] });
    const accounts = ['Income:Sales and service', 'Services'].map((name) => ({ name, type: 'Income', active: true }));
    const departments = [{ name: 'HVAC-North', active: true }];
    const none = { classes: [], paymentMethods: [], terms: [], taxCodes: [], departments };
    api.answer('get', `${SETTINGS}/chart`, { known: true, accounts, ...none });
    api.answer('post', `${SETTINGS}/batches:preview`, ({ body }) => {
      const mapped = (body as { settings: { categories: Record<string, string> } }).settings.categories['Sales & Service'];
      const [sent, stopped] = mapped === undefined ? [188, 12] : [200, 0];
      return preview({
        totals: {
          ...preview().totals,
          operations: { 'invoice.insert': { documents: sent, amount: 1 } },
          states: { ready: { documents: sent, amount: 1 }, rejected: { documents: stopped, amount: 1 } },
        },
        notSelected: [{ reason: 'no-number', documents: 14, amount: 1 }],
      });
    });
    const user = renderFor('admin', api, <SettingsForm target={target} enabled onDone={() => {}} />);
    await screen.findByText('188 of 214 unbatched documents could be sent with these settings.', {}, { timeout: 8_000 });
    const field = await screen.findByLabelText<HTMLInputElement>('Category Sales & Service in the books');
    expect(field.getAttribute('list')).not.toBeNull();
    await user.click(screen.getByRole('button', { name: 'Use “Income:Sales and service”' }));
    expect(field.value).toBe('Income:Sales and service');
    expect(screen.getAllByText('Not there')).toHaveLength(1);
    const location = screen.getByLabelText<HTMLInputElement>('Department HVAC North in the books');
    expect(location.getAttribute('list')).not.toBeNull();
    await user.click(screen.getByRole('button', { name: 'Use “HVAC-North”' }));
    expect(location.value).toBe('HVAC-North');
    expect(screen.queryByText('Not there')).toBeNull();
    await screen.findByText('200 of 214 unbatched documents could be sent with these settings.', {}, { timeout: 8_000 });
    expect(api.callsTo('put', SETTINGS)).toEqual([]);
  });

  it('has no fields for the chart where the books report it, nor for what is an operator’s', async () => {
    const chart = { type: 'object', title: 'Chart', properties: { closedThrough: { type: 'string' } } };
    const useOfLimits = { type: 'number', forOperators: true };
    const of = (capabilities: typeof SAASANT.capabilities) =>
      ({
        ...target,
        capabilities,
        settings: { ...target.settings, properties: { ...target.settings.properties, chart, useOfLimits } },
      }) as never;
    renderFor(
      'admin',
      api,
      <SettingsForm target={of({ ...SAASANT.capabilities, chart: 'declared' })} enabled onDone={() => {}} />,
    );
    await screen.findByLabelText('Closed through');
    cleanup();
    renderFor(
      'admin',
      api,
      <SettingsForm target={of({ ...SAASANT.capabilities, chart: 'discovered' })} enabled onDone={() => {}} />,
    );
    await screen.findByLabelText('Income');
    expect(screen.queryByLabelText('Closed through')).toBeNull();
    expect(screen.queryByLabelText('Use of limits')).toBeNull();
  });

  it('offers the names of the books that fit, and lets any other be pasted', async () => {
    const account = (name: string, type: string, active = true) => ({ name, type, active });
    const accounts = [
      account('Services', 'Income'),
      account('Checking', 'Bank'),
      account('Old', 'Income', false),
      account('A/R', 'Accounts Receivable'),
      account('Tax to pay', 'Other Current Liability'),
    ];
    const none = {
      classes: [],
      paymentMethods: [],
      terms: [],
      taxCodes: [{ name: 'California', active: true }],
      departments: [],
    };
    api.answer('get', '/v1/companies/{company}/targets/{target}/chart', { known: true, accounts, ...none });
    renderFor('admin', api, <SettingsForm target={target} enabled onDone={() => {}} />);
    const choices = async (label: string) => {
      const field = await screen.findByLabelText<HTMLInputElement>(label);
      await waitFor(() => expect(field.getAttribute('list')).not.toBeNull());
      return [...document.getElementById(field.getAttribute('list')!)!.children].map((one) => one.getAttribute('value'));
    };
    expect(await choices('Income')).toEqual(['Services', 'Tax to pay']);
    expect(await choices('Refund')).toEqual(['Checking']);
    expect(await choices('Categories, value 1')).toEqual(['Services', 'Checking', 'Tax to pay']);
    expect(await choices('Code')).toEqual(['California']);
    expect(await choices('Account')).toEqual(['Tax to pay']);
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
