// @vitest-environment happy-dom
import { QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { newQueryClient } from './api/query-client.ts';
import { App } from './app.tsx';
import { fakeApi } from './testing/fake-api.ts';
import { COMPANY, QUICKBOOKS, SAASANT, sessionOf } from './testing/fixtures.ts';
import { serve } from './testing/render.tsx';
import { answerForScreens } from './testing/screens-answers.ts';

it('with several companies, the head names the open one and leads to each', async () => {
  const api = fakeApi();
  answerForScreens(api, [QUICKBOOKS, SAASANT]);
  const companies = [
    { id: COMPANY.id, name: COMPANY.name, roles: ['admin' as const] },
    { id: 'bobs', name: 'Bob’s Plumbing', roles: ['viewer' as const] },
  ];
  const person = { id: 'dana', name: 'Dana Lee' };
  api.answer('get', '/v1/session', { ...sessionOf('admin'), roles: [], companyId: null, keyId: null, person, companies });
  window.history.replaceState(null, '', `/c/${COMPANY.id}`);
  serve(api);
  render(
    <QueryClientProvider client={newQueryClient()}>
      <App />
    </QueryClientProvider>,
  );
  const choice = await screen.findByLabelText<HTMLSelectElement>('Company', {}, { timeout: 8_000 });
  expect([choice.value, [...choice.options].map(({ text }) => text)]).toEqual([COMPANY.id, [COMPANY.name, 'Bob’s Plumbing']]);
  await userEvent.selectOptions(choice, 'bobs');
  expect(window.location.pathname).toBe('/c/bobs');
});
