import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.ts';

/** Starts a verification of a batch against the books, and refreshes what is shown of the batch. */
export function useVerify(company: string, batch: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () =>
      answerOf(api.POST('/v1/companies/{company}/batches/{batch}/verify', { params: { path: { company, batch } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: [company, 'batch', batch] }),
  });
}
