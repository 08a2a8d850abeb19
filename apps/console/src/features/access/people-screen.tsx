import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useMay, useSession } from '../../api/session.ts';
import { useCompanyIfAny } from '../../ui/company.ts';
import { Button, Loading, Note, SmallTable, Trouble } from '../../ui/parts.tsx';
import { when } from '../../ui/show.ts';
import { useTitle } from '../../ui/use-title.ts';
import { InvitationList, InviteForm } from './invite.tsx';
import { KeyList } from './keys-part.tsx';
import { OwnSessions } from './own-sessions.tsx';
import { type Person, peopleQuery, type Scope } from './people-queries.ts';
import { PersonWindow } from './person-window.tsx';
import { useTimeZone } from './time-zone.ts';

/** Who has access to the company, or to the whole installation: people, invitations and keys, and one's own sessions. */
export function PeopleScreen() {
  useTitle('People and keys');
  const company = useCompanyIfAny();
  const session = useSession();
  const isAdmin = useMay() && (company !== undefined || session.companyId === null);
  const scope: Scope = company?.id ?? null;
  return (
    <>
      <h1>People and keys</h1>
      {isAdmin ? (
        <>
          <PeopleList scope={scope} />
          <InvitationList scope={scope} />
          <InviteForm scope={scope} />
          <KeyList scope={scope} />
        </>
      ) : (
        <Note tone="plain">An admin gives people and programs access.</Note>
      )}
      <OwnSessions />
    </>
  );
}

/** Roles in words, as they count here. */
function rolesIn(person: Person, scope: Scope): string {
  return person.access
    .map(({ company, roles }) => {
      const where = company === null ? (scope === null ? 'all companies: ' : '') : scope === null ? `${company.name}: ` : '';
      return `${where}${roles.join(', ')}${company === null && scope !== null ? ' (all companies)' : ''}`;
    })
    .join('; ');
}

function PeopleList({ scope }: { readonly scope: Scope }) {
  const timeZone = useTimeZone();
  const session = useSession();
  const people = useQuery(peopleQuery(scope));
  const [open, setOpen] = useState<Person>();
  return (
    <>
      <Trouble error={people.error} />
      {people.isPending && <Loading what="people" />}
      {people.data?.length === 0 && <p>Nobody signs in as a person yet. Invite the first one below.</p>}
      {people.data !== undefined && people.data.length > 0 && (
        <SmallTable
          sorts
          caption="People with access"
          heads={['Name', 'E-mail', 'May', 'Signs in with', 'Last here', 'Access']}
          rows={people.data.map((person) => [
            person.id === session.person?.id ? `${person.name} (you)` : person.name,
            person.email ?? '',
            rolesIn(person, scope),
            [...(person.hasPassword ? ['a password'] : []), ...(person.accounts > 0 ? ['a provider'] : [])].join(' and '),
            when(person.usedAt, timeZone),
            <Button key="change" kind="quiet" aria-label={`Change access: ${person.name}`} onPress={() => setOpen(person)}>
              Change …
            </Button>,
          ])}
          named
        />
      )}
      {open !== undefined && (
        <PersonWindow scope={scope} person={open} people={people.data ?? []} onClose={() => setOpen(undefined)} />
      )}
    </>
  );
}
