import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, told } from '../api/client.ts';
import { companyTargetsQuery, type Target } from '../api/queries.ts';
import { useMay } from '../api/session.ts';
import { useCompany } from '../ui/company.ts';
import { Button, Loading, Trouble } from '../ui/parts.tsx';
import { type FormSchema, SchemaField, type Value } from '../ui/schema-field.tsx';

/** The settings at a target, as a form made from the target's own schema: the console knows no target. */
export function SettingsForm({
  target,
  enabled,
  onDone,
}: {
  readonly target: Target;
  readonly enabled: boolean;
  onDone(): void;
}) {
  const company = useCompany();
  const isAdmin = useMay();
  const queries = useQueryClient();
  const known = useQuery(companyTargetsQuery(company.id));
  const [edited, setEdited] = useState<Value>();
  const save = useMutation({
    mutationFn: (settings: Value) =>
      told(
        api.PUT('/v1/companies/{company}/targets/{target}', {
          params: { path: { company: company.id, target: target.id } },
          body: settings as Record<string, unknown>,
        }),
      ),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: [company.id] });
      onDone();
    },
  });
  if (known.isPending) return <Loading what="the settings" />;
  const value = edited ?? (known.data?.find((one) => one.target === target.id)?.settings as Value | undefined) ?? {};
  return (
    <form
      className="stack settings"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(value);
      }}
    >
      <SchemaField name="" schema={target.settings as FormSchema} value={value} onChange={setEdited} readOnly={!isAdmin} />
      <Trouble error={known.error ?? save.error} />
      <div className="buttons">
        {isAdmin && (
          <Button kind="main" type="submit" isDisabled={save.isPending}>
            {enabled ? 'Save' : `Use ${target.name}`}
          </Button>
        )}
        <Button onPress={onDone}>{isAdmin ? 'Cancel' : 'Close'}</Button>
      </div>
    </form>
  );
}
