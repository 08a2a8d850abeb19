import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ApiProblem } from './api/client.ts';
import { forgetSession } from './api/session.ts';
import { App } from './app.tsx';

/** A session may end at any request: then the page asks to sign in again. */
function onError(error: Error): void {
  if (error instanceof ApiProblem && error.status === 401) forgetSession(queries);
}

const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      // What the API refuses, it refuses again; what it can't do just now is worth another try.
      retry: (times, error) => times < 2 && !(error instanceof ApiProblem && error.status < 500),
    },
  },
});

createRoot(document.getElementById('console')!).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
);
