import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { newQueryClient } from './api/query-client.ts';
import { App } from './app.tsx';
import { showRows } from './ui/tables/columns.tsx';

// After an update of Ledgerpost, a page that was open requests screens that are no longer there: it loads itself again. One that
// was just loaded does not, since it would do so for ever.
const SOON = 10_000;
window.addEventListener('vite:preloadError', (event) => {
  if (performance.now() < SOON) return;
  event.preventDefault();
  window.location.reload();
});

showRows();
createRoot(document.getElementById('console')!).render(
  <StrictMode>
    <QueryClientProvider client={newQueryClient()}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
);
