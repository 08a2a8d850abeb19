import { useMutation, useQueryClient } from '@tanstack/react-query';
import { accessKey, type Scope } from './people-queries.ts';

/** A change of access; the lists are read again after it. */
export function useChange<In, Out>(scope: Scope, change: (wanted: In) => Promise<Out>, onDone?: (result: Out) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (result) => {
      void queries.invalidateQueries({ queryKey: accessKey(scope) });
      onDone?.(result);
    },
  });
}
