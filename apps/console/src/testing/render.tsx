import { QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import { type UserEvent, userEvent } from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { newQueryClient } from '../api/query-client.ts';
import { type Role, SessionContext } from '../api/session.ts';
import { CompanyContext } from '../ui/company.ts';
import type { FakeApi } from './fake-api.ts';
import { COMPANY, sessionOf } from './fixtures.ts';
import { serve } from './setup.ts';

// Files that share a process must share the one instance that the client's fetch knows.
export { serve };

/** Renders a part of the console for a role, with an API behind it. */
export function renderFor(role: Role, api: FakeApi, children: ReactNode): UserEvent {
  serve(api);
  render(
    <QueryClientProvider client={newQueryClient()}>
      <SessionContext value={sessionOf(role)}>
        <CompanyContext value={COMPANY}>{children}</CompanyContext>
      </SessionContext>
    </QueryClientProvider>,
  );
  return userEvent.setup();
}
