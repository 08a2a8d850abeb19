// @vitest-environment happy-dom
import { QueryClientProvider } from '@tanstack/react-query';
import { render, within } from '@testing-library/react';
import { type ComponentType, Suspense } from 'react';
import { expect, it } from 'vitest';
import { Route, Router } from 'wouter';
import { memoryLocation } from 'wouter/memory-location';
import { newQueryClient } from './api/query-client.ts';
import { SessionContext } from './api/session.ts';
import { CompaniesScreen } from './features/access/companies-screen.tsx';
import { PeopleScreen } from './features/access/people-screen.tsx';
import { BatchScreen } from './features/batches/batch-screen.tsx';
import { BatchesScreen } from './features/batches/batches-screen.tsx';
import { BooksScreen } from './features/books/books-screen.tsx';
import { HomeScreen } from './features/home/home-screen.tsx';
import { ImportScreen } from './features/import/import-screen.tsx';
import { MatchingScreen } from './features/matching/matching-screen.tsx';
import { NoticesScreen } from './features/notices/notices-screen.tsx';
import { ReportScreen } from './features/report/report-screen.tsx';
import { UnbatchedScreen } from './features/unbatched/unbatched-screen.tsx';
import { fakeApi, type Reply } from './testing/fake-api.ts';
import { COMPANY, idOf, QUICKBOOKS, SAASANT, sessionOf } from './testing/fixtures.ts';
import { serve } from './testing/render.tsx';
import { answerForScreens } from './testing/screens-answers.ts';
import { CompanyContext } from './ui/company.ts';

const AWAY = 'The database can’t be reached. Try again in a moment.';

/** Each screen, where it is, and what is there once Ledgerpost can be reached. */
const SCREENS: readonly (readonly [path: string, route: string, screen: ComponentType, shows: RegExp])[] = [
  ['/', '/', HomeScreen, /Newest batches/],
  ['/unbatched/qbo', '/unbatched/:target?', UnbatchedScreen, /Invoices/],
  ['/batches', '/batches', BatchesScreen, /Week 40/],
  [`/batches/${idOf(100)}`, '/batches/:batch', BatchScreen, /Monday|Week 40/],
  [`/batches/${idOf(100)}/report`, '/batches/:batch/report', ReportScreen, /Difference/],
  ['/books', '/books/:target?/:window?', BooksScreen, /QuickBooks Online/],
  ['/people', '/people', PeopleScreen, /People with access/],
  ['/notices', '/notices', NoticesScreen, /Tell me when/],
  ['/matching/qbo', '/matching/:target?', MatchingScreen, /John Smith/],
  ['/import', '/import/:import?/:step?', ImportScreen, /No imports yet/],
  ['/companies', '/companies', CompaniesScreen, /New company/],
  ['/books/saasant/settings', '/books/:target?/:window?', BooksScreen, /SaasAnt Excel files: settings/],
];

it('every screen shows that Ledgerpost can’t be reached, and recovers by itself', async () => {
  const api = fakeApi();
  answerForScreens(api, [QUICKBOOKS, SAASANT]);
  api.answer('get', '/v1/companies/{company}/notices', { mail: true, invitedAt: null, matters: [], rows: [], recent: [] });
  api.answer('get', '/v1/companies/{company}/imports', { rows: [] });
  api.answer('get', '/v1/companies', { rows: [COMPANY] });
  api.answer('get', '/v1/overview', { rows: [] });
  api.answer('get', '/v1/journal', { rows: [] });
  api.answer('get', '/v1/quotas', { rows: [] });
  let away = true;
  const body = JSON.stringify({ status: 503, code: 'database-down', detail: AWAY });
  const reply: Reply = { status: 503, type: 'application/problem+json', body };
  serve({ ...api, reply: (request) => (away ? reply : api.reply(request)) });
  const places = SCREENS.map(([path, route, Screen]) => {
    const { hook, searchHook } = memoryLocation({ path });
    // Each has a browser of its own, as people have.
    return render(
      <QueryClientProvider client={newQueryClient()}>
        <SessionContext value={sessionOf('admin')}>
          <CompanyContext value={COMPANY}>
            <Router hook={hook} searchHook={searchHook}>
              <Suspense fallback={null}>
                <Route path={route} component={Screen} />
              </Suspense>
            </Router>
          </CompanyContext>
        </SessionContext>
      </QueryClientProvider>,
    ).container;
  });
  for (const [at, place] of places.entries()) {
    const [path] = SCREENS[at]!;
    await expect.poll(() => `${path} ${place.textContent}`, { timeout: 15_000 }).toContain(AWAY);
  }
  away = false;
  for (const [at, place] of places.entries()) {
    const [path, , , shows] = SCREENS[at]!;
    await expect.poll(() => `${path} ${place.textContent}`, { timeout: 15_000 }).toMatch(shows);
    await expect.poll(() => within(place).queryByText(AWAY) === null, { timeout: 15_000 }).toBe(true);
  }
}, 60_000);
