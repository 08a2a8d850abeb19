import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.ts';
import { type MatchKind, matchingKey } from '../../api/matching-queries.ts';
import type { Target } from '../../api/queries.ts';
import { useMay } from '../../api/session.ts';
import { useCompany } from '../../ui/company.ts';
import { Button } from '../../ui/parts.tsx';
import { Refused } from '../../ui/refused.tsx';
import { number } from '../../ui/words.ts';

/** Links all that have the same name, in one press. */
export function AcceptSame({
  target,
  kind,
  count,
}: {
  readonly target: Target;
  readonly kind: MatchKind;
  readonly count: number;
}) {
  const { id: company } = useCompany();
  const isAdmin = useMay();
  const queries = useQueryClient();
  const accept = useMutation({
    mutationFn: () =>
      answerOf(
        api.POST('/v1/companies/{company}/targets/{target}/matching:accept-same-names', {
          params: { path: { company, target: target.id } },
          body: { kind },
        }),
      ),
    onSuccess: () => queries.resetQueries({ queryKey: matchingKey(company, target.id) }),
  });
  if (!isAdmin) return null;
  return (
    <>
      <Button kind="main" isDisabled={accept.isPending} onPress={() => accept.mutate()}>
        {accept.isPending ? 'Linking …' : count === 1 ? 'Link it' : `Link all ${number(count)}`}
      </Button>
      {accept.isError && <Refused error={accept.error} />}
    </>
  );
}
