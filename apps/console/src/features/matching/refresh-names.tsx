import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.ts';
import { matchingKey } from '../../api/matching-queries.ts';
import type { Target } from '../../api/queries.ts';
import { useMay } from '../../api/session.ts';
import { useCompany } from '../../ui/company.ts';
import { Button } from '../../ui/parts.tsx';
import { Refused } from '../../ui/refused.tsx';

/** Reads all names from the books again. */
export function RefreshNames({ target }: { readonly target: Target }) {
  const { id: company } = useCompany();
  const isAdmin = useMay();
  const queries = useQueryClient();
  const refresh = useMutation({
    mutationFn: () =>
      answerOf(
        api.POST('/v1/companies/{company}/targets/{target}/matching:refresh', {
          params: { path: { company, target: target.id } },
        }),
      ),
    onSuccess: () => queries.resetQueries({ queryKey: matchingKey(company, target.id) }),
  });
  if (!isAdmin) return null;
  return (
    <>
      <Button isDisabled={refresh.isPending} onPress={() => refresh.mutate()}>
        {refresh.isPending ? `Reading ${target.name} …` : 'Refresh names'}
      </Button>
      {refresh.isError && <Refused error={refresh.error} />}
    </>
  );
}
