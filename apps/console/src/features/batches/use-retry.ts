import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { answerOf, api } from '../../api/client.ts';
import type { Batch, Cause } from '../../api/queries.ts';
import { useCompany } from '../../ui/company.ts';
import { downloadWhenReady } from '../downloads/waiting.ts';

/** Starts a new batch of the documents that can be retried, all or those of one cause, and opens it; its files are downloaded once they are ready. */
export function useRetry(batch: Batch, byFiles: boolean) {
  const { id: company } = useCompany();
  const queries = useQueryClient();
  const [, go] = useLocation();
  return useMutation({
    mutationFn: (cause: Pick<Cause, 'code' | 'subject'> | undefined) =>
      answerOf(
        api.POST('/v1/companies/{company}/batches/{batch}/retry', {
          params: { path: { company, batch: batch.id } },
          body: cause === undefined ? {} : { cause: { code: cause.code, subject: cause.subject } },
        }),
      ),
    onSuccess: ({ batch: next }) => {
      if (byFiles) downloadWhenReady({ company, batch: next.id });
      void queries.invalidateQueries({ queryKey: [company] });
      go(`/batches/${next.id}`);
    },
  });
}
