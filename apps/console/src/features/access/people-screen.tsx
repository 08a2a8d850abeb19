import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answerOf, api } from '../../api/client.ts';
import { keysQuery } from '../../api/queries.ts';
import { type Role, useMay, useSession } from '../../api/session.ts';
import { useCompany } from '../../ui/company.ts';
import { Button, Loading, Note, SmallTable, Trouble } from '../../ui/parts.tsx';
import { Refused } from '../../ui/refused.tsx';
import { actorName, when } from '../../ui/show.ts';
import { useTitle } from '../../ui/use-title.ts';

/** What each role may do, for an admin who gives it. */
const ROLES: Readonly<Record<Role, string>> = {
  viewer: 'reads everything',
  source: 'sends and imports records',
  poster: 'starts, retries and cancels batches',
  approver: 'approves batches that others started',
  admin: 'does everything, and changes settings and access',
};

/** Who has access to the company: the keys of people and programs, new ones, and the end of their access. */
export function PeopleScreen() {
  useTitle('People and keys');
  const { id: company, timeZone } = useCompany();
  const session = useSession();
  const isAdmin = useMay();
  const queries = useQueryClient();
  const keys = useQuery({ ...keysQuery(company), enabled: isAdmin });
  const [ending, setEnding] = useState<string>();
  const end = useMutation({
    mutationFn: (key: string) =>
      answerOf(api.DELETE('/v1/companies/{company}/keys/{key}', { params: { path: { company, key } } })),
    onSuccess: () => {
      setEnding(undefined);
      void queries.invalidateQueries({ queryKey: keysQuery(company).queryKey });
    },
  });
  if (!isAdmin)
    return (
      <>
        <h1>People and keys</h1>
        <Note tone="plain">An admin gives people and programs access.</Note>
      </>
    );
  return (
    <>
      <h1>People and keys</h1>
      <p>Give each person and each program a key of their own: the journal shows who did what by the names of their keys.</p>
      <NewKey />
      <Trouble error={keys.error ?? end.error} />
      {keys.isPending && <Loading what="the keys" />}
      {keys.data !== undefined && (
        <SmallTable
          caption="Who has access"
          heads={['Name', 'May', 'Since', 'By', 'Access']}
          rows={keys.data.map(({ id, name, roles, createdAt, createdBy, revokedAt }) => [
            name,
            roles.join(', '),
            when(createdAt, timeZone),
            actorName(createdBy),
            revokedAt !== null ? (
              `Ended ${when(revokedAt, timeZone)}`
            ) : id === session.keyId ? (
              'You'
            ) : ending === id ? (
              <span key="sure" className="row-actions">
                <Button kind="danger" isDisabled={end.isPending} onPress={() => end.mutate(id)}>
                  End access of {name}
                </Button>
                <Button onPress={() => setEnding(undefined)}>Keep</Button>
              </span>
            ) : (
              <Button key="end" kind="quiet" aria-label={`End access: ${name}`} onPress={() => setEnding(id)}>
                End access …
              </Button>
            ),
          ])}
          named
        />
      )}
    </>
  );
}

function NewKey() {
  const { id: company } = useCompany();
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [roles, setRoles] = useState<ReadonlySet<Role>>(new Set(['viewer']));
  const create = useMutation({
    mutationFn: () =>
      answerOf(
        api.POST('/v1/companies/{company}/keys', {
          params: { path: { company } },
          body: { name: name.trim(), roles: [...roles] },
        }),
      ),
    onSuccess: () => {
      setName('');
      void queries.invalidateQueries({ queryKey: keysQuery(company).queryKey });
    },
  });
  const choose = (role: Role, on: boolean) => {
    const next = new Set(roles);
    if (on) next.add(role);
    else next.delete(role);
    setRoles(next);
  };
  return (
    <>
      <form
        className="stack settings"
        aria-label="New key"
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate();
        }}
      >
        <div className="field">
          <label>
            Name of the person or program
            <input required maxLength={100} value={name} onChange={({ target }) => setName(target.value)} />
          </label>
        </div>
        <fieldset className="group">
          <legend>May</legend>
          {(Object.entries(ROLES) as [Role, string][]).map(([role, may]) => (
            <label key={role} className="check">
              <input type="checkbox" checked={roles.has(role)} onChange={({ target }) => choose(role, target.checked)} /> {role}:{' '}
              {may}
            </label>
          ))}
        </fieldset>
        {create.isError && <Refused error={create.error} />}
        <div className="buttons">
          <Button kind="main" type="submit" isDisabled={create.isPending || roles.size === 0}>
            Give access
          </Button>
        </div>
      </form>
      {create.data !== undefined && (
        <Note tone="good" label="The new key">
          <p>Copy this key now, and hand it over. It is shown only here.</p>
          <p>
            <code>{create.data.secret}</code>
          </p>
        </Note>
      )}
    </>
  );
}
