import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiProblem, isTemporary } from './client.ts';
import { pollEvery } from './poll-every.ts';
import { forgetSession } from './session.ts';

export { pollEvery };

/** Keeps what the API answered, and asks again until a temporary failure is over: screens recover without a reload. */
export function newQueryClient(): QueryClient {
  // A session may end at any request: then the page asks for the key again.
  const onError = (error: Error) => {
    if (error instanceof ApiProblem && error.status === 401 && error.code !== 'wrong-password') forgetSession(queries);
  };
  const queries: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError, onSuccess: () => forgetPreviews(queries) }),
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        // A refusal stays a refusal; only temporary trouble is worth another attempt.
        retry: (times, error) => times < 2 && (isTemporary(error) || !(error instanceof ApiProblem)),
        refetchInterval: pollEvery(false),
      },
    },
  });
  return queries;
}

/** Whatever a person changed may change what a batch would send, so no preview from before is shown afterwards. */
function forgetPreviews(queries: QueryClient): void {
  const predicate = ({ queryKey }: { readonly queryKey: readonly unknown[] }) => queryKey[1] === 'preview';
  queries.removeQueries({ type: 'inactive', predicate });
  void queries.invalidateQueries({ predicate, refetchType: 'none' });
}
