import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { answerOf, api } from '../../api/client.ts';
import { type Connection, connectionQuery, type Target } from '../../api/queries.ts';
import { pollEvery } from '../../api/query-client.ts';
import { useCompany } from '../../ui/company.ts';

/** The connection to an accounting system, and signing in to it in a window of its own. */
export function useConnect(target: Target) {
  const { id: company } = useCompany();
  const queries = useQueryClient();
  const options = connectionQuery(company, target.id);
  const [signingIn, setSigningIn] = useState<{ readonly popup: Window; readonly since: string | null }>();
  const query = useQuery({ ...options, refetchInterval: pollEvery(signingIn === undefined ? false : 1_000) });
  const card = query.data;

  const connect = useMutation({
    mutationFn: async () => {
      // Browsers open windows only in answer to a click, so the window opens first and gets its address a moment later.
      const popup = window.open('', 'ledgerpost-connect', 'popup,width=820,height=760');
      if (popup === null)
        throw new Error('The browser blocked the window. Allow pop-ups for this page, then press Connect again.');
      try {
        const { authorizeUrl } = await answerOf(
          api.POST('/v1/companies/{company}/targets/{target}/connection', {
            params: { path: { company, target: target.id } },
          }),
        );
        popup.location.href = authorizeUrl;
        setSigningIn({ popup, since: card?.connectedAt ?? null });
      } catch (error) {
        popup.close();
        throw error;
      }
    },
  });

  // Signing in is over when the connection is newer than before and its books were read, or when the window is closed: the window
  // closes itself once the books were read, or could not be.
  useEffect(() => {
    if (signingIn === undefined) return;
    const isRead = card?.notices.every(({ code }) => code !== 'not-read') === true;
    if (card?.state === 'connected' && card.connectedAt !== signingIn.since && isRead) {
      signingIn.popup.close();
      setSigningIn(undefined);
      void queries.invalidateQueries({ queryKey: [company] });
      return;
    }
    const timer = setInterval(() => {
      if (!signingIn.popup.closed) return;
      clearInterval(timer);
      // The window also closes itself just after it connected: one more read shows which it was.
      void queries.invalidateQueries({ queryKey: options.queryKey }).then(() => setSigningIn(undefined));
    }, 500);
    return () => clearInterval(timer);
  }, [signingIn, card, queries, company, options.queryKey]);

  /** Shows a newer answer of the API. */
  const keep = (newer: Connection) => {
    queries.setQueryData(options.queryKey, newer);
    void queries.invalidateQueries({ queryKey: [company, 'targets'] });
  };
  return { query, card, connect, keep, isSigningIn: signingIn !== undefined };
}
