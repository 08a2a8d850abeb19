import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Role, useSession } from '../../api/session.ts';
import { Button, Loading, Note, SmallTable, Trouble } from '../../ui/parts.tsx';
import { Refused } from '../../ui/refused.tsx';
import { actorName, when } from '../../ui/show.ts';
import { createKey, endKey, ownKey, peopleQuery, type Scope, scopeKeysQuery } from './people-queries.ts';
import { RoleChoice } from './roles.tsx';
import { Field, Form } from './sign-in-screen.tsx';
import { useTimeZone } from './time-zone.ts';
import { useChange } from './use-change.ts';

/** Keys of programs, with the people who answer for them. */
export function KeyList({ scope }: { readonly scope: Scope }) {
  const timeZone = useTimeZone();
  const session = useSession();
  const keys = useQuery(scopeKeysQuery(scope));
  const people = useQuery(peopleQuery(scope));
  const [ending, setEnding] = useState<string>();
  const end = useChange(
    scope,
    (key: string) => endKey(scope, key),
    () => setEnding(undefined),
  );
  const own = useChange(scope, ({ key, person }: { key: string; person: string | null }) => ownKey(scope, key, person));
  return (
    <section className="stack">
      <h2>Keys</h2>
      <p>
        Keys are for programs. Each belongs to a person: nobody approves a batch that their own key started, and the other way
        round.
      </p>
      <NewKey scope={scope} />
      <Trouble error={keys.error ?? end.error ?? own.error} />
      {keys.isPending && <Loading what="the keys" />}
      {keys.data !== undefined && keys.data.length > 0 && (
        <SmallTable
          sorts
          caption="Keys with access"
          heads={['Name', 'May', 'Owner', 'Since', 'By', 'Access']}
          rows={keys.data.map(({ id, name, roles, createdAt, createdBy, ownerId, revokedAt }) => [
            name,
            roles.join(', '),
            revokedAt !== null ? (
              (people.data?.find((one) => one.id === ownerId)?.name ?? '')
            ) : (
              <select
                key="owner"
                aria-label={`Owner of ${name}`}
                value={ownerId ?? ''}
                onChange={({ target }) => own.mutate({ key: id, person: target.value || null })}
              >
                <option value="">Nobody</option>
                {people.data?.map((person) => (
                  <option key={person.id} value={person.id}>
                    {person.name}
                  </option>
                ))}
              </select>
            ),
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
    </section>
  );
}

function NewKey({ scope }: { readonly scope: Scope }) {
  const [name, setName] = useState('');
  const [roles, setRoles] = useState<ReadonlySet<Role>>(new Set(['source']));
  const create = useChange(
    scope,
    () => createKey(scope, { name: name.trim(), roles: [...roles] }),
    () => setName(''),
  );
  return (
    <details>
      <summary>New key</summary>
      <Form label="New key" onSend={() => create.mutate(undefined)}>
        <Field label="Name of the program">
          <input required maxLength={100} value={name} onChange={({ target }) => setName(target.value)} />
        </Field>
        <RoleChoice roles={roles} onChange={setRoles} />
        {create.isError && <Refused error={create.error} />}
        <div className="buttons">
          <Button kind="main" type="submit" isDisabled={create.isPending || roles.size === 0}>
            Make a key
          </Button>
        </div>
      </Form>
      {create.data !== undefined && (
        <Note tone="good" label="The new key">
          <p>Copy this key now, and hand it over. It is shown only here.</p>
          <p>
            <code>{create.data.secret}</code>
          </p>
        </Note>
      )}
    </details>
  );
}
