import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { ApiProblem, answerOf, api } from '../../api/client.ts';
import { companyTargetsQuery, type Target } from '../../api/queries.ts';
import { useMay } from '../../api/session.ts';
import { useCompany } from '../../ui/company.ts';
import { Button, Loading, Note, Trouble } from '../../ui/parts.tsx';
import { ChartChoices } from './chart-choices.tsx';
import { CouldGo } from './could-go.tsx';
import { FoundNames } from './found-names.tsx';
import { type FormSchema, Refusals, SchemaField, title, type Value } from './schema-field.tsx';

/** The settings of an accounting system, as a form made from its own schema: the console knows none of them by name. */
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
      answerOf(
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
  const { error, variables: refused } = save;
  // A refusal was about what was sent: it is over at a member that was changed since.
  const refusals = useMemo(
    () =>
      new Map(
        [...refusedFields(error)].filter(([path]) => edited === undefined || valueAt(edited, path) === valueAt(refused, path)),
      ),
    [error, edited, refused],
  );
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (error !== null) form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus();
  }, [error]);
  if (known.isPending) return <Loading what="the settings" />;
  const value = edited ?? (known.data?.find((one) => one.target === target.id)?.settings as Value | undefined) ?? {};
  return (
    <form
      ref={form}
      className="stack settings"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(value);
      }}
    >
      {enabled && <CouldGo target={target.id} value={value} />}
      <ChartChoices target={target.id}>
        {enabled && <FoundNames target={target.id} value={value} onChange={setEdited} readOnly={!isAdmin} />}
        <Refusals value={refusals}>
          <SchemaField name="" path="" schema={formOf(target)} value={value} onChange={setEdited} readOnly={!isAdmin} />
        </Refusals>
      </ChartChoices>
      {refusals.size > 0 ? (
        <Note tone="bad" label="Not saved">
          <ul>
            {[...refusals].map(([path, message]) => (
              <li key={path}>
                {path
                  .split('.')
                  .map((name) => title(name))
                  .join(', ')}
                : {message}
              </li>
            ))}
          </ul>
        </Note>
      ) : (
        <Trouble error={known.error ?? (refusedFields(error).size > 0 ? null : error)} />
      )}
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

/** The form of the target's settings, without what the books themselves report and what is marked as an operator's. */
function formOf({ settings, capabilities }: Target): FormSchema {
  const schema = settings as FormSchema;
  if (schema.properties === undefined) return schema;
  const isShown = ([name, { forOperators = false }]: [string, FormSchema]) =>
    !forOperators && (name !== 'chart' || capabilities.chart !== 'discovered');
  return { ...schema, properties: Object.fromEntries(Object.entries(schema.properties).filter(isShown)) };
}

/** The settings that the API refused, by path, each with its reason. */
function refusedFields(error: Error | null): ReadonlyMap<string, string> {
  const fields =
    error instanceof ApiProblem ? ((error.details.fields ?? []) as readonly { field: string; message: string }[]) : [];
  return new Map(
    fields.flatMap(({ field, message }) => (field.startsWith('body.') ? [[field.slice('body.'.length), message]] : [])),
  );
}

/** The value at a path of the form. The names in a map may contain points themselves. */
function valueAt(value: Value, path: string): Value {
  if (path === '' || typeof value !== 'object') return path === '' ? value : undefined;
  const members = value as Readonly<Record<string, Value>>;
  if (Object.hasOwn(members, path)) return members[path];
  const member = Object.keys(members).find((name) => path.startsWith(`${name}.`));
  return member === undefined ? undefined : valueAt(members[member], path.slice(member.length + 1));
}
