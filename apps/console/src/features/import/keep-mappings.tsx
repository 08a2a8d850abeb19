import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.ts';
import { useMay } from '../../api/session.ts';
import { useCompany } from '../../ui/company.ts';
import { Button } from '../../ui/parts.tsx';
import { Refused } from '../../ui/refused.tsx';
import { nameIn } from './import-words.ts';
import { mappingsQuery } from './queries.ts';

/** Keeps the answers of a person with the company, so that the next import asks nothing again. */
export function KeepMappings({ mappings }: { readonly mappings: readonly unknown[] }) {
  const { id: company } = useCompany();
  const mayImport = useMay('source');
  const queries = useQueryClient();
  const kept = useQuery(mappingsQuery(company));
  const keep = useMutation({
    mutationFn: () =>
      Promise.all(
        mappings.map((mapping) =>
          answerOf(
            api.PUT('/v1/companies/{company}/mappings/{name}', {
              params: { path: { company, name: String(nameIn(mapping)) } },
              body: { mapping: mapping as Record<string, unknown> },
            }),
          ),
        ),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: mappingsQuery(company).queryKey }),
  });
  if (mappings.length === 0 || !mayImport || kept.data === undefined) return null;
  const isKept = mappings.every((mapping) => kept.data.some((one) => sorted(one.mapping) === sorted(mapping)));
  return (
    <div className="stack">
      {isKept ? (
        <p className="aside">This mapping is kept: the next files with these columns are read like this by themselves.</p>
      ) : (
        <div className="buttons">
          <Button isDisabled={keep.isPending} onPress={() => keep.mutate()}>
            Keep this mapping for later imports
          </Button>
        </div>
      )}
      {keep.isError && <Refused error={keep.error} />}
    </div>
  );
}

/** As text that is the same for the same data: the database does not keep the order of members. */
function sorted(data: unknown): string {
  return JSON.stringify(data, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
