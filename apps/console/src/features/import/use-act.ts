import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { useCompany } from '../../ui/company.ts';
import type { Step } from './import-words.ts';
import { type Import, importQuery } from './queries.ts';

/** Changes an import, shows the answer, and goes on to a step. */
export function useAct<T = void>(it: Pick<Import, 'id'>, act: (given: T) => Promise<unknown>, next?: Step) {
  const { id: company } = useCompany();
  const queries = useQueryClient();
  const [, go] = useLocation();
  return useMutation({
    mutationFn: act,
    onSuccess: (now) => {
      queries.setQueryData(importQuery(company, it.id).queryKey, now as Import);
      void queries.invalidateQueries({ queryKey: [company, 'imports'] });
      if (next !== undefined) go(`/import/${it.id}/${next}`);
    },
  });
}
