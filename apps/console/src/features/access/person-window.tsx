import { useState } from 'react';
import type { Role } from '../../api/session.ts';
import { Button, Note, Trouble } from '../../ui/parts.tsx';
import { Window } from '../../ui/window.tsx';
import { LinkNote } from './link-note.tsx';
import { changeRoles, joinPeople, type Person, passwordLink, removePerson, type Scope } from './people-queries.ts';
import { RoleChoice } from './roles.tsx';
import { useChange } from './use-change.ts';

interface PersonWindowProps {
  readonly scope: Scope;
  readonly person: Person;
  readonly people: readonly Person[];
  onClose(): void;
}

/** One person's access: roles, a new way to sign in, and its end. */
export function PersonWindow({ scope, person, people, onClose }: PersonWindowProps) {
  const here = person.access.find(({ company }) => (company?.id ?? null) === scope);
  const [roles, setRoles] = useState<ReadonlySet<Role>>(new Set(here?.roles ?? []));
  const [ending, setEnding] = useState(false);
  const [keys, setKeys] = useState<'end' | 'keep'>('end');
  const change = useChange(scope, () => changeRoles(scope, person.id, [...roles]), onClose);
  const remove = useChange(scope, () => removePerson(scope, person.id, keys), onClose);
  const link = useChange(scope, () => passwordLink(scope, person.id));
  return (
    <Window title={person.name} open onClose={onClose}>
      <div className="stack">
        {here === undefined ? (
          <Note tone="plain">
            {scope === null
              ? 'This person has roles in single companies. Change them in the company.'
              : 'This person has access to all companies. An admin of the installation changes it.'}
          </Note>
        ) : (
          <>
            <RoleChoice roles={roles} onChange={setRoles} />
            <Trouble error={change.error} />
            <div className="buttons">
              <Button kind="main" isDisabled={change.isPending || roles.size === 0} onPress={() => change.mutate(undefined)}>
                Save the roles
              </Button>
            </div>
          </>
        )}
        {link.data === undefined ? (
          <div className="buttons">
            <Button isDisabled={link.isPending} onPress={() => link.mutate(undefined)}>
              Make a link for a new password
            </Button>
          </div>
        ) : (
          <LinkNote title="The link" {...link.data} />
        )}
        <Trouble error={link.error} />
        {scope === null && <Join person={person} people={people} onClose={onClose} />}
        {(here !== undefined || scope === null) &&
          (ending ? (
            <>
              <p>
                Sessions end within seconds; open invitations and connects of {person.name} end too. Batches, schedules and
                approvals stay.
              </p>
              <label className="check">
                <input
                  type="checkbox"
                  checked={keys === 'end'}
                  onChange={({ target }) => setKeys(target.checked ? 'end' : 'keep')}
                />{' '}
                End the keys that {person.name} owns as well
              </label>
              <div className="buttons">
                <Button kind="danger" isDisabled={remove.isPending} onPress={() => remove.mutate(undefined)}>
                  End access of {person.name}
                </Button>
                <Button onPress={() => setEnding(false)}>Keep</Button>
              </div>
            </>
          ) : (
            <div className="buttons">
              <Button kind="danger" onPress={() => setEnding(true)}>
                End access …
              </Button>
            </div>
          ))}
        <Trouble error={remove.error} />
      </div>
    </Window>
  );
}

/** Two entries of one person become one. */
function Join({ person, people, onClose }: Omit<PersonWindowProps, 'scope'>) {
  const [other, setOther] = useState('');
  const join = useChange(null, () => joinPeople(person.id, other), onClose);
  const others = people.filter(({ id }) => id !== person.id);
  if (others.length === 0) return null;
  return (
    <details>
      <summary>Join with another entry of the same person</summary>
      <div className="stack">
        <label>
          The other entry{' '}
          <select value={other} onChange={({ target }) => setOther(target.value)}>
            <option value="">Choose …</option>
            {others.map(({ id, name, email }) => (
              <option key={id} value={id}>
                {name} {email !== null && `(${email})`}
              </option>
            ))}
          </select>
        </label>
        <p>Its access, accounts and keys go to {person.name}. This can’t be reversed.</p>
        <Trouble error={join.error} />
        <div className="buttons">
          <Button kind="danger" isDisabled={join.isPending || other === ''} onPress={() => join.mutate(undefined)}>
            Join the two
          </Button>
        </div>
      </div>
    </details>
  );
}
