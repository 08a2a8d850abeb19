import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, told } from '../../api/client.ts';

/** Asks what became of a batch in the books; what is known of the batch is asked anew. */
export function useVerify(company: string, batch: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => told(api.POST('/v1/companies/{company}/batches/{batch}/verify', { params: { path: { company, batch } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: [company, 'batch', batch] }),
  });
}
