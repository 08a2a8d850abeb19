// @vitest-environment happy-dom
import { screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { fakeApi } from '../../testing/fake-api.ts';
import { COMPANY } from '../../testing/fixtures.ts';
import { renderFor } from '../../testing/render.tsx';
import { idFrom, NewCompany } from './new-company.tsx';

it.each([
  ['Amy’s HVAC, LLC', 'amys-hvac-llc'],
  ['  Café Ångström ', 'cafe-angstrom'],
  ['***', ''],
])('the name %j suggests the id %j', (name, id) => {
  expect(idFrom(name)).toBe(id);
});

it('an admin creates a company by its name, and is in it', async () => {
  const api = fakeApi();
  api.answer('put', '/v1/companies/{company}', COMPANY);
  const user = renderFor('admin', api, <NewCompany />);
  await user.click(screen.getByLabelText('Name'));
  await user.paste('Amy’s HVAC');
  await user.click(screen.getByRole('button', { name: 'Create the company' }));
  await waitFor(() => expect(window.location.pathname).toBe('/c/amys-hvac'));
  expect(api.callsTo('put', '/v1/companies/{company}')[0]).toMatchObject({
    params: { company: 'amys-hvac' },
    body: { name: 'Amy’s HVAC', timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone, currency: 'USD' },
  });
});
