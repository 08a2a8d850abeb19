import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { type Batch, batchQuery } from '../../api/queries.ts';

/**
 * Keeps an open batch up to date from the API's event stream. Returns whether the stream is connected. The browser
 * reconnects by itself; a stream that the browser gave up is opened again.
 */
export function useFollow(company: string, batch: Batch | undefined): boolean {
  const queries = useQueryClient();
  const [connected, setConnected] = useState(true);
  const [attempt, setAttempt] = useState(0);
  const id = batch?.id;
  const open = batch !== undefined && !batch.ended;
  useEffect(() => {
    if (id === undefined || !open) return;
    const { queryKey } = batchQuery(company, id);
    const source = new EventSource(`/v1/companies/${encodeURIComponent(company)}/batches/${id}/events`);
    let again: ReturnType<typeof setTimeout> | undefined;
    source.addEventListener('open', () => setConnected(true));
    source.addEventListener('batch', ({ data }) => {
      const newer = JSON.parse(data) as Batch;
      const former = queries.getQueryData(queryKey);
      queries.setQueryData(queryKey, newer);
      // Lists that were read while the batch had fewer documents are read again at each step.
      if (former?.state !== newer.state || former.progress.items !== newer.progress.items) {
        void queries.invalidateQueries({ predicate: ({ queryKey: of }) => of.length > 3 && of[1] === 'batch' && of[2] === id });
        void queries.invalidateQueries({ queryKey: [company, 'journal'] });
      }
      if (!newer.ended) return;
      source.close();
      // The end changes items, files, totals, the list of batches, and the unbatched lists.
      void queries.invalidateQueries({ queryKey: [company] });
    });
    source.addEventListener('error', () => {
      setConnected(false);
      if (source.readyState === EventSource.CLOSED) again = setTimeout(() => setAttempt(attempt + 1), 2_000);
    });
    return () => {
      source.close();
      clearTimeout(again);
      setConnected(true);
    };
  }, [company, id, open, queries, attempt]);
  return connected;
}
